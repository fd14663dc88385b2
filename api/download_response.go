package api

import (
	"net/http"
	"strconv"
	"strings"
)

// readDownloadHead judges the status and the headers of an output's answer: what
// will be written, from where, and how long the whole is. A Length
// of 0 never comes back without an error.
func (c *Client) readDownloadHead(resp *http.Response, from Resume) (Download, *Error) {
	d := Download{Length: -1}
	if tag := resp.Header.Get("ETag"); !strings.HasPrefix(tag, "W/") && len(tag) <= 256 {
		d.ETag = tag
	}
	if date, err := http.ParseTime(resp.Header.Get("Date")); err == nil {
		d.ServerTime = date.UTC()
	}
	if coding := strings.ToLower(resp.Header.Get("Content-Encoding")); coding != "" && coding != "identity" {
		return d, &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: "it came compressed, which was not asked for"}
	}
	var fail *Error
	switch resp.StatusCode {
	case http.StatusOK:
		d.Length = resp.ContentLength
	case http.StatusPartialContent:
		fail = checkPartial(resp, from, &d)
	case http.StatusRequestedRangeNotSatisfiable:
		fail = checkComplete(resp, from, &d)
	default:
		fail = c.downloadHTTPError(resp)
	}
	switch {
	case fail != nil:
	case d.Length > pictureBytesLimit:
		fail = &Error{Code: CodeTooLarge}
	case d.Length == 0:
		fail = &Error{Code: CodeBadResponse, HTTPStatus: resp.StatusCode, Detail: "it is empty"}
	}
	return d, fail
}

// checkPartial checks that a 206 goes on exactly where the earlier one ended, in the
// same picture, to its end. A 206 tells its tag (RFC 9110 §15.3.7); one without
// could belong to anything.
func checkPartial(resp *http.Response, from Resume, d *Download) *Error {
	start, total, ok := readContentRange(resp.Header.Get("Content-Range"))
	if !ok || from.Offset <= 0 || start != from.Offset || d.ETag != from.ETag {
		return &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	d.Resumed, d.Length = true, total
	return nil
}

// checkComplete tells "there is no more" from "this is another picture".
func checkComplete(resp *http.Response, from Resume, d *Download) *Error {
	text, ok := strings.CutPrefix(resp.Header.Get("Content-Range"), "bytes */")
	total, err := strconv.ParseInt(text, 10, 64)
	if !ok || err != nil || from.Offset <= 0 || total != from.Offset || d.ETag != "" && d.ETag != from.ETag {
		return &Error{Code: CodeChanged, HTTPStatus: resp.StatusCode}
	}
	d.Resumed, d.ETag, d.Length = true, from.ETag, total
	return nil
}

// readContentRange reads "bytes 100-199/200", which ends with the whole. A whole
// of "*" is none: nobody could say whether all of it is here.
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

// downloadHTTPError is the error of an answer that gives no picture.
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
