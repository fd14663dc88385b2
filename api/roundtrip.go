package api

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf16"
)

// Limits of one call.
const (
	createLimit    = 2 * time.Minute  // for the headers of a create's answer; giving up early would only lose the id
	stallLimit     = 20 * time.Second // between two reads of a body
	answerLimit    = 2 * time.Minute  // for the entire body of an answer
	bodyBytesLimit = 4 << 20          // of a body without the pictures in it: see inline.go
)

// op is a call of the client's API.
type op int

const (
	opCreate op = iota + 1
	opGet
	opCancel
	opList
	opSchema
	opKeyCheck
	opPrices // the only call without the key
	opDownload
)

// call is one request to make.
type call struct {
	op     op
	method string
	path   string // below the base URL, escaped
	query  string
	body   []byte
	limit  time.Duration // for the headers of the answer; 0 means 30 s
}

// answer is what came back: always a status, and as much of the body as arrived.
type answer struct {
	op      op
	status  int
	header  http.Header
	body    []byte
	readErr error // why the body is incomplete, nil if it is complete
	date    time.Time
	inline  *Inline // the pictures that were in the body; nil if there were none
}

// withInline gives a prediction the pictures of its answer, if they are outputs.
func (a answer) withInline(p Prediction) Prediction {
	if slices.ContainsFunc(p.Output, a.inline.Has) {
		p.Inline = a.inline
	} else {
		a.inline.Close()
	}
	return p
}

// isSuccess reports whether the status is a 2xx.
func (a answer) isSuccess() bool { return a.status >= 200 && a.status <= 299 }

var (
	errSlowHeaders = errors.New("no answer in time")
	errStalled     = errors.New("the answer stopped arriving")
	errTooLarge    = errors.New("the answer is too large")
)

// validID reports whether an id may be put into a path: 1 to 200 letters, digits, _ and - (CometAPI's own client accepts
// the same).
func validID(id string) bool {
	return id != "" && len(id) <= 200 && !strings.ContainsFunc(id, func(r rune) bool { return !isNameRune(r) })
}

// modelPath returns the path of a model (owner/name), with its slash unescaped.
func modelPath(model string) (string, bool) {
	owner, name, found := strings.Cut(model, "/")
	return "/models/" + model, found && validName(owner) && validName(name)
}

// validName is like validID, and also allows dots after the first character.
func validName(name string) bool {
	return len(name) <= 100 && !strings.HasPrefix(name, ".") && validID(strings.ReplaceAll(name, ".", "_"))
}

func isNameRune(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '_' || r == '-'
}

func badModelError() *Error {
	return &Error{Code: CodeInvalid, Outcome: Refused, Detail: "a model is written owner/name, such as black-forest-labs/flux-schnell"}
}

// newCreateCall builds the POST of a purchase.
func (c *Client) newCreateCall(r CreateRequest) (call, *Error) {
	path, ok := modelPath(r.Model)
	path += "/predictions"
	body := map[string]any{"input": r.Input}
	if r.Version != "" {
		path, ok = "/predictions", true
		body["version"] = r.Version
	}
	if !ok {
		return call{}, c.completeError(opCreate, badModelError())
	}
	if r.Input == nil {
		body["input"] = map[string]any{}
	}
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(body); err != nil {
		return call{}, c.completeError(opCreate, &Error{Code: CodeInvalid, Outcome: Refused, Detail: "a value cannot be written as JSON", cause: err})
	}
	return call{op: opCreate, method: http.MethodPost, path: path, body: text.Bytes(), limit: createLimit}, nil
}

// exchange sends one request and reads its answer, once. The error is set only if no status arrived; a body that was cut
// short is in the answer.
func (c *Client) exchange(ctx context.Context, call call) (answer, *Error) {
	if c.key.IsZero() && !c.loopback && call.op != opPrices {
		return answer{}, c.completeError(call.op, &Error{Code: CodeUnauthorized, Outcome: Refused})
	}
	if err := ctx.Err(); err != nil {
		return answer{}, c.completeError(call.op, &Error{Code: CodeCanceled, Outcome: NotSent, cause: err})
	}
	watch := startWaitTimer(ctx, call.limit)
	defer watch.stop()
	sent := &sentTrace{}
	req, err := c.request(httptrace.WithClientTrace(watch.ctx, sent.clientTrace()), call)
	if err != nil {
		return answer{}, c.completeError(call.op, &Error{Code: CodeInvalid, Outcome: Refused, cause: err})
	}
	transport := c.readTransport
	switch call.op {
	case opCreate:
		transport = c.createTransport
	case opPrices:
		transport = withoutKey(transport)
	}
	resp, err := transport.RoundTrip(req)
	if err == nil && resp == nil {
		err = errors.New("the transport gave no answer")
	}
	if err != nil {
		return answer{}, c.completeError(call.op, c.transportError(ctx, watch.cause(err), sent))
	}
	return c.readAnswer(resp, call.op, watch), nil
}

