package history

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"unicode/utf16"

	"tintype/history/jsonscan"
)

// encoding is the character encoding of a file.
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

// encodingOf recognises UTF-16 by the first bytes of a file: a byte order mark, or a brace in two bytes.
func encodingOf(head []byte) encoding {
	switch {
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("{\x00")):
		return utf16LittleEndian
	case bytes.HasPrefix(head, []byte("\xfe\xff")), bytes.HasPrefix(head, []byte("\x00{")):
		return utf16BigEndian
	}
	return utf8Text
}

// eachEntry calls do for each line of a file in any encoding, except empty lines. entry is the line as a journal should have it, trimmed
// and in UTF-8, or nil if it is not an entry; line is the line as it is. The encoding may change in the middle of a file: tintype appended
// to a file that was converted, or a shell that writes UTF-16 appended to one of ours.
func eachEntry(f io.ReaderAt, size int64, do func(entry []byte, e Entry, line []byte) error) error {
	head := make([]byte, 4)
	n, err := f.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if in := encodingOf(head[:min(int64(n), size)]); in != utf8Text {
		return eachInUTF16(io.NewSectionReader(f, 0, size), in, do)
	}
	return eachInUTF8(f, size, do)
}

// blockLimit is the most that is collected of lines in another encoding before they are decoded, in bytes.
const blockLimit = 8 * LineLimit

// eachInUTF8 reads a file that begins in UTF-8. It collects lines that are no entries until the next entry, and then looks for another
// encoding in them.
func eachInUTF8(f io.ReaderAt, size int64, do func([]byte, Entry, []byte) error) error {
	var block []byte
	err := eachLine(f, size, func(_ int64, line []byte) error {
		entry, _ := jsonscan.TrimLine(line)
		e, err := decode(entry)
		foreign := err != nil && (len(block) > 0 || bytes.IndexByte(entry, 0) >= 0)
		if foreign && len(block) < blockLimit {
			block = append(append(block, line...), '\n')
			return nil
		}
		if err := eachInBlock(block, do); err != nil {
			return err
		}
		block = block[:0]
		return doLine(line, entry, e, err == nil, do)
	})
	if err != nil {
		return err
	}
	return eachInBlock(block, do)
}

func doLine(line, entry []byte, e Entry, ok bool, do func([]byte, Entry, []byte) error) error {
	switch {
	case len(entry) == 0:
		return nil
	case ok:
		return do(entry, e, line)
	}
	joined, entries := splitEntries(entry)
	for i := range joined {
		if err := do(joined[i], entries[i], line); err != nil {
			return err
		}
	}
	if len(joined) == 0 {
		return do(nil, Entry{}, line)
	}
	return nil
}

// splitEntries returns the entries of several lines that were joined into one, because a file did not end with a line feed or has other
// line ends. It returns nothing if the line holds anything else.
func splitEntries(line []byte) (lines [][]byte, entries []Entry) {
	for len(line) > 0 {
		end := jsonscan.SkipValue(line, 0)
		if end <= 0 {
			return nil, nil
		}
		e, err := decode(line[:end])
		if err != nil {
			return nil, nil
		}
		lines, entries = append(lines, line[:end]), append(entries, e)
		line, _ = jsonscan.TrimLine(line[end:])
	}
	return lines, entries
}

// eachInUTF16 splits a text in UTF-16 into lines.
func eachInUTF16(r io.Reader, in encoding, do func([]byte, Entry, []byte) error) error {
	var line []byte
	for piece := make([]byte, 64<<10); ; {
		n, err := io.ReadFull(r, piece)
		for i := 0; i < n; i += 2 {
			unit := piece[i:min(i+2, n)]
			line = append(line, unit...)
			if len(unit) == 2 && in.order().Uint16(unit) == '\n' || len(line) > blockLimit {
				if err := doUTF16(line, in, do); err != nil {
					return err
				}
				line = line[:0]
			}
		}
		if err == io.EOF || err == io.ErrUnexpectedEOF {
			return doUTF16(line, in, do)
		}
		if err != nil {
			return err
		}
	}
}

// doUTF16 handles a line that seems to be in UTF-16.
func doUTF16(line []byte, in encoding, do func([]byte, Entry, []byte) error) error {
	entry := fromUTF16(line, in)
	if e, err := decode(entry); err == nil || len(entry) == 0 {
		return doLine(line, entry, e, err == nil, do)
	}
	return eachInBlock(line, do)
}

// maxEnds is how many places are tried as the end of a line in UTF-16, since half of a character may look like a line feed.
const maxEnds = 64

// eachInBlock finds the lines in a block whose encoding is unknown or changes.
func eachInBlock(block []byte, do func([]byte, Entry, []byte) error) error {
	for len(block) > 0 {
		end := len(block)
		if i := bytes.IndexByte(block, '\n'); i >= 0 {
			end = i
		}
		entry, _ := jsonscan.TrimLine(block[:end])
		e, err := decode(entry)
		if err != nil && len(entry) > 0 {
			if text, found, length := utf16Entry(block); length > 0 {
				entry, e, end, err = text, found, length, nil
			}
		}
		if err := doLine(block[:end], entry, e, err == nil, do); err != nil {
			return err
		}
		block = block[min(end+1, len(block)):]
	}
	return nil
}

// utf16Entry returns, in UTF-8, the UTF-16 entry at the beginning of a block, and its length in the block, which is 0 if there is none.
// Little endian is tried first, as on Windows.
func utf16Entry(block []byte) (text []byte, e Entry, length int) {
	start := 0
	if block[0] == 0 { // the second half of the previous line feed, or the first half of a character
		start = 1
	}
	end := 0
	for range maxEnds {
		if i := bytes.IndexByte(block[min(end+1, len(block)):], '\n'); i >= 0 {
			end += 1 + i
		} else {
			end = len(block)
		}
		for _, in := range []encoding{utf16LittleEndian, utf16BigEndian} {
			for from := range start + 1 {
				text := fromUTF16(block[min(from, end):end], in)
				if e, err := decode(text); err == nil {
					return text, e, end
				}
			}
		}
		if end == len(block) {
			break
		}
	}
	return nil, Entry{}, 0
}

// fromUTF16 returns a line in UTF-8, trimmed.
func fromUTF16(b []byte, in encoding) []byte {
	units := make([]uint16, 0, len(b)/2)
	for i := 0; i+1 < len(b); i += 2 {
		units = append(units, in.order().Uint16(b[i:]))
	}
	line, _ := jsonscan.TrimLine([]byte(string(utf16.Decode(units))))
	return line
}
