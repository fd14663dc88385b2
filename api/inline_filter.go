package api

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strconv"
)

// inlineFilter reads an answer as a stream and takes the pictures out of it that are in it as base64, in a data: URL or bare,
// at any depth, also of JSON within a JSON string. In the text a mark stays in their place. So the text stays small, however
// large the pictures are.
type inlineFilter struct {
	from     *bufio.Reader
	text     bytes.Buffer
	pictures inlineWriter
	onFirst  func() // called when the first picture begins
	run      []byte // the base64 so far that may become a picture, as it was written
	escape   []byte // the escape that was read last, as it was written
	isText   bool   // the run is no picture
	taken    bool   // the run is a picture, and is being written
}

// read returns the text, its pictures and why it is incomplete, if it is. Text beyond bodyBytesLimit is an error.
func (f *inlineFilter) read() ([]byte, *Inline, error) {
	err := f.readAll()
	if endErr := f.endRun(); err == nil {
		err = endErr
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	text := f.text.Bytes()
	if len(text) > bodyBytesLimit {
		text, err = text[:bodyBytesLimit], errTooLarge
	}
	return text, f.pictures.inline, err
}

func (f *inlineFilter) readAll() error {
	for {
		if f.taken {
			if err := f.addBuffered(); err != nil {
				return err
			}
		}
		b, err := f.from.ReadByte()
		if err != nil {
			return err
		}
		switch {
		case b == '\\' || f.taken && (b == '%' || b == ' '):
			err = f.addEscape(b)
		case isBase64Letter(b):
			err = f.addLetter(b)
		default:
			err = f.endRun()
			f.text.WriteByte(b)
		}
		if err != nil {
			return err
		}
		switch n := f.text.Len(); {
		case n > bodyBytesLimit:
			return errTooLarge
		case n >= largeText && f.text.Cap() <= bodyBytesLimit: // one growth to the limit costs less than doubling beyond it
			f.text.Grow(bodyBytesLimit + 1<<10 - n)
		}
	}
}

// largeText is from how many bytes on a text is taken for one that may reach the limit.
const largeText = 1 << 20

// addBuffered adds the letters of a picture that have arrived, as far as they need no look.
func (f *inlineFilter) addBuffered() error {
	ahead, _ := f.from.Peek(f.from.Buffered())
	n := 0
	for n < len(ahead) && isBase64Letter(ahead[n]) && ahead[n] != '-' && ahead[n] != '_' && ahead[n] != '=' {
		n++
	}
	err := f.pictures.addAll(ahead[:n])
	_, _ = f.from.Discard(n)
	return err
}

// addEscape adds what begins with a backslash, a % or a space.
func (f *inlineFilter) addEscape(first byte) error {
	letter, raw, inRun := f.readEscape(first)
	switch {
	case inRun && f.taken:
		return f.pictures.add(letter)
	case inRun && !f.isText:
		f.run = append(f.run, raw...)
		return f.decide()
	case inRun:
		f.text.Write(raw)
		return nil
	}
	err := f.endRun()
	f.text.Write(raw)
	return err
}

// addLetter adds a letter of base64.
func (f *inlineFilter) addLetter(letter byte) error {
	switch {
	case f.taken:
		return f.pictures.add(letter)
	case f.isText:
		f.text.WriteByte(letter)
		return nil
	}
	f.run = append(f.run, letter)
	return f.decide()
}

// isBase64Letter reports whether a byte is of either alphabet of base64 (RFC 4648), or its padding.
func isBase64Letter(b byte) bool {
	return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b == '+' || b == '/' || b == '-' || b == '_' || b == '='
}

// readEscape reads what follows a backslash, a % or a space: some servers escape letters of base64 (\/, \u002b, %2B) or break
// its lines (\n). JSON within a JSON string has more backslashes. It returns what was read as it was written.
func (f *inlineFilter) readEscape(first byte) (letter byte, raw []byte, inRun bool) {
	if first == ' ' {
		return first, nil, true // only within a picture, where it does not count
	}
	ahead, _ := f.from.Peek(16)
	n := 0
	if first == '\\' {
		n = len(ahead) - len(bytes.TrimLeft(ahead, `\`))
	}
	take := func(count int) []byte {
		f.escape = append(append(f.escape[:0], first), ahead[:count]...)
		_, _ = f.from.Discard(count)
		return f.escape
	}
	rest := ahead[n:]
	switch {
	case first == '%':
		if code, err := strconv.ParseUint(string(rest[:min(2, len(rest))]), 16, 8); err == nil && len(rest) >= 2 {
			return byte(code), take(2), true
		}
	case len(rest) > 0 && rest[0] == '/':
		return '/', take(n + 1), true
	case len(rest) > 0 && (rest[0] == 'n' || rest[0] == 'r') && (f.taken || len(f.run) > 0):
		return '\n', take(n + 1), true
	case len(rest) >= 5 && rest[0] == 'u':
		code, err := strconv.ParseUint(string(rest[1:5]), 16, 16)
		if err == nil && code < 0x80 && isBase64Letter(byte(code)) {
			return byte(code), take(n + 5), true
		}
	}
	if n == 0 && len(rest) > 0 && first == '\\' { // an escape such as \": its second byte is no letter
		return 0, take(1), false
	}
	return 0, take(n), false
}

// decide decides whether a run is a picture, once it is long enough: by the data: URL in front of it, or by its first bytes.
func (f *inlineFilter) decide() error {
	if len(f.run) < inlineMin {
		return nil
	}
	letters := unescapeBase64(f.run)
	kind := ""
	before := bytes.TrimRight(f.text.Bytes(), " ")
	inURL := len(before) >= 7 && bytes.EqualFold(before[len(before)-7:], []byte("base64,"))
	if inURL {
		f.text.Truncate(len(before))
	}
	if !inURL && bytes.HasSuffix(before, []byte(`"`)) {
		kind = pictureType(string(letters[:min(len(letters), 4*minBase64)]))
	}
	if !inURL && kind == "" {
		f.text.Write(f.run)
		f.run, f.isText = f.run[:0], true
		return nil
	}
	if f.onFirst != nil {
		f.onFirst()
		f.onFirst = nil
	}
	if !inURL {
		f.text.WriteString("data:" + kind + ";base64,")
	}
	f.taken, f.run = true, f.run[:0]
	f.pictures.begin()
	for _, letter := range letters {
		if err := f.pictures.add(letter); err != nil {
			return err
		}
	}
	return nil
}

// endRun ends a run: a picture leaves its mark, and what was none stays as it is.
func (f *inlineFilter) endRun() error {
	var err error
	if f.taken {
		var mark string
		mark, err = f.pictures.finish()
		f.text.WriteString(mark)
	}
	f.text.Write(f.run)
	f.run, f.taken, f.isText = f.run[:0], false, false
	return err
}

// unescapeBase64 removes JSON's escapes from a run.
func unescapeBase64(run []byte) []byte {
	if !bytes.ContainsRune(run, '\\') {
		return bytes.Clone(run)
	}
	var letters []byte
	for i := 0; i < len(run); i++ {
		if run[i] != '\\' {
			letters = append(letters, run[i])
			continue
		}
		for i+1 < len(run) && run[i] == '\\' {
			i++
		}
		switch run[i] {
		case '/':
			letters = append(letters, '/')
		case 'u':
			code, _ := strconv.ParseUint(string(run[i+1:i+5]), 16, 16)
			letters = append(letters, byte(code))
			i += 4
		}
	}
	return letters
}
