package history

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"
)

// encoding is how the bytes of a file are text.
type encoding int

const (
	utf8Text encoding = iota // or nothing that is known
	utf16LittleEndian
	utf16BigEndian
)

func (e encoding) String() string {
	if e == utf8Text {
		return "UTF-8"
	}
	return "UTF-16"
}

func (e encoding) order() binary.ByteOrder {
	if e == utf16BigEndian {
		return binary.BigEndian
	}
	return binary.LittleEndian
}

// encodingOf recognises UTF-16 by the first bytes of a file: a byte order mark, or a brace of two bytes.
func encodingOf(head []byte) encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("{\x00")):
		return utf16LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00{")):
		return utf16BigEndian
	}
	return utf8Text
}

// eachTextLine is eachLine for a file in any encoding: do gets the lines in UTF-8. Lines in UTF-8 that were appended to a file in UTF-16
// are found too.
func eachTextLine(f io.ReaderAt, size int64, do func(line []byte) error) error {
	head := make([]byte, 4)
	if n, err := f.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return err
	} else if in := encodingOf(head[:n]); in != utf8Text {
		return eachUTF16Line(io.NewSectionReader(f, 0, size), in, do)
	}
	return eachLine(f, size, func(_ int64, line []byte) error { return do(line) })
}

// eachUTF16Line splits a text in UTF-16 into lines. What is no line of a history is perhaps in UTF-8 after all.
func eachUTF16Line(r io.Reader, in encoding, do func(line []byte) error) error {
	var line []byte
	flush := func() error {
		if text, ok := fromUTF16(line, in); ok {
			return do(text)
		}
		for part := range bytes.SplitSeq(line, []byte{'\n'}) {
			if err := do(part); err != nil {
				return err
			}
		}
		return nil
	}
	for piece := make([]byte, 64<<10); ; {
		n, err := io.ReadFull(r, piece)
		for i := 0; i < n; i += 2 {
			unit := piece[i:min(i+2, n)]
			line = append(line, unit...)
			if len(unit) == 2 && in.order().Uint16(unit) == '\n' || len(line) > 8*LineLimit {
				if err := flush(); err != nil {
					return err
				}
				line = line[:0]
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return flush()
		}
		if err != nil {
			return err
		}
	}
}

// fromUTF16 returns an entry's line in UTF-8. ok is false if it is no such line.
func fromUTF16(b []byte, in encoding) (line []byte, ok bool) {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, in.order().Uint16(b[i:]))
	}
	line, _ = trimLine([]byte(string(utf16.Decode(units))))
	_, err := decode(line)
	return line, err == nil || len(line) == 0
}

// entryLine returns an entry's line as it belongs into a journal: trimmed, and in UTF-8 even if it was appended in UTF-16, as some
// shells do. ok is false if it is no entry.
func entryLine(line []byte) (entry []byte, e Entry, ok bool) {
	trimmed, _ := trimLine(line)
	if e, err := decode(trimmed); err == nil {
		return trimmed, e, true
	}
	if bytes.IndexByte(trimmed, 0) < 0 {
		return nil, Entry{}, false
	}
	for _, in := range []encoding{utf16LittleEndian, utf16BigEndian} {
		for _, b := range [][]byte{line, bytes.TrimPrefix(line, []byte{0})} { // the line feed before it has two bytes
			if text, ok := fromUTF16(b, in); ok && len(text) > 0 {
				e, _ := decode(text)
				return text, e, true
			}
		}
	}
	return nil, Entry{}, false
}
