package api

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// Resume says where an earlier download of the same picture ended. A download without an ETag cannot be resumed.
type Resume struct {
	Offset int64 // bytes already written
	ETag   string
}

// Download describes a download. After an error it holds what was known until then.
type Download struct {
	Resumed    bool   // the bytes continue at Resume.Offset; otherwise they start at the first byte
	ETag       string // for the next Resume; "" if the server sent no strong one
	Length     int64  // bytes of the entire picture, -1 if unknown
	Written    int64  // bytes written by this call
	ServerTime time.Time
}

// Download writes an output (an https URL or a data: URL) to w. It resumes an earlier download with Range and If-Range.
//
// If the download cannot be resumed, w must start over: if it has a method Restart() error, that is called before the
// first byte, and a part that does not fit is requested again from the start, once. Otherwise the error has CodeChanged
// and nothing was written. If w has a method SetETag(string), it is called before the first byte, so that a later
// process can resume.
//
// The bytes are examined only as far as to tell an output from an error that came in its place (claims.isOutput), and to
// undo a compression that nobody asked for; what is compressed cannot be resumed. A Range that is refused is asked for once more
// without it. The key goes along only to the base
// URL's own origin, and only if the output is refused without it.
//
// Errors: CodeBlocked for an address that nothing is fetched from (addressGuard); CodeTooLarge above 64 MiB; CodeClient
// if w fails; CodeExpired for 401, 403, 404 and 410; CodeBadResponse for what is no output. All but the first three may
// pass while the provider keeps the output: see Error.Temporary.
func (c *Client) Download(ctx context.Context, url string, from Resume, w io.Writer) (Download, error) {
	if from.Offset <= 0 || from.ETag == "" || strings.HasPrefix(from.ETag, "W/") || IsDataURL(url) {
		if from.Offset > 0 && !restart(w) {
			return Download{Length: -1}, c.completeError(opDownload, &Error{Code: CodeChanged})
		}
		from = Resume{}
	}
	var d Download
	var failure *Error
	if IsDataURL(url) {
		d, failure = copyDataURL(url, w)
	} else {
		d, failure = c.download(ctx, url, from, w)
	}
	if failure != nil && failure.Code == CodeChanged && restart(w) && from.Offset > 0 { // the bytes so far are useless: get all of it
		d, failure = c.download(ctx, url, Resume{}, w)
	}
	if failure != nil {
		return d, c.completeError(opDownload, failure)
	}
	return d, nil
}

// restart makes a writer start over, and reports whether it could.
func restart(w io.Writer) bool {
	r, ok := w.(interface{ Restart() error })
	return ok && r.Restart() == nil
}

// copyDataURL writes the contents of a data: URL.
func copyDataURL(raw string, w io.Writer) (Download, *Error) {
	d := Download{Length: -1}
	data, ok := openDataURL(raw)
	if !ok {
		return d, &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read"}
	}
	kind, _, _ := strings.Cut(raw[len("data:"):], ",")
	body, _, err := openOutputBody(bufio.NewReader(data), "", newClaims(kind, raw))
	sink := &limitedWriter{w: w, limit: pictureBytesLimit}
	if err == nil {
		_, err = body.WriteTo(sink)
	}
	d.Written = sink.n
	var broken base64.CorruptInputError
	switch {
	case sink.err != nil:
		return d, sink.asError()
	case errors.Is(err, errNotOutput):
		return d, &Error{Code: CodeBadResponse, Detail: "its data: address holds something else"}
	case errors.As(err, &broken), errors.Is(err, io.ErrUnexpectedEOF), err != nil && isDamagedCoding(err):
		return d, &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read", cause: err}
	case sink.n == 0:
		return d, &Error{Code: CodeBadResponse, Detail: "it is empty"}
	}
	d.Length = sink.n
	return d, nil
}

