package api

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// wirePrediction is a prediction as it may appear in an answer. Every field is raw, because each one has been seen
// missing, null, or of another type.
type wirePrediction struct {
	ID          json.RawMessage `json:"id"`
	Model       json.RawMessage `json:"model"`
	Version     json.RawMessage `json:"version"`
	Status      json.RawMessage `json:"status"`
	Input       json.RawMessage `json:"input"`
	Output      json.RawMessage `json:"output"`
	Error       json.RawMessage `json:"error"`
	Logs        json.RawMessage `json:"logs"`
	Metrics     json.RawMessage `json:"metrics"`
	DataRemoved json.RawMessage `json:"data_removed"`
	CreatedAt   json.RawMessage `json:"created_at"`
	StartedAt   json.RawMessage `json:"started_at"`
	CompletedAt json.RawMessage `json:"completed_at"`
}

// wireEnvelope is the wrapper that New-API gateways put around a task (QuantumNous/new-api, dto/task.go, TaskResponse
// and TaskDto).
type wireEnvelope struct {
	Code json.RawMessage `json:"code"`
	Data json.RawMessage `json:"data"`
}

type wireTask struct {
	TaskID     json.RawMessage `json:"task_id"`
	Status     json.RawMessage `json:"status"`
	FailReason json.RawMessage `json:"fail_reason"`
	Progress   json.RawMessage `json:"progress"`
	SubmitTime json.RawMessage `json:"submit_time"`
	StartTime  json.RawMessage `json:"start_time"`
	FinishTime json.RawMessage `json:"finish_time"`
	Data       json.RawMessage `json:"data"`
}

// maxTokens limits the commas, colons and opening brackets of an answer, and so the memory that decoding it can take. A
// page of a hundred predictions has about 5,000.
const maxTokens = 100_000

// parsePrediction reads a body in either shape; wrapped reports whether it was an envelope. ok is false for a body
// without id and status, for incomplete JSON, and for HTML; see readableJSON for what else is read.
func parsePrediction(body []byte) (p Prediction, wrapped, ok bool) {
	var flat wirePrediction
	var outer wireEnvelope
	body = onlyElement(readableJSON(body))
	body, wrapped = unwrap(body)
	if !decodeObject(body, &flat) || json.Unmarshal(body, &outer) != nil {
		return Prediction{}, false, false
	}
	if _, isText := readString(flat.ID); !isText && len(outer.Data) > 0 {
		if p, ok = parseEnvelope(outer); ok {
			return p, true, true
		}
	}
	p = flat.prediction(body)
	return p, wrapped, p.ID != "" || p.Status != "" && (flat.Status != nil || len(p.Output) > 0)
}

// onlyElement returns the element of a list with one element, else the body.
func onlyElement(body []byte) []byte {
	var list []json.RawMessage
	if trimmed := bytes.TrimSpace(body); len(trimmed) == 0 || trimmed[0] != '[' || countTokens(body) > maxTokens ||
		json.Unmarshal(body, &list) != nil || len(list) != 1 {
		return body
	}
	return list[0]
}

// unwrap returns the prediction in a body that holds nothing but one under a name such as "prediction", and reports whether
// it did. "data" is left to parseEnvelope: the task around it has a status of its own.
func unwrap(body []byte) ([]byte, bool) {
	if countTokens(body) > maxTokens {
		return body, false
	}
	if inner := innerPrediction(body, 0); inner != nil {
		return inner, true
	}
	return body, false
}

// wrapperDepth limits how deep a prediction is looked for.
const wrapperDepth = 3

// innerPrediction returns the object below another that has an id or a status; nil if there is none.
func innerPrediction(raw []byte, depth int) []byte {
	var w struct {
		ID, Status, Output, Prediction, Result, Task, Response, Data json.RawMessage

		TaskID json.RawMessage `json:"task_id"`
	}
	if depth > wrapperDepth || !isObject(raw) || json.Unmarshal(raw, &w) != nil {
		return nil
	}
	switch named, word := isSet(w.ID) || isSet(w.TaskID), readWord(w.Status); {
	case depth > 0 && (named || word != ""):
		return raw
	case named || word != "" || isSet(w.Output):
		return nil
	}
	for _, wrapped := range []json.RawMessage{w.Prediction, w.Result, w.Task, w.Response} {
		if inner := innerPrediction(wrapped, depth+1); inner != nil {
			return inner
		}
	}
	inner := innerPrediction(w.Data, depth+1)
	if depth == 0 && bytes.Equal(inner, w.Data) {
		return nil
	}
	return inner
}

// isSet reports whether a field is there and not null.
func isSet(raw json.RawMessage) bool { return len(raw) > 0 && raw[0] != 'n' }

// prediction converts the raw fields to a Prediction; object is what they are from.
func (w wirePrediction) prediction(object json.RawMessage) Prediction {
	p := w.fields()
	p = p.withOutputsIn(object, w.Input)
	return p.settle(readWord(w.Status)).withReasonIn(object)
}

