package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Limits of a download.
const (
	downloadHeaderLimit = 30 * time.Second // for the headers of each hop
	downloadLimit       = 15 * time.Minute // for the entire picture
	redirectLimit       = 5
	pictureBytesLimit   = 64 << 20
)

// downloader holds the transports of downloads. They never see the key.
type downloader struct {
	direct  http.RoundTripper // checks each address before it connects
	proxied http.RoundTripper // goes through the proxy; nil if the caller gave a transport
	proxy   proxyFunc
}

func newDownloader(proxy proxyFunc, local bool) downloader {
	return downloader{
		direct:  newDownloadTransport(nil, addressGuard{loopback: local}.checkDial),
		proxied: newDownloadTransport(proxy, nil),
		proxy:   proxy,
	}
}

// transport returns the transport for one request, or an error if the request is not allowed.
func (f downloader) transport(req *http.Request) (http.RoundTripper, error) {
	if f.proxy == nil {
		return f.direct, nil
	}
	through, err := f.proxy(req)
	if err != nil || through == nil {
		return f.direct, err
	}
	if !isDeliveryHost(req.URL.Hostname()) {
		return nil, errProxyHost
	}
	return f.proxied, nil
}

// errRedirects ends a chain of more than redirectLimit redirects.
var errRedirects = errors.New("it was sent on too often")

// openOutput requests an output and follows redirects, checking each target. It returns the first answer that is not a
// redirect; the caller closes it.
func (c *Client) openOutput(ctx context.Context, raw string, from Resume) (*http.Response, error) {
	u, err := url.Parse(raw)
	if err != nil {
		return nil, errNotHTTPS
	}
	guard := addressGuard{loopback: c.loopback}
	for range redirectLimit + 1 {
		if err := guard.checkURL(u); err != nil {
			return nil, err
		}
		req := pictureRequest(ctx, u, from)
		transport, err := c.downloads.transport(req)
		if err != nil {
			return nil, err
		}
		resp, err := transport.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		next := redirectTarget(resp, u)
		if next == nil {
			return resp, nil
		}
		_ = resp.Body.Close()
		if u.Scheme == "https" && next.Scheme != "https" {
			return nil, errNotHTTPS
		}
		u = next
	}
	return nil, errRedirects
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

// redirectTarget returns the target of a redirect, nil for any other answer.
func redirectTarget(resp *http.Response, from *url.URL) *url.URL {
	switch resp.StatusCode {
	case http.StatusMovedPermanently, http.StatusFound, http.StatusSeeOther, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
	default:
		return nil
	}
	next, err := from.Parse(resp.Header.Get("Location"))
	if err != nil || resp.Header.Get("Location") == "" {
		return nil
	}
	next.Fragment = ""
	return next
}
