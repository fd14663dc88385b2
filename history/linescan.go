package history

import (
	"bytes"
	"encoding/json"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"tintype/history/jsonscan"
)

// lineFacts are the fields of a line that the index needs. The slices point into the line.
type lineFacts struct {
	key      []byte
	id       ulid // the key as a number; hi is 0 for a key that is not a ULID
	rev      uint32
	state    []byte
	prompt   []byte // with its quotes
	model    []byte
	provider []byte
	format   []byte
	ratio    []byte
	labels   string // folded tags and note
	seed     int64
	cost     float32
	took     float32
	created  int64 // Unix seconds
	bought   int64 // Unix seconds; 0 if the key says it
	attempts []byte
	flags    flags
	version  int
	folded   bool
	started  []byte // times, with their quotes
	ended    []byte
	written  []byte
}

type flags uint8

const (
	starred flags = 1 << iota
	trashed
	hasSeed
	hasCost
	hasTook
	firstLine   // of its key, or one that Compact wrote: all keys before it in the file are smaller
	hasLabels   // the index has its tags and note
	recoverable // lost, for a reason that may pass
)

// readHead reads the key and the revision of a line that this program wrote, without parsing the rest.
func readHead(line []byte) (key []byte, rev uint32, ok bool) {
	const start, middle = `{"v":1,"key":"`, `","rev":`
	at := len(start) + keyLength
	if len(line) < at+len(middle)+2 || string(line[:len(start)]) != start || string(line[at:at+len(middle)]) != middle {
		return nil, 0, false
	}
	n := at + len(middle)
	for n < len(line) && line[n] >= '0' && line[n] <= '9' {
		rev = rev*10 + uint32(line[n]-'0')
		n++
	}
	return line[len(start):at], rev, n < len(line) && line[n] == ','
}

// read fills f from a line. It returns false when the line is not a complete object with a key and, in our version, a state.
func (f *lineFacts) read(line []byte) bool {
	*f = lineFacts{}
	end := jsonscan.Visit(line, jsonscan.SkipSpace(line, 0), func(name []byte, start int) int {
		if string(name) == "input" && start < len(line) && line[start] == '{' {
			return f.readInput(line, start)
		}
		end := jsonscan.SkipValue(line, start)
		if end > 0 {
			f.readField(name, line[start:end])
		}
		return end
	})
	f.set(firstLine, f.rev == 1 || f.folded)
	f.readTimes()
	return end > 0 && jsonscan.SkipSpace(line, end) == len(line) && len(f.key) > 0 && (len(f.state) > 0 || f.version > Version)
}

func (f *lineFacts) readField(name, value []byte) {
	switch string(name) {
	case "v":
		f.version = int(parseInt(value))
	case "key":
		f.key = unquote(value)
	case "rev":
		f.rev = uint32(min(max(parseInt(value), 0), 1<<31))
	case "state":
		f.state = unquote(value)
	case "model":
		f.model = unquote(value)
	case "provider":
		f.provider = unquote(value)
	case "seed":
		f.readSeed(value)
	case "metrics":
		f.readMetrics(value)
	case "cost":
		f.readCost(value)
	case "error":
		f.readError(value)
	case "outputs":
		f.readOutputs(value)
	case "star":
		f.set(starred, string(value) == "true")
	case "trashed":
		f.set(trashed, string(value) == "true")
	case "tags":
		f.readLabels(value, tagMark)
	case "note":
		f.readLabels(value, "")
	case "attempts":
		f.attempts = value
	case "folded":
		f.folded = string(value) == "true"
	case "time":
		f.written = value
	case "created_at", "started_at":
		f.started = value
	case "completed_at":
		f.ended = value
	}
}

func (f *lineFacts) set(flag flags, on bool) {
	if on {
		f.flags |= flag
	}
}

func (f *lineFacts) readInput(line []byte, start int) (end int) {
	return jsonscan.Visit(line, start, func(name []byte, start int) int {
		end := jsonscan.SkipValue(line, start)
		if end < 0 {
			return end
		}
		value := line[start:end]
		switch string(name) {
		case "prompt":
			f.prompt = value
		case "aspect_ratio":
			f.ratio = unquote(value)
		case "output_format":
			f.format = unquote(value)
		case "seed":
			if f.flags&hasSeed == 0 {
				f.readSeed(value)
			}
		}
		return end
	})
}

func (f *lineFacts) readSeed(value []byte) {
	if n, err := strconv.ParseInt(string(value), 10, 64); err == nil {
		f.seed, f.flags = n, f.flags|hasSeed
	}
}

func (f *lineFacts) readCost(value []byte) {
	if n, err := strconv.ParseFloat(string(value), 64); err == nil {
		f.cost, f.flags = float32(n), f.flags|hasCost
	}
}

