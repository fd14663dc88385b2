package demo

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// OutputForm is the form of the outputs in an answer.
type OutputForm string

// The forms that providers have been seen to use.
const (
	OutputURL      OutputForm = ""
	OutputData     OutputForm = "data"     // a data: URI
	OutputBase64   OutputForm = "base64"   // the bare bytes in base64
	OutputRelative OutputForm = "relative" // a path at the server's own origin
)

// ErrorShape is the form of the body of a refusal.
type ErrorShape string

// errorShapes make the body of a refusal, other than the dialect's own.
var errorShapes = map[ErrorShape]func(status int, detail string) any{
	"list": func(_ int, detail string) any { // FastAPI, and so cog
		return map[string]any{"detail": []any{map[string]any{"loc": []any{"body", "input", "prompt"}, "msg": detail, "type": "value_error"}}}
	},
	"errors": func(status int, detail string) any {
		return map[string]any{"errors": []any{map[string]any{"status": strconv.Itoa(status), "detail": detail}}}
	},
	"msg":     func(status int, detail string) any { return map[string]any{"code": status, "msg": detail} },
	"message": func(_ int, detail string) any { return map[string]any{"message": detail} },
	"problem": func(status int, detail string) any { // RFC 9457
		return map[string]any{"type": "about:blank", "title": http.StatusText(status), "status": status, "detail": detail}
	},
	"text": func(_ int, detail string) any { return detail },
}

// reshape gives a refusal the body of another shape.
func (shape ErrorShape) reshape(resp *response) {
	write, known := errorShapes[shape]
	if !known || resp.status < http.StatusBadRequest {
		return
	}
	var body struct {
		Detail, Message string
		Error           struct{ Message string }
	}
	_ = json.Unmarshal(resp.body.Bytes(), &body) // a page of HTML has no detail
	detail := body.Detail + body.Error.Message + body.Message
	if detail == "" {
		detail = http.StatusText(resp.status)
	}
	resp.body.Reset()
	if text, ok := write(resp.status, detail).(string); ok {
		resp.header.Set("Content-Type", "text/plain; charset=utf-8")
		resp.body.WriteString(text)
		return
	}
	resp.header.Set("Content-Type", "application/json")
	_ = json.NewEncoder(&resp.body).Encode(write(resp.status, detail)) // maps of texts and numbers always encode
}

// knob is a fault that a person can turn on by its name: NAME=VALUE.
type knob struct {
	name, help string
	set        func(b *Behaviour, value string) (ok bool)
}

var knobs = []knob{
	{"late", "TIME: pictures answer 404 for this long after the success", func(b *Behaviour, v string) bool { return parseDuration(v, &b.LateOutputs) }},
	{"missing", "N: the first N requests for pictures answer 404", func(b *Behaviour, v string) bool {
		n, err := strconv.Atoi(v)
		missing := Fault{On: Output, Times: n, Status: http.StatusNotFound, Body: `{"detail":"Not found"}`}
		b.Faults = append([]Fault{missing}, b.Faults...) // before those that apply to all requests
		return err == nil && n > 0
	}},
	{"output", "data, base64 or relative: what replaces a picture's URL", func(b *Behaviour, v string) bool {
		b.Output = OutputForm(v)
		return slices.Contains([]OutputForm{OutputData, OutputBase64, OutputRelative}, b.Output)
	}},
	{"end", "WORD: the status of a success", func(b *Behaviour, v string) bool { b.EndStatus = v; return v != "" }},
	{"held-back", "N: the filter holds back the last N of several pictures", func(b *Behaviour, v string) bool {
		n, err := strconv.Atoi(v)
		b.HeldBack = n
		return err == nil && n > 0
	}},
	{"errors", "list, errors, msg, message, problem or text: the form of refusals", func(b *Behaviour, v string) bool {
		b.ErrorShape = ErrorShape(v)
		_, known := errorShapes[b.ErrorShape]
		return known
	}},
	{"encoding", "WORD: the Content-Encoding that pictures claim to have", func(b *Behaviour, v string) bool {
		b.Faults = append(b.Faults, Fault{On: Output, Header: http.Header{"Content-Encoding": {v}}})
		return v != ""
	}},
	{"duration", "TIME: of each prediction", func(b *Behaviour, v string) bool { return parseDuration(v, &b.Duration) }},
	{"per-minute", "N: creates that are accepted in a minute", func(b *Behaviour, v string) bool {
		n, err := strconv.Atoi(v)
		b.PerMinute = n
		return err == nil && n > 0
	}},
}

func parseDuration(v string, to *time.Duration) bool {
	d, err := time.ParseDuration(v)
	*to = d
	return err == nil && d > 0
}

// Set turns a fault on, given as NAME=VALUE. The error is a sentence that lists the known faults.
func (b *Behaviour) Set(spec string) error {
	name, value, _ := strings.Cut(spec, "=")
	for _, k := range knobs {
		if k.name == name && k.set(b, value) {
			return nil
		}
	}
	return fmt.Errorf("%q is no fault; there are:\n%s", spec, KnobHelp())
}

// KnobHelp lists the faults that Set knows, one a line.
func KnobHelp() string {
	var b strings.Builder
	for _, k := range knobs {
		b.WriteString("  " + k.name + "=" + k.help + "\n")
	}
	return strings.TrimRight(b.String(), "\n")
}
