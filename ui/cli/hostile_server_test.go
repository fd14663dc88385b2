package cli_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"unicode"
	"unicode/utf8"

	"tintype/api/demo/demotest"
)

// payloads are texts of a hostile server, file name or environment that some terminal interprets. None is a sequence that the screen
// uses itself, so that the tests in a terminal can tell them apart.
var payloads = []string{
	"\x1b[3J", "\x1b[66;66H", "\x1b[?47l", "\x1b[?1015h", "\x1b[6n", "\x1b[5i", "\x1b[21t", "\x1b[8;5;5t", "\x1bc", "\x1b#8",
	"\x1b[5;8mhidden", "\x1b[20~", "\x1b[?9001h", "\x1b[!p",
	"\x1b]0;OWNED\a", "\x1b]2;OWNED\x1b\\", "\x1b]8;;file:///etc/passwd\x1b\\OWNED\x1b]8;;\x1b\\", "\x1b]52;c;U1RPTEVO\a",
	"\x1b]1337;File=inline=1:T1dORUQ=\a", "\x1b]9;OWNED\a", "\x1b]777;notify;OWNED;x\x1b\\", "\x1b]4;1;?\a", "\x1b]50;OWNED\a",
	"\x1b]0;never ended OWNED", "\x1bP$q m OWNED\x1b\\", "\x1bP1;never ended OWNED", "\x1b_Gf=100,t=f;L2V0Yy9wYXNzd2Q=\x1b\\",
	"\x1b^OWNED\x1b\\", "\x1bXOWNED\x1b\\", "\u009b3JOWNED", "\u009d0;OWNED\u009c", "\u0090OWNED\u009c", "\x9b3J\x9d0;OWNED\x9c\xff\xfe",
	"\a\b\v\f\x7f\x0e\x0f\x00", "one\rtwo\ttab\r\nthree", "\u202eDENWO\u202c \u2066OWNED\u2069 \u200e\u200f", "\U000e0041\U000e0042\U000e007f",
	"\u200b\ufeff\u2028\u2029\u00ad\U0010eeee\ue000", "\x1b", "\x1b[", "o" + strings.Repeat("\u0301", 2000),
	`%s%n{{.}}<script>$(id)` + "`id`", "the key: KEY",
}

// answerKinds are the kinds of answers of the hostile provider.
var answerKinds = []string{
	"succeeded", "address", "failed", "status", "refused", "page", "plain", "throttled", "badid", "polls", "cancel", "wrapped", "headers",
}

// redirectKinds are kinds of answers that try to send the key to another host: by the addresses in a prediction, by each kind of
// redirect, by the address of a picture.
var redirectKinds = []string{"elsewhere", "redirected", "redirectedget", "keyed"}

// hostile is a provider with payloads in every text of every answer. A prompt begins with the kind of answer and the number of the
// payload.
type hostile struct {
	*httptest.Server
	outputs *httptest.Server // the pictures' host
	mu      sync.Mutex
	asked   map[string]int // by method and path, or by prompt
	leaked  []string       // requests with the key to the pictures' host
}

func newHostile(t *testing.T) *hostile {
	h := &hostile{asked: map[string]int{}}
	h.Server = httptest.NewServer(http.HandlerFunc(h.answer))
	h.outputs = httptest.NewServer(http.HandlerFunc(h.picture))
	t.Cleanup(h.Close)
	t.Cleanup(h.outputs.Close)
	return h
}

// checkNothingLeaked checks that the key was never sent to another host.
func (h *hostile) checkNothingLeaked(t *testing.T) {
	t.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, seen := range h.leaked {
		t.Errorf("sent to another host: %s", seen)
	}
}

// requests is the number of different requests.
func (h *hostile) requests() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.asked)
}

// onePixelPicture is a complete GIF.
const onePixelPicture = "GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff!\xf9\x04\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"

// picture serves the pictures, and records requests that must not be sent to another host.
func (h *hostile) picture(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	seen := fmt.Sprint(r.Method, r.Header, r.URL, r.Host, string(body))
	h.mu.Lock()
	if demotest.FindKey([]byte(seen)) != "" || r.Header.Get("Authorization") != "" || strings.Contains(r.URL.Path, "steal") {
		h.leaked = append(h.leaked, seen)
	}
	h.mu.Unlock()
	_, _ = w.Write([]byte(onePixelPicture))
}

