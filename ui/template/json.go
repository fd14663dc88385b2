package template

// jsonObjects finds the objects of JSON in a text. It remembers what it found, so that a text is read a few times at most.
type jsonObjects struct {
	text string
	ends map[int]int // by where an object begins: where it ends, or -1 if it is none
}

// end returns where the object that begins at an offset ends, or -1 if there is none.
func (j *jsonObjects) end(start int) int {
	if end, known := j.ends[start]; known {
		return end
	}
	if j.ends == nil {
		j.ends = map[int]int{}
	}
	j.scan(start)
	return j.ends[start]
}

// jsonState is what may come next in an object or an array.
type jsonState uint8

const (
	wantKeyOrEnd jsonState = iota
	wantKey
	wantColon
	wantValue
	wantValueOrEnd
	wantCommaOrEnd
)

// jsonLevel is an object or array that is open.
type jsonLevel struct {
	start  int
	object bool
	state  jsonState
}

// scan reads the object at start, and notes where it and those in it end.
func (j *jsonObjects) scan(start int) {
	levels := []jsonLevel{{start: start, object: true}}
	at := start + 1
	for len(levels) > 0 {
		at = skipBlanks(j.text, at)
		next, ok := j.step(&levels, at)
		if !ok {
			break
		}
		at = next
	}
	for _, level := range levels {
		if level.object {
			j.ends[level.start] = -1
		}
	}
}

// step reads one sign or value, and returns where it ends.
func (j *jsonObjects) step(levels *[]jsonLevel, at int) (int, bool) {
	if at >= len(j.text) {
		return 0, false
	}
	top := &(*levels)[len(*levels)-1]
	c := j.text[at]
	switch {
	case c == '}' && top.object && (top.state == wantKeyOrEnd || top.state == wantCommaOrEnd):
		j.ends[top.start] = at + 1
		*levels = (*levels)[:len(*levels)-1]
	case c == ']' && !top.object && (top.state == wantValueOrEnd || top.state == wantCommaOrEnd):
		*levels = (*levels)[:len(*levels)-1]
	case c == ',' && top.state == wantCommaOrEnd:
		top.state = wantValue
		if top.object {
			top.state = wantKey
		}
	case c == ':' && top.state == wantColon:
		top.state = wantValue
	case c == '"' && (top.state == wantKey || top.state == wantKeyOrEnd):
		top.state = wantColon
		return jsonString(j.text, at)
	case top.state == wantValue || top.state == wantValueOrEnd:
		top.state = wantCommaOrEnd
		return jsonValue(j.text, at, levels)
	default:
		return 0, false
	}
	return at + 1, true
}

// skipBlanks returns the offset of the next character that is no blank.
func skipBlanks(text string, at int) int {
	for at < len(text) && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r') {
		at++
	}
	return at
}

// jsonValue reads a value, or opens an object or array.
func jsonValue(text string, at int, levels *[]jsonLevel) (int, bool) {
	switch text[at] {
	case '{':
		*levels = append(*levels, jsonLevel{start: at, object: true})
		return at + 1, true
	case '[':
		*levels = append(*levels, jsonLevel{start: at, state: wantValueOrEnd})
		return at + 1, true
	case '"':
		return jsonString(text, at)
	}
	for _, word := range []string{"true", "false", "null"} {
		if len(text) >= at+len(word) && text[at:at+len(word)] == word {
			return at + len(word), true
		}
	}
	return jsonNumber(text, at)
}

// jsonString reads a string, and returns where it ends.
func jsonString(text string, at int) (int, bool) {
	for at++; at < len(text); at++ {
		switch c := text[at]; {
		case c == '"':
			return at + 1, true
		case c < ' ':
			return 0, false
		case c == '\\':
			at++
			if at >= len(text) || !jsonEscape(text[at:]) {
				return 0, false
			}
		}
	}
	return 0, false
}

// jsonEscape reports whether a text begins with what may follow a backslash.
func jsonEscape(text string) bool {
	switch text[0] {
	case '"', '\\', '/', 'b', 'f', 'n', 'r', 't':
		return true
	case 'u':
		for i := 1; i <= 4; i++ {
			if i >= len(text) || !isHex(text[i]) {
				return false
			}
		}
		return true
	}
	return false
}

// isHex reports whether a byte is a digit of base 16.
func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// jsonNumber reads a number, and returns where it ends.
func jsonNumber(text string, at int) (int, bool) {
	digits := func() bool {
		begin := at
		for at < len(text) && '0' <= text[at] && text[at] <= '9' {
			at++
		}
		return at > begin
	}
	is := func(signs string) bool {
		for i := range len(signs) {
			if at < len(text) && text[at] == signs[i] {
				at++
				return true
			}
		}
		return false
	}
	is("-")
	if zero := is("0"); !zero && !digits() {
		return 0, false
	}
	if is(".") && !digits() {
		return 0, false
	}
	if is("eE") {
		is("+-")
		if !digits() {
			return 0, false
		}
	}
	return at, true
}