// withOutputsIn looks for the outputs elsewhere in an object if the prediction has none and may have ended. Addresses in the input are not
// outputs.
func (p Prediction) withOutputsIn(object, input json.RawMessage) Prediction {
	switch p.Status {
	case Starting, Processing, Failed, Canceled, Aborted:
		return p
	}
	if len(p.Output) > 0 || !isObject(object) {
		return p
	}
	found := findOutputs(object, p.Status == Succeeded || !p.CompletedAt.IsZero())
	found = slices.DeleteFunc(found, func(address string) bool { return bytes.Contains(input, []byte(address)) })
	p.Output = limitAddresses(found)
	return p
}

// fields converts the fields one by one.
func (w wirePrediction) fields() Prediction {
	id, _ := readString(w.ID)
	p := Prediction{
		ID:          id,
		Model:       readWord(w.Model),
		Version:     readWord(w.Version),
		Status:      readStatus(readWord(w.Status)),
		Input:       readInput(w.Input),
		Output:      limitAddresses(readOutput(w.Output)),
		Error:       readSentence(w.Error),
		Logs:        readLogs(w.Logs),
		Metrics:     readMetrics(w.Metrics),
		DataRemoved: string(bytes.TrimSpace(w.DataRemoved)) == "true",
		CreatedAt:   readTime(w.CreatedAt),
		StartedAt:   readTime(w.StartedAt),
		CompletedAt: readTime(w.CompletedAt),
	}
	if p.Error == "" && len(p.Output) == 0 {
		p.Error = outputWords(w.Output)
	}
	return p
}

// parseEnvelope reads a wrapped task. The envelope's status takes precedence over the prediction's own, unless it says
// nothing (UNKNOWN, "").
func parseEnvelope(outer wireEnvelope) (Prediction, bool) {
	if id, isText := readString(outer.Data); isText { // New-API's submit answers {"code":"success","data":"<id>"}
		code, _ := readString(outer.Code)
		return Prediction{ID: id, Status: Starting}, strings.EqualFold(code, "success") && validID(id)
	}
	var task wireTask
	if !isObject(outer.Data) || json.Unmarshal(outer.Data, &task) != nil {
		return Prediction{}, false
	}
	inner := unquoteJSON(task.Data)
	var flat wirePrediction
	if isObject(inner) {
		_ = json.Unmarshal(inner, &flat) // valid: it was already parsed as part of the body
	} else {
		_ = json.Unmarshal(outer.Data, &flat) // the fields of the prediction may be those of the task
		flat.Status = nil
	}
	p := flat.fields()
	if id, _ := readString(task.TaskID); id != "" {
		p.ID = id
	}
	word := readWord(task.Status)
	if status := readStatus(word); status != "" {
		p.Status = status
	} else {
		word = readWord(flat.Status)
	}
	reason := readSentence(task.FailReason)
	if isAddress(strings.TrimSpace(reason)) { // New-API once kept a picture's address here
		if p.Status == Succeeded && len(p.Output) == 0 {
			p.Output = limitAddresses([]string{strings.TrimSpace(reason)})
		}
		reason = ""
	}
	if reason != "" && p.Status == Failed {
		p.Error = reason
	}
	p.gatewayProgress = readProgress(task.Progress)
	p.CreatedAt = timeOr(p.CreatedAt, task.SubmitTime)
	p.StartedAt = timeOr(p.StartedAt, task.StartTime)
	if p.Status.Ended() {
		p.CompletedAt = timeOr(p.CompletedAt, task.FinishTime)
	}
	p = p.withOutputsIn(inner, flat.Input).withOutputsIn(outer.Data, flat.Input).settle(word).withReasonIn(inner).withReasonIn(outer.Data)
	return p, p.ID != "" || p.Status != ""
}

// readCreated reads the answer to a create. An id in a 2xx answer means that the purchase went through, whatever the
// rest of the body looks like; and so does a result without an id.
func (c *Client) readCreated(a answer) (Prediction, *Error) {
	if !a.isSuccess() {
		return Prediction{}, c.httpError(a)
	}
	p, _, ok := parsePrediction(a.body)
	p.ServerTime, p.HTTPStatus = a.date, a.status
	if ok && validID(p.ID) {
		return a.withInline(p), nil
	}
	if id := a.recoverID(); id != "" {
		return Prediction{ID: id, Status: Starting, ServerTime: a.date, HTTPStatus: a.status}, nil
	}
	if ok && p.ID == "" && !namesID(a.body) && p.Status.Ended() && (len(p.Output) > 0 || p.Status == Failed && p.Error != "") {
		return a.withInline(p), nil // cog's own server answers with the result and has no ids
	}
	return Prediction{}, c.httpError(a)
}

