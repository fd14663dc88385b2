package impact

import (
	"encoding/json"
	"strings"
)

// A value is a member of an object or an element of a list, in a prompt that is JSON.
type value struct {
	from, to     int  // with its name, in bytes
	text         int  // where its value begins
	isText       bool // its value is a string
	first        bool // of its object or list
	before, next int  // where the value before it ends, and the one after it begins; -1 for none
}

// jsonValues returns the members and elements whose values are texts, numbers or the like: not objects or lists, which are made of others.
func jsonValues(prompt string) []value {
	d := jsonReader{text: prompt, decoder: json.NewDecoder(strings.NewReader(prompt))}
	d.decoder.UseNumber()
	if _, err := d.decoder.Token(); err != nil {
		return nil
	}
	d.read(true)
	return d.values
}

// jsonReader finds where values are.
type jsonReader struct {
	text    string
	decoder *json.Decoder
	values  []value
}

// start returns where the next token begins.
func (r *jsonReader) start() int {
	at := int(r.decoder.InputOffset())
	return at + len(r.text[at:]) - len(strings.TrimLeft(r.text[at:], " \t\r\n,:"))
}

// read reads the members of an object, or the elements of a list, and its end.
func (r *jsonReader) read(isObject bool) {
	var own []int // indices of the values that are directly in it
	before := -1
	for r.decoder.More() {
		v := value{from: r.start(), before: before, next: -1}
		if before < 0 {
			v.first = true
		}
		if isObject {
			_, _ = r.decoder.Token()
		}
		v.text = r.start()
		token, err := r.decoder.Token()
		if err != nil {
			return
		}
		if delim, nested := token.(json.Delim); nested {
			r.read(delim == '{')
		} else {
			_, v.isText = token.(string)
			v.to = int(r.decoder.InputOffset())
			own = append(own, len(r.values))
			r.values = append(r.values, v)
		}
		before = int(r.decoder.InputOffset())
		if r.decoder.More() && len(own) > 0 && r.values[own[len(own)-1]].to == before {
			r.values[own[len(own)-1]].next = r.start()
		}
	}
	_, _ = r.decoder.Token()
}

// jsonMembers returns the members and elements of a prompt, and the prompt without each.
func jsonMembers(prompt string) []Part {
	var parts []Part
	for _, v := range jsonValues(prompt) {
		if len(parts) > mostParts {
			break
		}
		from, to := v.from, v.to
		switch { // with one of the commas beside it
		case v.next >= 0:
			to = v.next
		case !v.first:
			from = v.before
		}
		parts = append(parts, Part{Text: prompt[v.from:v.to], From: v.from, To: v.to, Without: prompt[:from] + prompt[to:]})
	}
	return parts
}

// jsonWords returns the words of all texts of a prompt. A text with a backslash is one word, since its bytes are not those of its characters.
func jsonWords(prompt string) []Part {
	var parts []Part
	for _, v := range jsonValues(prompt) {
		if len(parts) > mostParts {
			break
		}
		if !v.isText {
			continue
		}
		from, to := v.text+1, v.to-1 // without the quotes
		if strings.Contains(prompt[from:to], `\`) {
			parts = append(parts, newPart(prompt, from, to, from, to))
			continue
		}
		parts = append(parts, words(prompt, from, to)...)
	}
	return parts
}
