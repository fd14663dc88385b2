package demo

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"syscall"
)

// Transport returns a RoundTripper that answers in memory, without a socket. It blocks on channels
// and timers only, so that it runs under testing/synctest. Like a real transport it tells an
// httptrace when the request has been written.
func (s *Server) Transport() http.RoundTripper { return memTransport{s} }

type memTransport struct{ server *Server }

// RoundTrip returns with the headers of the answer; the body streams.
func (m memTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	ctx, cancel := context.WithCancel(r.Context())
	reader, writer := io.Pipe()
	w := &exchange{
		header: http.Header{}, body: writer, failed: make(chan error, 1), received: make(chan struct{}), headers: make(chan *http.Response, 1),
		reader: &responseBody{PipeReader: reader, cancel: cancel}, request: r,
	}
	context.AfterFunc(ctx, func() { writer.CloseWithError(ctx.Err()) })
	in := incoming(ctx, r)
	go func() {
		defer closeBody(r)
		defer cancel()
		w.run(m.server, in)
	}()
	resp, err := w.await(r.Context())
	if err != nil {
		cancel()
	}
	return resp, err
}

// await waits on the client's side. It calls the trace in the caller's goroutine and returns with
// the headers or an error.
func (w *exchange) await(ctx context.Context) (resp *http.Response, err error) {
	select {
	case <-w.received:
	case err = <-w.failed:
	case <-ctx.Done():
		err = ctx.Err()
	}
	if w.isReceived() {
		traceRequestWritten(ctx)
	}
	if err != nil {
		return nil, err
	}
	select {
	case resp = <-w.headers:
		return resp, nil
	case err = <-w.failed:
		return nil, err
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (w *exchange) isReceived() bool {
	select {
	case <-w.received:
		return true
	default:
		return false
	}
}

// incoming converts a client's request to what a server receives.
func incoming(ctx context.Context, r *http.Request) *http.Request {
	in := r.Clone(ctx)
	in.RequestURI = r.URL.RequestURI()
	in.RemoteAddr = "127.0.0.1:1"
	if in.Host == "" {
		in.Host = r.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	return in
}

func closeBody(r *http.Request) {
	if r.Body != nil {
		r.Body.Close()
	}
}

// responseBody cancels the handler when the client closes it.
type responseBody struct {
	*io.PipeReader
	cancel context.CancelFunc
}

func (b *responseBody) Close() error {
	b.cancel()
	return b.PipeReader.Close()
}

// exchange is one request and its answer, on the server's side. It is an http.ResponseWriter.
type exchange struct {
	header     http.Header
	hasHeaders bool
	isRefused  bool
	body       *io.PipeWriter
	reader     *responseBody
	headers    chan *http.Response
	received   chan struct{} // closed when the request has reached the server
	failed     chan error    // the error, if it ends before the headers
	request    *http.Request
}

// errRefused is the error of dialling a closed port.
var errRefused = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}

// errReset is the error of a connection that breaks.
var errReset = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}

// run lets the server answer. A panic with http.ErrAbortHandler breaks the connection; other panics
// are passed on.
func (w *exchange) run(s *Server, in *http.Request) {
	defer func() {
		switch v := recover(); {
		case v == nil && w.hasHeaders:
			w.body.CloseWithError(in.Context().Err()) // the server may notice first that the client's time is over
		case v == nil && w.isRefused:
			w.fail(errRefused)
		case v == nil || v == http.ErrAbortHandler:
			w.fail(errReset)
		default:
			panic(fmt.Sprint("the demo server: ", v))
		}
	}()
	s.ServeHTTP(w, in)
}

// markReceived is called once, before anything is answered.
func (w *exchange) markReceived() { close(w.received) }

func traceRequestWritten(ctx context.Context) {
	trace := httptrace.ContextClientTrace(ctx)
	if trace == nil {
		return
	}
	if trace.WroteHeaders != nil {
		trace.WroteHeaders()
	}
	if trace.WroteRequest != nil {
		trace.WroteRequest(httptrace.WroteRequestInfo{})
	}
}

func (w *exchange) refuseConnection() { w.isRefused = true }

func (w *exchange) fail(err error) {
	if w.hasHeaders {
		if errors.Is(err, syscall.ECONNRESET) {
			err = io.ErrUnexpectedEOF
		}
		w.body.CloseWithError(err)
		return
	}
	w.failed <- err
}

func (w *exchange) Header() http.Header { return w.header }

func (w *exchange) WriteHeader(status int) {
	if w.hasHeaders {
		return
	}
	w.hasHeaders = true
	length, err := strconv.ParseInt(w.header.Get("Content-Length"), 10, 64)
	if err != nil {
		length = -1
	}
	w.headers <- &http.Response{
		Status: strconv.Itoa(status) + " " + http.StatusText(status), StatusCode: status, Proto: "HTTP/1.1", ProtoMajor: 1,
		ProtoMinor: 1, Header: w.header.Clone(), Body: w.reader, ContentLength: length, Request: w.request,
	}
}

func (w *exchange) Write(b []byte) (int, error) {
	w.WriteHeader(http.StatusOK)
	return w.body.Write(b)
}

// Flush does nothing: written bytes are not buffered.
func (w *exchange) Flush() {}
