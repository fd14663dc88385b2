package api

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"slices"
	"strings"
)

// readOutput reads the value of a prediction's output: a string is one output, a list holds strings, objects or lists, and
// in an object every string counts that is a picture's address or the picture itself. A null or "" between others stays
// as "", so that the others keep their numbers.
func readOutput(raw json.RawMessage) []string {
	f := outputFinder{inOutput: true, places: true}
	f.value(raw, true, 0)
	return f.outputs()
}

// findOutputs looks for pictures in an answer whose "output" is missing or empty, under the names that gateways and other
// providers of pictures use. If sure is false, only names count that hold nothing but results.
func findOutputs(raw json.RawMessage, sure bool) []string {
	f := outputFinder{sure: sure}
	f.value(raw, false, 0)
	return f.outputs()
}

// outputFinder collects outputs, in the order of the answer.
type outputFinder struct {
	inOutput bool // below "output": an address counts under any name
	places   bool // a null in a list keeps its place
	sure     bool // the prediction has succeeded, so that names count that may also hold something else
	found    []string
}

// outputs returns what was found, without places behind the last one; nil for nothing.
func (f *outputFinder) outputs() []string {
	n := len(f.found)
	for n > 0 && f.found[n-1] == "" {
		n--
	}
	if n == 0 {
		return nil
	}
	return f.found[:n]
}

// outputDepth limits how deep outputs are looked for.
const outputDepth = 8

// resultNames are the fields that hold results and nothing else; likelyNames may hold something else while a prediction
// runs. Both are without their _ and -, in lower case.
var (
	resultNames = nameSet("output outputs result results resulturl resulturls outputurl outputurls images imageurl imageurls pictures videos videourl " +
		"videourls sample samples artifacts generatedimages generations b64json imagebase64 base64 b64 taskresult fileurl fileurls downloadurl")
	likelyNames = nameSet("url urls uri data image picture video file files content media response src asset assets")
	// otherNames hold addresses that are no outputs.
	otherNames = nameSet("input inputs request params parameters options webhook webhookurl webhookcompleted callback callbackurl log logs prompt model version id " +
		"status error metrics thumbnail thumbnailurl thumb thumbs preview inputimage imageprompt initimage sourceimage maskimage mask " +
		"referenceimages get cancel stream web next previous docs failreason")
)

func nameSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// value takes the outputs in a JSON value. named is set below a field that holds results.
func (f *outputFinder) value(raw json.RawMessage, named bool, depth int) {
	raw = bytes.TrimSpace(raw)
	if len(raw) == 0 || depth > outputDepth || len(f.found) >= outputsLimit {
		return
	}
	switch raw[0] {
	case '"':
		text, _ := readString(raw)
		f.text(text, named, depth)
	case 'n':
		if f.places && depth == 1 {
			f.found = append(f.found, "")
		}
	case '[':
		var list []json.RawMessage
		_ = json.Unmarshal(raw, &list)
		for _, item := range list {
			f.value(item, named, depth+1)
		}
	case '{':
		f.object(raw, named, depth)
	}
}

// object takes the outputs in an object's fields. One picture may be in it twice: by two names, or as an address and
// as itself.
func (f *outputFinder) object(raw json.RawMessage, named bool, depth int) {
	before, places := len(f.found), f.places
	f.places = false
	defer func() { f.places = places }()
	for _, field := range fieldsOf(raw) {
		name := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(field.name))
		known := resultNames[name] || (f.sure || named || f.inOutput) && likelyNames[name]
		if otherNames[name] || !known && !f.inOutput && !named || name == "urls" && isObject(field.value) {
			continue
		}
		at := len(f.found)
		f.value(field.value, known, depth+1)
		if len(f.found) == at+1 && at > before && isSamePicture(f.found[before:at], f.found[at]) {
			f.found = f.found[:at]
		}
	}
}

// isSamePicture reports whether a picture is one of those already found in the same object.
func isSamePicture(found []string, next string) bool {
	return slices.Contains(found, next) || IsDataURL(next) != IsDataURL(found[0])
}