// download fetches over the network.
func (c *Client) download(ctx context.Context, url string, from Resume, w io.Writer) (Download, *Error) {
	if err := ctx.Err(); err != nil {
		return Download{Length: -1}, &Error{Code: CodeCanceled, cause: err}
	}
	watch := startWaitTimer(ctx, downloadHeaderLimit)
	defer watch.stop()
	resp, err := c.openOutput(watch.ctx, url, from)
	if err != nil {
		return Download{Length: -1}, c.downloadError(ctx, watch.cause(err))
	}
	defer func() { _ = resp.Body.Close() }()
	d, failure := c.readDownloadHead(resp, from)
	if failure != nil {
		return d, failure
	}
	if d.Resumed && d.Length == from.Offset {
		return d, nil
	}
	if from.Offset > 0 && !d.Resumed && !restart(w) {
		return d, &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	body := bufio.NewReaderSize(watch.body(resp.Body, downloadLimit), 32<<10)
	if d.Resumed {
		return c.copyPicture(ctx, body, watch, d, from.Offset, w)
	}
	content, coded, err := openOutputBody(body, resp.Header.Get("Content-Encoding"), newClaims(resp.Header.Get("Content-Type"), url))
	switch {
	case errors.Is(err, errNotOutput):
		return d, c.notOutput(resp, content)
	case err != nil:
		return d, c.bodyError(ctx, watch.cause(err))
	case coded: // the length and the tag are those of the coded bytes
		d.Length, d.ETag = -1, ""
	}
	if tagged, ok := w.(interface{ SetETag(string) }); ok {
		tagged.SetETag(d.ETag)
	}
	return c.copyPicture(ctx, content, watch, d, 0, w)
}

// notOutput is the error for a body that is no output. It quotes what came.
func (c *Client) notOutput(resp *http.Response, body *bufio.Reader) *Error {
	head, _ := body.Peek(headBytes)
	if len(head) == 0 {
		return &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: "it is empty"}
	}
	e := &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode}
	if coding := resp.Header.Get("Content-Encoding"); isUnknownCoding(strings.ToLower(coding)) {
		e.Detail = "it came compressed (" + coding + "), which was not asked for"
	} else if isText(head) {
		e.Detail = bodySummary(answer{header: resp.Header, body: c.redactEnd(c.redact(bytes.Clone(head)))})
	}
	return e
}

// copyPicture writes the body, within what was promised and the limit. It begins after the first offset bytes.
func (c *Client) copyPicture(ctx context.Context, body *bufio.Reader, watch *waitTimer, d Download, offset int64, w io.Writer) (Download, *Error) {
	sink := &limitedWriter{w: w, limit: pictureBytesLimit, n: offset}
	if d.Length >= 0 {
		sink.limit = min(sink.limit, d.Length)
	}
	_, err := body.WriteTo(sink)
	d.Written = sink.n - offset
	switch {
	case errors.Is(sink.err, errTooLarge) && sink.limit < pictureBytesLimit:
		return d, &Error{Code: CodeChanged, Detail: "more arrived than was promised"}
	case sink.err != nil:
		return d, sink.asError()
	case err != nil:
		return d, c.bodyError(ctx, watch.cause(err))
	case sink.n == 0:
		return d, &Error{Code: CodeBadResponse, Detail: "it is empty"}
	case d.Length >= 0 && sink.n < d.Length:
		return d, &Error{Code: CodeUnreachable, Detail: "it ended too early", cause: io.ErrUnexpectedEOF}
	}
	d.Length = sink.n
	return d, nil
}

// bodyError is the error of a body that broke off or cannot be decoded.
func (c *Client) bodyError(ctx context.Context, err error) *Error {
	if isDamagedCoding(err) {
		return &Error{Code: CodeBadResponse, Detail: "it came compressed, and is damaged", cause: err}
	}
	failure := c.downloadError(ctx, err)
	if failure.Code == CodeTLS {
		failure.Code = CodeUnreachable // the handshake had succeeded, so it was the connection
	}
	return failure
}

// limitedWriter counts what is written, stops at the limit, and keeps the writer's own error, to tell it from the
// reader's.
type limitedWriter struct {
	w     io.Writer
	n     int64
	limit int64
	err   error
}

// Write writes within the limit.
func (s *limitedWriter) Write(p []byte) (int, error) {
	if s.n+int64(len(p)) > s.limit {
		s.err = errTooLarge
		return 0, s.err
	}
	n, err := s.w.Write(p)
	s.n += int64(n)
	if err == nil && n < len(p) {
		err = io.ErrShortWrite
	}
	s.err = err
	return n, err
}

// asError converts the writer's error.
func (s *limitedWriter) asError() *Error {
	if errors.Is(s.err, errTooLarge) {
		return &Error{Code: CodeTooLarge}
	}
	return &Error{Code: CodeClient, Detail: cutText(s.err.Error(), sentenceLimit), cause: s.err}
}

// downloadError is the error of a download without a complete answer.
func (c *Client) downloadError(ctx context.Context, err error) *Error {
	for _, blocked := range []error{errNotHTTPS, errBadAddress, errPrivate} {
		if errors.Is(err, blocked) {
			return &Error{Code: CodeBlocked, Detail: blocked.Error(), cause: err}
		}
	}
	if errors.Is(err, errRedirects) {
		return &Error{Code: CodeRefused, Detail: err.Error(), cause: err}
	}
	failure := &Error{Code: transportCode(ctx, err), Detail: c.causeText(err), cause: err}
	if failure.Code == CodeTooLarge {
		failure.Code = CodeUnreachable // it is the headers that are too large, not the picture
	}
	return failure
}
