package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// Limits of a download.
const (
	downloadHeaderLimit = 30 * time.Second // for the headers of each hop
	downloadLimit       = 15 * time.Minute // for the entire picture
	redirectLimit       = 5
	pictureBytesLimit   = 64 << 20
)

// downloader holds the transports of downloads, one for each way of addressGuard's table.
type downloader struct {
	guard   addressGuard
	own     http.RoundTripper // to the API's own origin, by the API's way, without the key
	keyed   http.RoundTripper // the same with the key
	direct  http.RoundTripper // checks each address before it connects
	proxied http.RoundTripper // goes through the proxy; nil if the caller gave a transport
	proxy   proxyFunc         // nil: there is none
}

// newDownloader returns the client's own transports for outputs. The API itself is asked through apiProxy, and its
// addresses are checked by control; both may be nil.
func newDownloader(guard addressGuard, proxy, apiProxy proxyFunc, control controlFunc) downloader {
	return downloader{
		guard:   guard,
		own:     newDownloadTransport(apiProxy, control),
		direct:  newDownloadTransport(nil, guard.checkDial),
		proxied: newDownloadTransport(proxy, nil),
		proxy:   proxy,
	}
}

// transport returns the transport for one request, whose address the guard has allowed.
func (f downloader) transport(req *http.Request) (http.RoundTripper, error) {
	if f.guard.isOwn(req.URL) {
		return f.own, nil
	}
	if f.proxy == nil || f.guard.isLocal(req.URL) {
		return f.direct, nil
	}
	through, err := f.proxy(req)
	if err != nil || through == nil {
		return f.direct, err
	}
	if isOddName(req.URL.Hostname()) {
		return nil, errPrivate
	}
	return f.proxied, nil
}

// isOddName reports whether a host name has letters beyond ASCII. Some are turned into digits or into "localhost" on the
// way, which nobody checks behind a proxy.
func isOddName(host string) bool {
	return strings.ContainsFunc(host, func(r rune) bool { return r >= utf8.RuneSelf })
}

// errRedirects ends a chain of more than redirectLimit redirects.
var errRedirects = errors.New("it was sent on too often")

// openOutput requests an output and follows redirects, checking each target. It returns the first answer that is not a
// redirect; the caller closes it.
func (c *Client) openOutput(ctx context.Context, raw string, from Resume) (*http.Response, error) {
	guard := c.downloads.guard
	u, err := guard.locateOutput(raw)
	for range redirectLimit + 1 {
		if err != nil {
			return nil, err
		}
		if err := guard.checkURL(ctx, u); err != nil {
			return nil, err
		}
		resp, err := c.requestOutput(ctx, u, from)
		if err != nil {
			return nil, err
		}
		if from.Offset > 0 && refusesRange(resp.StatusCode) {
			_ = resp.Body.Close()
			from = Resume{}
			if resp, err = c.requestOutput(ctx, u, from); err != nil {
				return nil, err
			}
		}
		if !isRedirect(resp) {
			return resp, nil
		}
		_ = resp.Body.Close()
		next, err := guard.locate(resp.Header.Get("Location"), u)
		if err != nil {
			return nil, err
		}
		if u.Scheme == "https" && next.Scheme != "https" {
			return nil, errNotHTTPS
		}
		u = next
	}
	return nil, errRedirects
}

// refusesRange reports whether a status may mean that only the Range is refused, as some signed addresses do.
func refusesRange(status int) bool {
	switch status {
	case http.StatusRequestedRangeNotSatisfiable, http.StatusRequestTimeout, http.StatusTooEarly, http.StatusTooManyRequests:
		return false
	}
	return status >= 400 && status < 500 || status == http.StatusNotImplemented
}

// requestOutput makes one request. The API's own origin gets the key if it refuses the request without.
func (c *Client) requestOutput(ctx context.Context, u *url.URL, from Resume) (*http.Response, error) {
	req := pictureRequest(ctx, u, from)
	transport, err := c.downloads.transport(req)
	if err != nil {
		return nil, err
	}
	resp, err := transport.RoundTrip(req)
	if err != nil || c.key.IsZero() || !c.downloads.guard.isOwn(u) {
		return resp, err
	}
	if resp.StatusCode != http.StatusUnauthorized && resp.StatusCode != http.StatusForbidden {
		return resp, nil
	}
	_ = resp.Body.Close()
	return c.downloads.keyed.RoundTrip(pictureRequest(ctx, u, from))
}

// pictureRequest builds a GET without key, cookies or referrer.
func pictureRequest(ctx context.Context, u *url.URL, from Resume) *http.Request {
	req := (&http.Request{Method: http.MethodGet, URL: u, Host: u.Host, Header: http.Header{}}).WithContext(ctx)
	req.Header.Set("Accept", "image/*,*/*;q=0.8")
	req.Header.Set("Accept-Encoding", "identity")
	req.Header.Set("User-Agent", "tintype")
	if from.Offset > 0 {
		req.Header.Set("Range", "bytes="+strconv.FormatInt(from.Offset, 10)+"-")
		req.Header.Set("If-Range", from.ETag)
	}
	return req
}

// isRedirect reports whether an answer names another address.
func isRedirect(resp *http.Response) bool {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		_, err := url.Parse(resp.Header.Get("Location"))
		return err == nil && resp.Header.Get("Location") != ""
	}
	return false
}