// readPrediction reads the answer about the prediction with this id.
func (c *Client) readPrediction(a answer, id string) (Prediction, *Error) {
	p, wrapped, ok := parsePrediction(a.body)
	if !a.isSuccess() && !(ok && a.readErr == nil && p.isProof(id)) {
		return Prediction{}, c.httpError(a)
	}
	if !ok || p.Status == "" && isErrorBody(a.body) {
		if a.op == opCancel && isTaken(a) {
			return Prediction{ID: id, ServerTime: a.date, HTTPStatus: a.status}, nil
		}
		return Prediction{}, c.httpError(a)
	}
	// The id inside an envelope may be the upstream's; a flat one is ours.
	if !wrapped && p.ID != "" && p.ID != id {
		return Prediction{}, c.completeError(a.op, &Error{Code: CodeBadResponse, HTTPStatus: a.status, Detail: "the answer is about another prediction"})
	}
	p.ID, p.ServerTime, p.HTTPStatus = id, a.date, a.status
	return a.withInline(p), nil
}

// isProof reports whether a prediction that came with an error's status counts all the same: it is the one that was asked
// for, and it holds its outputs or the time of its end.
func (p Prediction) isProof(id string) bool {
	return p.ID == id && p.Status.Ended() && (len(p.Output) > 0 || !p.CompletedAt.IsZero())
}

// takenLimit is the largest answer to a cancel that counts as a mere "OK", in bytes.
const takenLimit = 200

// isTaken reports whether a 2xx answer to a cancel says only that the cancel was accepted: it is empty, a word, or JSON that is not an
// error.
func isTaken(a answer) bool {
	text := bytes.TrimSpace(a.body)
	words := bytes.ContainsAny(text, "{\" ") && !json.Valid(text) // a sentence of a server in between, or an incomplete answer
	return a.readErr == nil && !words && !isHTML(a) && !bytes.ContainsAny(text, "<[") && !isErrorBody(text) && len(text) <= takenLimit
}

// readPage reads a page of a list. A row that is not a prediction or has no valid id is skipped; the other rows are
// still returned.
func (c *Client) readPage(a answer) (Page, *Error) {
	var wire struct {
		Next    json.RawMessage   `json:"next"`
		Results []json.RawMessage `json:"results"`
	}
	if !a.isSuccess() || !decodeObject(a.body, &wire) || wire.Results == nil {
		return Page{}, c.httpError(a)
	}
	var page Page
	for _, result := range wire.Results {
		var row wirePrediction
		if json.Unmarshal(result, &row) != nil {
			continue
		}
		if p := row.prediction(result); validID(p.ID) {
			p.ServerTime = a.date
			page.Predictions = append(page.Predictions, p)
		}
	}
	next, _ := readString(wire.Next)
	page.Next = nextCursor(next)
	return page, nil
}

// nextCursor returns the cursor of a next URL. The URL itself is not used: it may name any host.
func nextCursor(next string) string {
	u, err := url.Parse(next)
	if err != nil {
		return ""
	}
	return u.Query().Get("cursor")
}

// readSchema returns the schema in a model's description.
func (c *Client) readSchema(a answer) (json.RawMessage, *Error) {
	var wire struct {
		Latest *struct {
			Schema json.RawMessage `json:"openapi_schema"`
		} `json:"latest_version"`
	}
	if !a.isSuccess() || !decodeObject(a.body, &wire) {
		return nil, c.httpError(a)
	}
	if wire.Latest == nil || !isObject(wire.Latest.Schema) {
		return nil, c.completeError(a.op, &Error{Code: CodeNotFound, HTTPStatus: http.StatusOK, Detail: "the model has no published version"})
	}
	return wire.Latest.Schema, nil
}

// decodeObject decodes the JSON object that a body consists of, within maxTokens. It is false for anything else.
func decodeObject(body []byte, into any) bool {
	return isObject(body) && countTokens(body) <= maxTokens && json.Unmarshal(body, into) == nil
}

// isObject reports whether the text begins like a JSON object.
func isObject(body []byte) bool {
	body = bytes.TrimLeft(body, " \t\r\n")
	return len(body) > 0 && body[0] == '{'
}

// countTokens counts the characters outside strings that cost memory when JSON is decoded.
func countTokens(body []byte) (n int) {
	var state stringState
	for _, b := range body {
		if !state.next(b) && (b == ',' || b == ':' || b == '{' || b == '[') {
			n++
		}
	}
	return n
}

// stringState tells what is within the strings of a JSON text that is read byte by byte.
type stringState struct{ quoted, escaped bool }

// next takes a byte, and reports whether it is part of a string.
func (s *stringState) next(b byte) bool {
	switch {
	case s.escaped:
		s.escaped = false
	case s.quoted && b == '\\':
		s.escaped = true
	case b == '"':
		s.quoted = !s.quoted
	default:
		return s.quoted
	}
	return true
}
