package api

import (
	"net/http"
	"strconv"
	"strings"
)

// readDownloadHead checks the status and headers of an output's answer. The Download says where writing starts and how
// long the picture is; a Length of 0 is always an error.
func (c *Client) readDownloadHead(resp *http.Response, from Resume) (Download, *Error) {
	d := Download{Length: -1}
	if tag := resp.Header.Get("ETag"); !strings.HasPrefix(tag, "W/") && len(tag) <= 256 && !c.hasKey(tag) {
		d.ETag = tag // the caller keeps it on disk
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		d.ServerTime = date.UTC()
	}
	var failure *Error
	switch s := resp.StatusCode; {
	case s == http.StatusPartialContent:
		failure = checkPartial(resp, from, &d)
	case s == http.StatusRequestedRangeNotSatisfiable && from.Offset > 0:
		failure = checkComplete(resp, from, &d)
	case s >= 200 && s <= 299:
		d.Length = resp.ContentLength
	default:
		failure = c.downloadHTTPError(resp)
	}
	switch {
	case failure != nil:
	case d.Length > pictureBytesLimit:
		failure = &Error{Code: CodeTooLarge}
	case d.Length == 0:
		failure = &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: "it is empty"}
	}
	return d, failure
}

// checkPartial checks that a 206 continues exactly where the earlier download ended, in the same picture, to its end. A
// 206 must send its ETag (RFC 9110 §15.3.7); without it the bytes could be of any version. One that nobody asked for is
// taken if it holds everything.
func checkPartial(resp *http.Response, from Resume, d *Download) *Error {
	start, total, ok := readContentRange(resp.Header.Get("Content-Range"))
	if ok && from.Offset <= 0 && start == 0 {
		d.Length = total
		return nil
	}
	if !ok || from.Offset <= 0 || start != from.Offset || d.ETag != from.ETag {
		return &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	d.Resumed, d.Length = true, total
	return nil
}

// checkComplete tells a 416 that means "nothing is left" from one for another picture.
func checkComplete(resp *http.Response, from Resume, d *Download) *Error {
	text, ok := strings.CutPrefix(resp.Header.Get("Content-Range"), "bytes */")
	total, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil || from.Offset <= 0 || total != from.Offset || d.ETag != "" && d.ETag != from.ETag {
		return &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	d.Resumed, d.ETag, d.Length = true, from.ETag, total
	return nil
}

// readContentRange reads "bytes 100-199/200"; the range must reach the end. A total of "*" is not accepted: it would be
// impossible to know whether the picture is complete.
func readContentRange(text string) (start, total int64, ok bool) {
	text, ok = strings.CutPrefix(text, "bytes ")
	span, whole, found := strings.Cut(text, "/")
	first, last, dash := strings.Cut(span, "-")
	if !ok || !found || !dash {
		return 0, 0, false
	}
	start, err := strconv.ParseInt(first, 10, 64)
	if err != nil || start < 0 {
		return 0, 0, false
	}
	end, err := strconv.ParseInt(last, 10, 64)
	if err != nil || end < start {
		return 0, 0, false
	}
	total, err = strconv.ParseInt(whole, 10, 64)
	return start, total, err == nil && end == total-1
}

// downloadHTTPError is the error of an answer without a picture.
func (c *Client) downloadHTTPError(resp *http.Response) *Error {
	e := &Error{HTTPStatus: resp.StatusCode, Detail: strconv.Itoa(resp.StatusCode) + " " + http.StatusText(resp.StatusCode)}
	e.RetryAfter, e.HasRetryAfter = retryAfter(answer{status: resp.StatusCode, header: resp.Header}, errorBody{}, c.now())
	switch s := resp.StatusCode; {
	case s == http.StatusUnauthorized, s == http.StatusForbidden, s == http.StatusNotFound, s == http.StatusGone:
		e.Code = CodeExpired
	case s == http.StatusTooManyRequests:
		e.Code = CodeRate
	case s == http.StatusRequestTimeout, s == http.StatusTooEarly, s >= 500:
		e.Code = CodeServer
	default:
		e.Code = CodeRefused
	}
	return e
}
