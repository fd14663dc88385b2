package api

import (
	"bufio"
	"context"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"strings"
	"time"
)

// Resume says where an earlier download of the same picture ended. Without an
// ETag nothing can be resumed.
type Resume struct {
	Offset int64 // bytes that are here already
	ETag   string
}

// Download is what came of one fetch; as far as it was known, also of one that
// failed.
type Download struct {
	Resumed    bool   // what was written goes on from Resume.Offset; else it began at the first byte
	ETag       string // for the next Resume; "" where the server gives none that is strong
	Length     int64  // bytes of the whole picture, -1 when unknown
	Written    int64  // bytes written by this call
	ServerTime time.Time
}

// Download writes an output, an https URL or a data: URL, to w. It asks for the
// rest of an earlier one by Range and If-Range.
//
// Where nothing can be resumed, w must begin anew: if it has a method Restart()
// error, that is called before the first byte (and a part that does not go on
// where we stand is asked for anew, once); if not, the error has CodeChanged and
// nothing was written. If w has a method SetETag(string), it is called
// before the first byte, so that a later process can resume.
//
// The bytes are not judged beyond their number, except that a page of HTML or a
// JSON error is no picture (CodeBadResponse). Errors: CodeExpired for 401, 403, 404
// and 410; CodeBlocked for an address that is not fetched from; CodeTooLarge
// above 64 MiB; CodeClient when w fails; see also Error.Temporary. No key is sent.
func (c *Client) Download(ctx context.Context, url string, from Resume, w io.Writer) (Download, error) {
	if from.Offset <= 0 || from.ETag == "" || strings.HasPrefix(from.ETag, "W/") || IsDataURL(url) {
		if from.Offset > 0 && !restart(w) {
			return Download{Length: -1}, c.completeError(opDownload, &Error{Code: CodeChanged})
		}
		from = Resume{}
	}
	var d Download
	var fail *Error
	if IsDataURL(url) {
		d, fail = copyDataURL(url, w)
	} else {
		d, fail = c.download(ctx, url, from, w)
	}
	if fail != nil && fail.Code == CodeChanged && restart(w) && from.Offset > 0 { // what is there is of no use, and a part is asked for anew
		d, fail = c.download(ctx, url, Resume{}, w)
	}
	if fail != nil {
		return d, c.completeError(opDownload, fail)
	}
	return d, nil
}

// restart asks a writer to begin anew.
func restart(w io.Writer) bool {
	r, ok := w.(interface{ Restart() error })
	return ok && r.Restart() == nil
}

// copyDataURL writes what a data: URL holds.
func copyDataURL(raw string, w io.Writer) (Download, *Error) {
	d := Download{Length: -1}
	data, ok := openDataURL(raw)
	if !ok {
		return d, &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read"}
	}
	to := &limitedWriter{w: w, limit: pictureBytesLimit}
	_, err := io.Copy(to, data)
	d.Written = to.n
	var broken base64.CorruptInputError
	switch {
	case to.err != nil:
		return d, to.asError()
	case errors.As(err, &broken), errors.Is(err, io.ErrUnexpectedEOF):
		return d, &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read", cause: err}
	case to.n == 0:
		return d, &Error{Code: CodeBadResponse, Detail: "it is empty"}
	}
	d.Length = to.n
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
	d, fail := c.readDownloadHead(resp, from)
	if fail != nil {
		return d, fail
	}
	if d.Resumed && d.Length == from.Offset {
		return d, nil
	}
	if from.Offset > 0 && !d.Resumed && !restart(w) {
		return d, &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	if tagged, ok := w.(interface{ SetETag(string) }); ok && !d.Resumed {
		tagged.SetETag(d.ETag)
	}
	return c.copyPicture(ctx, resp, watch, d, from, w)
}

// copyPicture writes the body, within what was promised and the limit.
func (c *Client) copyPicture(ctx context.Context, resp *http.Response, watch *waitTimer, d Download, from Resume, w io.Writer) (Download, *Error) {
	to := &limitedWriter{w: w, limit: pictureBytesLimit}
	if d.Resumed {
		to.n = from.Offset
	}
	begun := to.n
	if d.Length >= 0 {
		to.limit = min(to.limit, d.Length)
	}
	body := bufio.NewReaderSize(watch.body(resp.Body, downloadLimit), 32<<10)
	if !d.Resumed {
		head, err := body.Peek(512)
		if page := isTextNotPicture(resp.Header, head); page && (err == nil || errors.Is(err, io.EOF)) {
			return d, &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: bodySummary(answer{header: resp.Header, body: c.redact(head)})}
		}
	}
	_, err := body.WriteTo(to)
	d.Written = to.n - begun
	switch {
	case errors.Is(to.err, errTooLarge) && to.limit < pictureBytesLimit:
		return d, &Error{Code: CodeChanged, Detail: "more arrived than was promised"}
	case to.err != nil:
		return d, to.asError()
	case err != nil:
		fail := c.downloadError(ctx, watch.cause(err))
		if fail.Code == CodeTLS {
			fail.Code = CodeUnreachable // the handshake was good: the line was not
		}
		return d, fail
	case to.n == 0:
		return d, &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: "it is empty"}
	case d.Length >= 0 && to.n < d.Length:
		return d, &Error{Code: CodeUnreachable, Detail: "it ended too early", cause: io.ErrUnexpectedEOF}
	}
	d.Length = to.n
	return d, nil
}

// isTextNotPicture reports whether the beginning of a body is a page or an error
// rather than a picture: text that is said to be text. A header alone is never
// believed.
func isTextNotPicture(header http.Header, head []byte) bool {
	seen := http.DetectContentType(head)
	if strings.HasPrefix(seen, "text/html") {
		return true
	}
	said := strings.ToLower(header.Get("Content-Type"))
	return len(head) > 0 && strings.HasPrefix(seen, "text/plain") &&
		(strings.Contains(said, "json") || strings.HasPrefix(said, "text/"))
}

// limitedWriter counts what is written, stops at the limit, and remembers whose fault an
// error was.
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

// asError is the error of the sink.
func (s *limitedWriter) asError() *Error {
	if errors.Is(s.err, errTooLarge) {
		return &Error{Code: CodeTooLarge}
	}
	return &Error{Code: CodeClient, Detail: cutText(s.err.Error(), sentenceLimit), cause: s.err}
}

// downloadError is the error of a fetch to which no whole answer came.
func (c *Client) downloadError(ctx context.Context, err error) *Error {
	for _, blocked := range []error{errNotHTTPS, errBadAddress, errPrivate, errProxyHost, errRedirects} {
		if errors.Is(err, blocked) {
			return &Error{Code: CodeBlocked, Detail: blocked.Error(), cause: err}
		}
	}
	return &Error{Code: transportCode(ctx, err), Detail: c.causeText(err), cause: err}
}
