package jsonscan

import "bytes"

// byteOrderMark is what some editors write at the beginning of a text in UTF-8.
const byteOrderMark = "\ufeff"

// TrimLine removes what may surround an object in its line: spaces, line ends of other systems, a byte order mark (also in the middle of
// joined files), and zero bytes, which a power loss leaves. skipped is how many bytes it removed at the beginning.
func TrimLine(line []byte) (trimmed []byte, skipped int) {
	if n := len(line); n > 1 && line[0] == '{' && line[n-1] == '}' {
		return line, 0
	}
	const around = " \t\r\n\x00"
	end := len(bytes.TrimRight(line, around))
	for start := 0; ; {
		rest := bytes.TrimPrefix(bytes.TrimLeft(line[start:end], around), []byte(byteOrderMark))
		if len(rest) == end-start {
			return rest, start
		}
		start = end - len(rest)
	}
}

// IsBlank reports whether a line is empty, but for spaces and a byte order mark.
func IsBlank(line []byte) bool {
	return len(bytes.TrimSpace(bytes.TrimPrefix(line, []byte(byteOrderMark)))) == 0
}