// answer writes raw answers, some of which net/http would refuse.
func (h *hostile) answer(w http.ResponseWriter, r *http.Request) {
	var body struct{ Input struct{ Prompt string } }
	_ = json.NewDecoder(r.Body).Decode(&body)
	h.mu.Lock()
	h.asked[r.Method+r.URL.Path]++
	n := h.asked[r.Method+r.URL.Path]
	h.mu.Unlock()
	kind, number := "", 0
	switch parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/"); {
	case strings.HasPrefix(body.Input.Prompt, "!"):
		_, _ = fmt.Sscanf(body.Input.Prompt, "!%s %d", &kind, &number)
		h.mu.Lock()
		h.asked[body.Input.Prompt]++
		n = h.asked[body.Input.Prompt]
		h.mu.Unlock()
	case len(parts) > 1:
		_, _ = fmt.Sscanf(parts[1], "%d-%s", &number, &kind)
	}
	payload := strings.ReplaceAll(payloads[number%len(payloads)], "KEY", strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
	status, kind, text := h.response(r, kind, number, n, payload)
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer func() { _ = conn.Close() }()
	header, location := headerOf(payload, kind == "headers"), headerOf(payload, kind == "headers")
	if strings.HasPrefix(kind, "redirected") {
		location = h.outputs.URL + "/steal"
	}
	_, _ = fmt.Fprintf(conn, "HTTP/1.1 %d %s\r\nContent-Type: %s\r\nContent-Length: %d\r\nRetry-After: %s\r\nX-Request-Id: %s\r\n"+
		"Date: %s\r\nServer: %s\r\nETag: %s\r\nLocation: %s\r\nConnection: close\r\n\r\n%s",
		status, header, kind, len(text), header, header, header, header, header, location, text)
	closeWrite(conn)
}

// headerOf makes a payload fit into a header. With raw, it keeps C0 characters, with which Go refuses most answers.
func headerOf(payload string, raw bool) string {
	return strings.Map(func(r rune) rune {
		if r == '\r' || r == '\n' || r == 0 || !raw && (r < ' ' || r == 0x7f) {
			return -1
		}
		return r
	}, payload)
}

// closeWrite ends the answer and waits until the client has read all of it.
func closeWrite(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.CloseWrite()
		_, _ = tcp.Read(make([]byte, 1))
	}
}

// response is the status, the content type and the body of an answer.
func (h *hostile) response(r *http.Request, kind string, number, n int, payload string) (int, string, string) {
	const asJSON = "application/json"
	q := quote(payload)
	id := fmt.Sprintf("%d-%s", number, kind)
	switch {
	case r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/cancel"):
		return 422, asJSON, `{"title":` + q + `,"detail":` + q + `,"status":422}`
	case r.Method == http.MethodPost:
		return h.createResponse(kind, id, n, payload)
	case strings.HasSuffix(r.URL.Path, "/predictions"):
		return 200, asJSON, `{"next":` + q + `,"previous":` + q + `,"results":[{"id":` + q + `,"model":` + q + `,"input":{"prompt":` + q + `},"status":` + q + `}]}`
	case kind == "redirectedget":
		return 302 + 5*(n%2), asJSON, prediction(id, `"succeeded"`, q, "null")
	case kind == "elsewhere":
		return 200, asJSON, strings.ReplaceAll(prediction(id, `"canceled"`, quote("URL"), "null"), `"URL"`, quote(h.outputs.URL+"/steal"))
	case kind == "keyed":
		key := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
		return 200, asJSON, prediction(id, `"succeeded"`, q, quote(h.outputs.URL+"/x.png?key="+url.QueryEscape(key)))
	case kind == "polls" && n == 1:
		return 500, "text/html", "<html><title>" + payload + "</title><body>" + payload
	case kind == "polls" && n == 2:
		return 404, asJSON, `{"detail":` + q + `,"title":` + q + `}`
	case kind == "status" && n == 1, kind == "cancel" && n < 2:
		return 200, asJSON, prediction(id, q, q, "null")
	case kind == "status":
		return 200, asJSON, prediction(id, `"canceled"`, q, "null")
	case kind == "cancel":
		return 200, asJSON, prediction(id, `"aborted"`, q, "null")
	case kind == "wrapped":
		return 200, asJSON, `{"code":` + q + `,"message":` + q + `,"data":{"task_id":` + q + `,"status":"FAILURE","fail_reason":` + q + `,"progress":` + q + `,"data":` + prediction("x", q, q, q) + `}}`
	case kind == "succeeded":
		return 200, asJSON, prediction(id, `"succeeded"`, q, quote(h.outputs.URL+"/x.png?"+fmt.Sprintf("%x", payload[:min(len(payload), 20)])))
	case kind == "address":
		return 200, asJSON, prediction(id, `"succeeded"`, q, `[`+q+`,`+quote(h.outputs.URL+"/"+payload)+`]`)
	}
	return 200, asJSON, prediction(id, `"failed"`, q, "null")
}

