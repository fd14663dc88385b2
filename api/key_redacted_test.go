package api

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// oddKey is a canary that is written differently in URLs, JSON and HTML.
const oddKey = "CANARY/not+a=key&<0123456789>"

// keySpellings are the ways in which servers and proxies may write a key.
func keySpellings(key string) []string {
	quoted, _ := json.Marshal(key)
	inURL, inHex := url.QueryEscape(key), hex.EncodeToString([]byte(key))
	all := []string{
		key, inURL, url.PathEscape(key), strings.ReplaceAll(key, "/", `\/`), strings.Trim(string(quoted), `"`), html.EscapeString(key), inHex, strings.ToUpper(inHex),
		regexp.MustCompile(`%..`).ReplaceAllStringFunc(inURL, strings.ToLower),
	}
	for _, number := range []string{`\u%04x`, `\u%04X`, `\\u%04x`} { // as some encoders write some letters, and any may write all of them
		all = append(all, withUnicodeEscapes(key, number, func(r rune) bool { return !isNameRune(r) }), withUnicodeEscapes(key, number, func(rune) bool { return true }))
	}
	for _, with := range []string{key, "Bearer " + key, "user:" + key + "\n", "u:" + key + "@host", "somebody:" + key} {
		b := []byte(with)
		all = append(all, base64.StdEncoding.EncodeToString(b), base64.RawStdEncoding.EncodeToString(b), base64.URLEncoding.EncodeToString(b), base64.RawURLEncoding.EncodeToString(b))
	}
	return all
}

// withUnicodeEscapes writes some letters of a key as escapes.
func withUnicodeEscapes(key, number string, which func(rune) bool) string {
	var text strings.Builder
	for _, r := range key {
		if which(r) {
			fmt.Fprintf(&text, number, r)
		} else {
			text.WriteRune(r)
		}
	}
	return text.String()
}

// notBase64 reports whether a letter is in neither alphabet of base64.
func notBase64(r rune) bool { return !isNameRune(r) && r != '+' && r != '/' }

// checkNoKey looks for a key in a text, in every spelling. It also decodes what looks like base64, from each letter on,
// and looks for any eight bytes of the key.
func checkNoKey(t *testing.T, key, text string) {
	t.Helper()
	for _, form := range keySpellings(key) {
		if i := strings.Index(text, form); i >= 0 {
			t.Fatalf("the key came out as %q: …%s", form, text[max(0, i-200):i+60])
		}
	}
	seen := map[string]bool{}
	for _, run := range strings.FieldsFunc(text, notBase64) {
		if seen[run] || len(run) < 8 {
			continue
		}
		seen[run] = true
		run = strings.NewReplacer("-", "+", "_", "/").Replace(run)
		for from := range min(4, len(run)) {
			letters := run[from:]
			packed, _ := base64.RawStdEncoding.DecodeString(letters[:len(letters)/4*4])
			for i := 0; i+8 <= len(key); i++ {
				if strings.Contains(string(packed), key[i:i+8]) {
					t.Fatalf("the key came out as base64: %s", run)
				}
			}
		}
	}
}

// echoes are bodies in which a server sends the key back, as KEY.
var echoes = []string{
	`{"detail":"KEY"}`, `{"error":{"message":"Invalid token KEY (request id: KEY)","code":"KEY","type":"KEY"}}`, `<title>KEY</title>`, `<p>KEY`, `KEY`,
	`{"id":"abc","status":"KEY","error":"KEY","logs":"KEY","output":["https://a.example/KEY"],"input":{"prompt":"KEY","KEY":1},"model":"KEY"}`,
	`{"data":{"task_id":"abc","status":"FAILURE","fail_reason":"KEY"}}`, `{"results":[{"id":"abc","logs":"KEY"}],"next":"https://x?cursor=KEY"}`,
	`{"latest_version":{"openapi_schema":{"x":"KEY"}}}`, `{"invalid_fields":[{"type":"KEY","field":"KEY","description":"KEY"}],"detail":"x"}`, `{"id":"KEY`,
	`{"message":"KEY","title":"KEY","retry_after":"KEY"}`, `{"data":{"task_id":"abc","status":"SUCCESS","data":"{\"logs\":\"KEY\",\"output\":[\"KEY\"]}"}}`,
}

// A key that a server sends back in its headers or body, written for a URL, JSON or HTML, in hexadecimal or base64, with
// any status, is in nothing that this package returns: answers, errors, their causes, the client itself.
func TestSecurityKeyIsNeverPrintedWhenEchoed(t *testing.T) {
	t.Parallel()
	for _, key := range []string{canary, oddKey} {
		forms := keySpellings(key)
		var form atomic.Value
		handler := &cannedServer{}
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.Header.Get("Authorization") != "Bearer "+key && r.URL.Path != "/" {
				t.Error("the server did not get the key")
			}
			for _, name := range []string{"Location", "X-Request-Id", "Cf-Ray", "Retry-After", "ETag", "Content-Range", "Content-Type"} {
				w.Header().Set(name, form.Load().(string))
			}
			handler.ServeHTTP(w, r)
		}))
		client := newClientWithKey(t, server.URL, key)
		var out strings.Builder
		for i, s := range []int{200, 401, 201, 301, 400, 403, 404, 422, 429, 500, 503} {
			every := 13 // the last nine statuses meet each body, but not in each form
			if i < 2 {
				every = 3
			}
			if testing.Short() {
				every *= 4
			}
			for j := range echoes {
				for k := (i + j) % every; k < len(forms); k += every {
					form.Store(forms[k])
					handler.respond(s, strings.ReplaceAll(echoes[j], "KEY", forms[k]))
					printEveryCall(t, &out, client)
				}
			}
		}
		fmt.Fprintf(&out, "%+v %#v", client, client)
		checkNoKey(t, key, out.String())
		if out.Len() < 50_000 {
			t.Errorf("only %d bytes came out", out.Len())
		}
		server.Close()
	}
}