// request builds the request. It has no GetBody, so nothing can resend it.
func (c *Client) request(ctx context.Context, call call) (*http.Request, error) {
	target := c.baseURL + call.path
	if call.query != "" {
		target += "?" + call.query
	}
	if call.op == opPrices {
		var err error
		if target, err = c.priceListURL(); err != nil {
			return nil, err
		}
	}
	u, err := url.Parse(target)
	if err != nil {
		return nil, err
	}
	if call.op == opKeyCheck {
		u = u.JoinPath() // its path may lead to beside the base URL
	}
	req := (&http.Request{Method: call.method, URL: u, Host: u.Host, Header: http.Header{}}).WithContext(ctx)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Accept-Encoding", "gzip") // so that net/http leaves it to uncompressed
	req.Header.Set("User-Agent", "tintype")
	if call.body != nil {
		req.Header.Set("Content-Type", "application/json")
		req.Body = io.NopCloser(bytes.NewReader(call.body))
		req.ContentLength = int64(len(call.body))
	}
	return req, nil
}

// readAnswer reads the body within its limits, and removes the key from it.
func (c *Client) readAnswer(resp *http.Response, op op, watch *waitTimer) answer {
	defer func() { _ = resp.Body.Close() }()
	a := answer{op: op, status: resp.StatusCode, header: resp.Header}
	if a.status != http.StatusSwitchingProtocols { // its body is the bare connection, and no context ends a read from it
		dir := c.inlineDir
		if op == opList || op == opSchema || op == opPrices || op == opKeyCheck {
			dir = "" // they have pictures only beside what is asked for
		}
		body, inline, err := readBody(resp.Body, watch, dir)
		a.body, a.inline, a.readErr = c.redactEnd(c.redact(inUTF8(body))), inline, err
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		a.date = date.UTC()
	}
	return a
}

// readBody reads what arrives of a body, and returns why it is incomplete if it is. Its pictures go to a file in a folder, or
// nowhere without one.
func readBody(from io.Reader, watch *waitTimer, dir string) ([]byte, *Inline, error) {
	plain := uncompressed(bufio.NewReaderSize(watch.body(from, answerLimit), 32<<10))
	filter := inlineFilter{from: plain, pictures: inlineWriter{dir: dir}}
	filter.onFirst = func() { watch.end.Reset(downloadLimit) }
	body, inline, err := filter.read()
	if err != nil && err != errTooLarge {
		err = watch.cause(err)
	}
	return body, inline, err
}

// inUTF8 removes a byte order mark, and converts what is in UTF-16 by such a mark.
func inUTF8(body []byte) []byte {
	var order binary.ByteOrder = binary.LittleEndian
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe")):
	case bytes.HasPrefix(body, []byte("\xfe\xff")):
		order = binary.BigEndian
	default:
		return bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	}
	units := make([]uint16, 0, len(body)/2)
	for rest := body[2:]; len(rest) >= 2; rest = rest[2:] {
		units = append(units, order.Uint16(rest))
	}
	return []byte(string(utf16.Decode(units)))
}

// uncompressed undoes gzip and zlib by the first bytes, whatever the headers say: some servers name a compression that they did
// not use, or the other way round.
func uncompressed(body *bufio.Reader) *bufio.Reader {
	head, _ := body.Peek(2)
	var plain io.Reader
	var err error
	switch {
	case len(head) < 2:
		return body
	case head[0] == 0x1f && head[1] == 0x8b: // RFC 1952
		plain, err = gzip.NewReader(body)
	case head[0] == 0x78 && slices.Contains([]byte{0x01, 0x5e, 0x9c, 0xda}, head[1]): // RFC 1950
		plain, err = zlib.NewReader(body)
	default:
		return body
	}
	if err != nil {
		return body
	}
	return bufio.NewReaderSize(plain, 32<<10)
}

// sentTrace learns from the transport whether the request was sent.
type sentTrace struct{ traced, wrote atomic.Bool }

func (s *sentTrace) clientTrace() *httptrace.ClientTrace {
	return &httptrace.ClientTrace{
		GetConn:      func(string) { s.traced.Store(true) },
		WroteHeaders: func() { s.wrote.Store(true) },
	}
}

// isPrintable reports whether a key consists of visible ASCII characters.
func isPrintable(key string) bool {
	return !strings.ContainsFunc(key, func(r rune) bool { return r <= ' ' || r > '~' })
}