// text takes a string. Directly in "output" any text counts; elsewhere it must be an address, the picture itself in
// base64, or JSON with those in it.
func (f *outputFinder) text(text string, named bool, depth int) {
	trimmed := strings.TrimSpace(text)
	kind := pictureInBase64(trimmed)
	switch {
	case trimmed == "":
		if f.places && depth == 1 {
			f.found = append(f.found, "")
		}
	case kind != "":
		f.found = append(f.found, "data:"+kind+";base64,"+trimmed)
	case isAddress(trimmed), named && isPath(trimmed), f.places && depth <= 1 && !isProse(trimmed):
		f.found = append(f.found, trimmed)
	case (trimmed[0] == '{' || trimmed[0] == '[') && json.Valid([]byte(trimmed)):
		f.value(json.RawMessage(trimmed), named, depth+1)
	}
}

// isAddress reports whether a text is a URL of http, https or data.
func isAddress(text string) bool {
	for _, scheme := range []string{"https://", "http://", "data:"} {
		if len(text) > len(scheme) && strings.EqualFold(text[:len(scheme)], scheme) {
			return true
		}
	}
	return false
}

// isProse reports whether a text is words, and no address of any kind.
func isProse(text string) bool {
	return strings.ContainsAny(text, " \n") && !isAddress(text) && text[0] != '/'
}

// outputWords returns what "output" says in words, such as why there is no picture; "" if it is none.
func outputWords(raw json.RawMessage) string {
	text, ok := readString(raw)
	var list []json.RawMessage
	if !ok && json.Unmarshal(raw, &list) == nil && len(list) == 1 {
		text, _ = readString(list[0])
	}
	if text = strings.TrimSpace(text); !isProse(text) || pictureInBase64(text) != "" || json.Valid([]byte(text)) {
		return ""
	}
	return cutText(text, sentenceLimit)
}

// isPath reports whether a text is an address without a host, such as /files/1.png.
func isPath(text string) bool {
	return strings.HasPrefix(text, "/") && len(text) > 1 && !strings.ContainsAny(text, " \t\r\n")
}

// minBase64 is how many characters of base64 a picture has at least.
const minBase64 = 60

// pictureInBase64 returns the media type of the picture that a text is in base64, with or without line breaks; "" if it
// is none. The first bytes decide, and the alphabet.
func pictureInBase64(text string) string {
	if len(text) < minBase64 || strings.ContainsFunc(text, func(r rune) bool { return !isBase64Rune(r) }) {
		return ""
	}
	return pictureType(text)
}

func isBase64Rune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || strings.ContainsRune("+/-_=\r\n \t", r)
}

// pictureType returns the media type of a picture by the beginning of its base64; "" if it is none.
func pictureType(text string) string {
	text = strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "", " ", "", "\t", "").Replace(text[:min(len(text), 2*minBase64)])
	text = strings.TrimRight(text, "=")
	head, _ := base64.RawStdEncoding.DecodeString(text[:len(text)/4*4])
	return mediaOfPicture(head)
}

// mediaOfPicture returns the media type of a picture or video by its first bytes; "" for anything else.
func mediaOfPicture(head []byte) string {
	if len(head) >= 12 && string(head[4:8]) == "ftyp" && (string(head[8:12]) == "avif" || string(head[8:12]) == "avis") {
		return "image/avif"
	}
	switch kind := http.DetectContentType(head); kind {
	case "image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4":
		return kind
	}
	return ""
}

// field is one field of a JSON object.
type field struct {
	name  string
	value json.RawMessage
}

// fieldsOf returns an object's fields in their order.
func fieldsOf(raw json.RawMessage) (fields []field) {
	decoder := json.NewDecoder(bytes.NewReader(raw))
	if _, err := decoder.Token(); err != nil {
		return nil
	}
	for decoder.More() {
		name, err := decoder.Token()
		if err != nil {
			break
		}
		var value json.RawMessage
		if decoder.Decode(&value) != nil {
			break
		}
		text, _ := name.(string)
		fields = append(fields, field{text, value})
	}
	return fields
}