// createResponse is the response to a purchase.
func (h *hostile) createResponse(kind, id string, n int, payload string) (int, string, string) {
	q := quote(payload)
	switch {
	case kind == "redirected":
		return 308, "application/json", prediction(id, `"succeeded"`, q, "null")
	case kind == "refused":
		return 422, "application/problem+json", `{"title":` + q + `,"detail":` + q + `,"type":` + q + `,"code":` + q +
			`,"invalid_fields":[{"type":` + q + `,"field":` + q + `,"description":` + q + `}]}`
	case kind == "page":
		return 500, "text/html", "<!doctype html><title>" + payload + "</title>" + payload
	case kind == "plain":
		return 502, "text/plain", payload
	case kind == "throttled" && n == 1:
		return 429, "application/json", `{"detail":` + quote(payload+" resets in ~0s") + `,"error":{"message":` + q + `,"code":` + q + `,"type":` + q + `}}`
	case kind == "badid":
		return 201, "application/json", prediction(payload, q, q, q)
	}
	return 201, "application/json", prediction(id, `"starting"`, q, "null")
}

// prediction is a prediction whose texts are all text. Status, text and output are JSON.
func prediction(id, status, text, output string) string {
	return `{"id":` + quote(id) + `,"model":` + text + `,"version":` + text + `,"status":` + status + `,"input":{"prompt":` + text + `,` + text + `:` + text + `},"output":` + output +
		`,"error":` + text + `,"logs":` + text + `,"source":` + text + `,"created_at":` + text + `,"metrics":{` + text + `:1,"predict_time":0.5},"urls":{"get":` + text + `,"cancel":` + text + `}}`
}

// quote makes a JSON string, in which bytes that are not UTF-8 stay as they are.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for i := range len(s) {
		switch c := s[i]; {
		case c == '"', c == '\\':
			b.WriteByte('\\')
			b.WriteByte(c)
		case c < ' ':
			fmt.Fprintf(&b, `\u%04x`, c)
		default:
			b.WriteByte(c)
		}
	}
	b.WriteByte('"')
	return b.String()
}

// hostileHistory is a history with payloads in every text that tintype does not make itself.
func hostileHistory(baseURL string) []byte {
	var b bytes.Buffer
	states := []string{"done", "failed", "stopped", "lost", "unconfirmed"}
	for i, payload := range payloads {
		q := quote(payload)
		fmt.Fprintf(&b, `{"v":1,"key":"01hostile%017d","rev":1,"time":"2026-01-02T03:04:05Z","state":%q,"provider":"replicate","base_url":%q,"id":%s,"model":%s,"version":%s,`,
			i, states[i%len(states)], baseURL, q, q, q)
		fmt.Fprintf(&b, `"input":{"prompt":%s,"aspect_ratio":%s,%s:%s},"template":%s,"batch":%s,"parent":%s,"status":%s,"error":{"code":%s,"sentence":%s,"detail":%s},`,
			q, q, q, q, q, q, q, q, q, q, q)
		fmt.Fprintf(&b, `"attempts":[{"sent":%s,"error":%s}],"outputs":[{"url":%s,"path":%s,"error":%s}],"tags":[%s],"note":%s,"cancel_reason":%s,"logs":%s,"app":%s,"price":{"unit":%s,"source":%s,"date":%s},"metrics":{%s:1},%s:%s}`+"\n",
			q, q, q, q, q, q, q, q, q, q, q, q, q, q, q, q)
	}
	return b.Bytes()
}

// checkPrinted checks that what was printed contains neither a character that a terminal interprets nor the key.
func checkPrinted(t *testing.T, what string, printed []byte) {
	t.Helper()
	if form := demotest.FindKey(printed); form != "" {
		t.Errorf("%s: the key was printed, as %q: %.300q", what, form, printed)
	}
	if !utf8.Valid(printed) {
		t.Errorf("%s: it is not UTF-8: %.300q", what, printed)
	}
	for i, r := range string(printed) {
		if r != '\n' && isInterpreted(r) {
			t.Errorf("%s: %U was printed raw: %q", what, r, printed[max(0, i-60):min(len(printed), i+60)])
			return
		}
	}
}

// isInterpreted reports whether a character changes how a terminal draws, or is invisible. The joiner of emoji is neither.
func isInterpreted(r rune) bool {
	return unicode.IsControl(r) || r == '\u2028' || r == '\u2029' || unicode.In(r, unicode.Cf, unicode.Co) && r != '\u200d'
}