// printEveryCall makes every call, and prints all that it returned.
func printEveryCall(t *testing.T, out io.Writer, client *Client) {
	t.Helper()
	created, err := client.Create(t.Context(), boatRequest)
	printResult(out, created, err)
	got, err := client.Get(t.Context(), "abc")
	printResult(out, got, err)
	canceled, err := client.Cancel(t.Context(), "abc")
	printResult(out, canceled, err)
	page, err := client.List(t.Context(), "")
	printResult(out, page, err)
	schema, err := client.Schema(t.Context(), "a/b")
	printResult(out, string(schema), err)
}

// printResult prints all that a caller could print.
func printResult(out io.Writer, value any, err error) {
	encoded, _ := json.Marshal(value)
	_, _ = fmt.Fprintf(out, "%s %+v %#v\n", encoded, value, value)
	if e := AsError(err); e != nil {
		inside, _ := json.Marshal(e)
		_, _ = fmt.Fprintf(out, "%s %s %v %+v %#v %s\n", inside, e, err, *e, *e, e.Answer)
		for cause := e.Unwrap(); cause != nil; {
			_, _ = fmt.Fprintf(out, "%v %+v %#v\n", cause, cause, cause)
			deeper, ok := cause.(interface{ Unwrap() error })
			if !ok {
				break
			}
			cause = deeper.Unwrap()
		}
	}
}

// net/http quotes an answer that is not HTTP in its errors. A key in it is neither in our errors nor in their causes.
func TestSecurityKeyIsNeverPrintedByNetHTTP(t *testing.T) {
	t.Parallel()
	for i, form := range keySpellings(oddKey) {
		if testing.Short() && i%4 != 0 {
			continue
		}
		var answer atomic.Value
		server := newRawServer(t, func(conn *net.TCPConn, _ *http.Request) {
			_, _ = io.WriteString(conn, answer.Load().(string))
		})
		client := newClientWithKey(t, server.base, oddKey)
		var out strings.Builder
		for _, text := range []string{
			"HTTP/1.1 KEY\r\n\r\n", "KEY KEY\r\n\r\n", "KEY", "HTTP/1.1 200 OK\r\nKEY\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: KEY\r\n\r\n",
			"HTTP/1.1 200 OK\r\nTransfer-Encoding: KEY\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nKEY\r\n", "HTTP/1.1 200 KEY\r\n\r\nKEY",
			"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: KEY\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nKEY", "KEY/1.1 200 OK\r\n\r\n",
		} {
			answer.Store(strings.ReplaceAll(text, "KEY", form))
			printEveryCall(t, &out, client)
		}
		checkNoKey(t, oddKey, out.String())
	}
}

// A key that is sent back but cut short, because the connection broke within it, is not kept either.
func TestSecurityKeyIsNeverPrintedInPart(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, "")
	client := newClientWithKey(t, address, oddKey)
	for _, form := range spellings(oddKey) {
		for n := shortestKey; n < len(form); n++ {
			server.respond(200, "no id for "+form[:n])
			if e := AsError(create(client)); e == nil || string(e.Answer) != "no id for [redacted]" || strings.Contains(e.Error(), form[:n]) {
				t.Fatalf("%d letters of %q: %v, %q is kept", n, form, e, e.Answer)
			}
		}
	}
}

// A request carries only what its call needs: no cookie set earlier, no referrer, no header that changes what Go or the
// provider does. The key is in one header of each API call.
func TestSecurityRequestsCarryNothingElse(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		http.MethodGet: "Accept Accept-Encoding Authorization User-Agent", http.MethodPost: "Accept Accept-Encoding Authorization Content-Length Content-Type User-Agent",
		"cancel": "Accept Accept-Encoding Authorization Content-Length User-Agent",
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "x", Path: "/"})
		w.Header().Set("Set-Cookie2", "a=b")
		names := make([]string, 0, len(r.Header))
		for name := range r.Header {
			if name != "Connection" {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		kind := r.Method
		if strings.HasSuffix(r.URL.Path, "/cancel") {
			kind = "cancel"
		}
		if got := strings.Join(names, " "); got != want[kind] || strings.Contains(r.URL.String(), canary) || r.Header.Get("Authorization") != "Bearer "+canary {
			t.Errorf("%s %s carries %s", r.Method, r.URL, got)
		}
		_, _ = io.WriteString(w, `{"id":"abc","status":"starting"}`)
	}))
	defer server.Close()
	client := newClient(t, server.URL)
	for range 2 {
		for _, call := range everyCall(t, client) {
			_ = call()
		}
	}
}
