package history

import (
	"bytes"
	"io"
)

// eachLine calls do with every line in the first size bytes of the file, without its line feed. The line is valid only during
// the call. The end of a line far longer than LineLimit is omitted, and off is then wrong for the lines after it.
func eachLine(f io.ReaderAt, size int64, do func(off int64, line []byte) error) error {
	buf := make([]byte, 0, 256<<10)
	for at, lineAt := int64(0), int64(0); ; {
		n, err := f.ReadAt(buf[len(buf):cap(buf)][:min(int64(cap(buf)-len(buf)), size-at)], at)
		if err != nil && err != io.EOF {
			return err
		}
		buf, at = buf[:len(buf)+n], at+int64(n)
		rest := buf
		for {
			end := bytes.IndexByte(rest, '\n')
			if end < 0 {
				break
			}
			if err := do(lineAt, rest[:end]); err != nil {
				return err
			}
			lineAt, rest = lineAt+int64(end)+1, rest[end+1:]
		}
		if n == 0 || at >= size {
			if len(rest) > 0 {
				return do(lineAt, rest)
			}
			return nil
		}
		buf = keepRest(buf, rest)
	}
}

// keepRest moves the beginning of an incomplete line to the front of buf, which grows when the line fills it.
func keepRest(buf, rest []byte) []byte {
	if len(rest) == cap(buf) && len(rest) < 4*LineLimit {
		return append(make([]byte, 0, 2*cap(buf)), rest...)
	}
	if len(rest) == cap(buf) {
		rest = rest[:2*LineLimit] // far too long for an entry; only its beginning is kept
	}
	return buf[:copy(buf[:cap(buf)], rest)]
}