func (f *lineFacts) readMetrics(value []byte) {
	jsonscan.Fields(value, func(name, value []byte) {
		mine := string(name) == "predict_time" || string(name) == "total_time" && f.flags&hasTook == 0
		if !mine {
			return
		}
		if n, err := strconv.ParseFloat(string(value), 64); err == nil && n >= 0 {
			f.took, f.flags = float32(n), f.flags|hasTook
		}
	})
}

func (f *lineFacts) readError(value []byte) {
	jsonscan.Fields(value, func(name, value []byte) {
		if string(name) == "code" {
			f.set(recoverable, string(unquote(value)) != CodeExpired)
		}
	})
}

func (f *lineFacts) readOutputs(value []byte) {
	if !bytes.Contains(value, []byte("true")) { // stars are rare, and searching is cheaper than decoding
		return
	}
	var outputs []Output
	_ = json.Unmarshal(value, &outputs)
	for _, o := range outputs {
		f.set(starred, o.Star)
	}
}

// tagMark precedes each tag in labels. Folded text does not contain it.
const tagMark = "\x01"

func (f *lineFacts) readLabels(value []byte, mark string) {
	var words any
	_ = json.Unmarshal(value, &words)
	add := func(v any) {
		if s, ok := v.(string); ok && s != "" {
			f.labels += mark + string(fold(nil, []byte(s))) + "\x00"
			f.flags |= hasLabels
		}
	}
	if list, ok := words.([]any); ok {
		for _, v := range list {
			add(v)
		}
		return
	}
	add(words)
}

// readTimes sets when the prediction was made, and how long it took if the provider did not measure it.
func (f *lineFacts) readTimes() {
	var isULID bool
	if f.id, isULID = parseKey(f.key); isULID {
		f.created = f.id.milli() / 1000
	} else if t := parseTime(f.started); !t.IsZero() {
		f.created = t.Unix()
	} else if t := parseTime(f.written); !t.IsZero() {
		f.created = t.Unix()
	}
	f.readBought()
	if f.flags&hasTook != 0 || f.started == nil || f.ended == nil {
		return
	}
	if took := parseTime(f.ended).Sub(parseTime(f.started)); took >= 0 {
		f.took, f.flags = float32(took.Seconds()), f.flags|hasTook
	}
}

// readBought sets when the prediction was bought last, if that is much later than its key.
func (f *lineFacts) readBought() {
	const name = `"time":`
	at := bytes.LastIndex(f.attempts, []byte(name))
	if at < 0 {
		if f.id.hi == 0 {
			f.bought = f.created
		}
		return
	}
	rest := f.attempts[at+len(name):]
	if end := jsonscan.SkipValue(rest, 0); end > 0 {
		if t := parseTime(rest[:end]); f.id.hi == 0 || t.UnixMilli() > f.id.milli()+boughtMargin.Milliseconds() {
			f.bought = t.Unix()
		}
	}
}

func parseTime(value []byte) time.Time {
	t, err := time.Parse(time.RFC3339Nano, string(unquote(value)))
	if err != nil {
		return time.Time{}
	}
	return t
}

func parseInt(value []byte) int64 {
	n, _ := strconv.ParseInt(string(value), 10, 64)
	return n
}

// unquote returns the bytes of a string without its quotes. It decodes only strings that contain a backslash.
func unquote(value []byte) []byte {
	if len(value) < 2 || value[0] != '"' {
		return nil
	}
	if bytes.IndexByte(value, '\\') < 0 {
		return value[1 : len(value)-1]
	}
	var s string
	_ = json.Unmarshal(value, &s)
	return []byte(s)
}

// foldedByte folds a single ASCII byte; 0xff stands for the start of a longer character. Zero bytes are folded to spaces, since
// a zero byte ends a text.
var foldedByte = func() (t [256]byte) {
	for i := range t {
		switch {
		case i >= utf8.RuneSelf:
			t[i] = 0xff
		case i >= 'A' && i <= 'Z':
			t[i] = byte(i) + 'a' - 'A'
		case i < ' ':
			t[i] = ' '
		default:
			t[i] = byte(i)
		}
	}
	return t
}()

// fold appends s to dst as search compares it: in lower case, with control characters as spaces.
func fold(dst, s []byte) []byte {
	n := len(dst)
	dst = slices.Grow(dst, len(s))[:n+len(s)]
	for i, b := range s {
		f := foldedByte[b]
		if f == 0xff {
			return foldRunes(dst[:n+i], s[i:])
		}
		dst[n+i] = f
	}
	return dst
}

func foldRunes(dst, s []byte) []byte {
	for i := 0; i < len(s); {
		if b := foldedByte[s[i]]; b != 0xff {
			dst = append(dst, b)
			i++
			continue
		}
		r, n := utf8.DecodeRune(s[i:])
		dst = utf8.AppendRune(dst, unicode.ToLower(r))
		i += n
	}
	return dst
}
