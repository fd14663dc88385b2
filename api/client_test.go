package api

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// bodyOf answers 200 with a body.
func bodyOf(body func(ctx context.Context) io.ReadCloser) roundTrip {
	return func(r *http.Request) (*http.Response, error) {
		return &http.Response{StatusCode: http.StatusOK, ContentLength: -1, Header: http.Header{}, Body: body(r.Context())}, nil
	}
}

func TestGet(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, flatBody)
	client := newClient(t, address+"/v1")
	p, err := client.Get(t.Context(), "ctdwaehfz1rm80cmd5nsjd8114")
	if err != nil || p.Status != Succeeded || len(p.Output) != 1 || p.ServerTime.IsZero() {
		t.Fatalf("%+v, %v", p, err)
	}
	r := server.requests()[0]
	if r.Method != "GET" || r.URL.Path != "/v1/predictions/ctdwaehfz1rm80cmd5nsjd8114" || r.Header.Get("Authorization") != "Bearer "+canary {
		t.Errorf("%s %s %v", r.Method, r.URL, r.Header)
	}
	if e := AsError(errorOf(client.Get(t.Context(), "another"))); e == nil || e.Code != CodeBadResponse || !e.Temporary() {
		t.Errorf("an answer about another prediction: %v", e)
	}
	n := server.count()
	for _, id := range []string{"", "a/b", "..", "a?b", "a%2fb", "a b", "é", strings.Repeat("a", 201)} {
		if e := AsError(errorOf(client.Get(t.Context(), id))); e == nil || e.Code != CodeInvalid {
			t.Errorf("%q: %v", id, e)
		}
		if e := AsError(errorOf(client.Cancel(t.Context(), id))); e == nil || e.Code != CodeInvalid {
			t.Errorf("%q: %v", id, e)
		}
	}
	if server.count() != n {
		t.Error("an invalid id was sent")
	}
}

func TestCancel(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, `{"id":"abc","status":"canceled","logs":null,"output":null}`)
	p, err := newClient(t, address+"/v1").Cancel(t.Context(), "abc")
	if err != nil || p.Status != Canceled {
		t.Fatalf("%+v, %v", p, err)
	}
	r := server.requests()[0]
	if r.Method != "POST" || r.URL.Path != "/v1/predictions/abc/cancel" || r.ContentLength != 0 {
		t.Errorf("%s %s, %d bytes", r.Method, r.URL, r.ContentLength)
	}
}

func TestList(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, `{"next":"https://evil.example/v1/predictions?cursor=cD0y%3D","previous":null,"results":[
		{"id":"a","status":"succeeded","output":"hello Alice","input":{"text":"Alice"}},{"id":"../x","status":"succeeded"},{"status":"x"},
		null,7,"b",[],{"id":8},{"id":"b"}]}`)
	client := newClient(t, address+"/v1")
	page, err := client.List(t.Context(), "")
	if err != nil || len(page.Predictions) != 2 || page.Predictions[0].ID != "a" || page.Predictions[1].ID != "b" || page.Next != "cD0y=" {
		t.Fatalf("%+v, %v", page, err)
	}
	if _, err := client.List(t.Context(), page.Next); err != nil {
		t.Fatal(err)
	}
	if seen := server.requests(); seen[0].URL.String() != "/v1/predictions" || seen[1].URL.String() != "/v1/predictions?cursor=cD0y%3D" {
		t.Errorf("%s, %s", seen[0].URL, seen[1].URL)
	}
	server.respond(200, "<!doctype html><title>CometAPI</title>")
	if e := AsError(errorOf(client.List(t.Context(), ""))); e == nil || e.Code != CodeNoSuchRoute {
		t.Errorf("%v", e)
	}
}

func TestSchema(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, `{"owner":"a","latest_version":{"id":"x","openapi_schema":{"components":{}}}}`)
	client := newClient(t, address+"/v1")
	schema, err := client.Schema(t.Context(), "black-forest-labs/flux-1.1-pro")
	if err != nil || string(schema) != `{"components":{}}` || server.requests()[0].URL.Path != "/v1/models/black-forest-labs/flux-1.1-pro" {
		t.Errorf("%s, %v", schema, err)
	}
	for body, code := range map[string]Code{
		`{"latest_version":null}`: CodeNotFound, `{}`: CodeNotFound, `{"latest_version":{}}`: CodeNotFound, `<html>`: CodeNoSuchRoute, `[]`: CodeBadResponse,
	} {
		server.respond(200, body)
		if e := AsError(errorOf(client.Schema(t.Context(), "a/b"))); e == nil || e.Code != code {
			t.Errorf("%s: %v", body, e)
		}
	}
}

// newMemoryClient returns a client whose requests stay in memory, so that synctest's clock applies. With a nil transport
// it can only read answers.
func newMemoryClient(t testing.TB, rt roundTrip) *Client {
	t.Helper()
	row, _ := FindProvider(CometAPI)
	c, err := New(Options{Provider: row, Key: NewSecret(canary), Transport: rt})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// A create whose context ends is not sent if it had not started, and unknown otherwise.
func TestContextEnds(t *testing.T) {
	t.Parallel()
	done, cancel := context.WithCancel(t.Context())
	cancel()
	server := newRawServer(t, func(*net.TCPConn, *http.Request) {})
	err := errorOf(server.client(t).Create(done, boatRequest))
	if e := AsError(err); e.Outcome != NotSent || e.Code != CodeCanceled || !errors.Is(err, context.Canceled) || server.posts.Load() != 0 {
		t.Errorf("canceled before: %#v, %d POSTs", e, server.posts.Load())
	}
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		c := newMemoryClient(t, func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})
		_, err := c.Create(ctx, boatRequest)
		e := AsError(err)
		if e.Code != CodeCanceled || e.Outcome != OutcomeUnknown || !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("%#v", e)
		}
	})
}

func TestAsError(t *testing.T) {
	t.Parallel()
	if AsError(nil) != nil {
		t.Error("nil is no error")
	}
	for err, code := range map[error]Code{
		context.Canceled: CodeCanceled, context.DeadlineExceeded: CodeCanceled, io.EOF: CodeOther,
	} {
		if e := AsError(err); e == nil || e.Code != code || e.Outcome != OutcomeUnknown || !errors.Is(e, err) {
			t.Errorf("%v: %v", err, e)
		}
	}
	if e := (&Error{}).Error(); e != "Something went wrong." {
		t.Error(e)
	}
}
