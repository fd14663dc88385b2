package jsonscan

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// Fields calls field with each name and value of an object, as they are in it, and reports whether it is one complete object. If
// a name occurs twice, encoding/json uses the last value.
func Fields(object []byte, field func(name, value []byte)) bool {
	end := Visit(object, SkipSpace(object, 0), func(name []byte, start int) int {
		end := SkipValue(object, start)
		if end > 0 {
			field(name, object[start:end])
		}
		return end
	})
	return end > 0 && SkipSpace(object, end) == len(object)
}

// Visit calls field with each name of the object that begins at i and with the start of its value; field returns the end
// of the value, or -1. Visit returns the end of the object, or -1.
func Visit(b []byte, i int, field func(name []byte, start int) (end int)) int {
	if i >= len(b) || b[i] != '{' {
		return -1
	}
	i = SkipSpace(b, i+1)
	if i < len(b) && b[i] == '}' {
		return i + 1
	}
	for {
		nameAt := i
		if i = skipString(b, i); i < 0 {
			return -1
		}
		name := b[nameAt+1 : i-1]
		i = SkipSpace(b, i)
		if i >= len(b) || b[i] != ':' {
			return -1
		}
		if i = field(name, SkipSpace(b, i+1)); i < 0 {
			return -1
		}
		i = SkipSpace(b, i)
		if i >= len(b) {
			return -1
		}
		if b[i] == '}' {
			return i + 1
		}
		if b[i] != ',' {
			return -1
		}
		i = SkipSpace(b, i+1)
	}
}

// SkipSpace returns the index of the first byte from i on that is no white space.
func SkipSpace(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\t' || b[i] == '\r' || b[i] == '\n') {
		i++
	}
	return i
}

// skipString returns the end of the string that begins at i, after its quote; -1 if there is none or it does not end. Most
// strings are short, so it tests four words of eight bytes before it searches the rest.
func skipString(b []byte, i int) int {
	if i >= len(b) || b[i] != '"' {
		return -1
	}
	i++
	for range 4 {
		if i+8 > len(b) {
			break
		}
		if at := firstQuoteOrBackslash(binary.LittleEndian.Uint64(b[i:])); at < 8 {
			if b[i+at] == '"' {
				return i + at + 1
			}
			return findStringEnd(b, i+at)
		}
		i += 8
	}
	return findStringEnd(b, i)
}

// firstQuoteOrBackslash returns which of the eight bytes of word is the first quote or backslash, 8 if none is (Warren,
// Hacker's Delight, 6-1).
func firstQuoteOrBackslash(word uint64) int {
	const ones, tops = 0x0101010101010101, 0x8080808080808080
	quote, slash := word^('"'*ones), word^('\\'*ones)
	zero := (quote - ones) &^ quote & tops
	zero |= (slash - ones) &^ slash & tops
	return bits.TrailingZeros64(zero) / 8
}

// findStringEnd is skipString from within a string, at a place that is not after a backslash.
func findStringEnd(b []byte, i int) int {
	for {
		n := bytes.IndexByte(b[min(i, len(b)):], '"')
		if n < 0 {
			return -1
		}
		end, slashes := i+n, 0
		for slashes < n && b[end-1-slashes] == '\\' {
			slashes++
		}
		if slashes%2 == 0 {
			return end + 1
		}
		i = end + 1
	}
}

// SkipValue returns the end of the value that begins at i; -1 if it does not end.
func SkipValue(b []byte, i int) int {
	if i >= len(b) {
		return -1
	}
	switch b[i] {
	case '"':
		return skipString(b, i)
	case '{', '[':
		return skipNested(b, i)
	}
	start := i
	for i < len(b) {
		switch b[i] {
		case ',', '}', ']', ' ', '\t', '\r', '\n':
			if i == start {
				return -1
			}
			return i
		case 0, '"', ':', '{', '[':
			return -1
		}
		i++
	}
	return -1
}

func skipNested(b []byte, i int) int {
	depth := 0
	for i < len(b) {
		switch b[i] {
		case '"':
			if i = skipString(b, i); i < 0 {
				return -1
			}
			continue
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth == 0 {
				return i + 1
			}
		case 0:
			return -1
		}
		i++
	}
	return -1
}
