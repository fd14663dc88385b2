package api

import (
	"context"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"time"
)

// Route says how the API is reached from this machine. Pictures are fetched by the same way.
type Route struct {
	Proxy   string       // the proxy that the API is asked through, without a name and a password; "" for none
	Network netip.Prefix // the network that the API is in, if that is not the public internet; else the zero Prefix
}

// Route returns how the API is reached. It resolves the API's name, and sends nothing to the API.
func (c *Client) Route(ctx context.Context) Route {
	guard := c.downloads.guard
	if !guard.direct() {
		through, err := c.downloads.proxy(&http.Request{Method: http.MethodGet, URL: guard.api, Header: http.Header{}})
		if err != nil || through == nil {
			return Route{}
		}
		return Route{Proxy: (&url.URL{Scheme: through.Scheme, Host: through.Host}).String()}
	}
	for _, addr := range guard.apiAddresses(ctx) {
		if block, ok := networkOf(addr); ok {
			return Route{Network: block}
		}
	}
	return Route{}
}

// pictureLookupLimit is how long the name of a picture's host may take to be resolved before a purchase.
const pictureLookupLimit = 2 * time.Second

// CheckPictures reports that pictures would be paid for and refused: the provider's known hosts of pictures lead to where
// nothing is fetched from. It knows the hosts of the provider's own base URL alone, and a name that cannot be resolved
// proves nothing. The *Error says that nothing was sent.
func (c *Client) CheckPictures(ctx context.Context) error {
	if failure := c.checkPictures(ctx); failure != nil {
		return failure
	}
	return nil
}

func (c *Client) checkPictures(ctx context.Context) *Error {
	if !c.ownTransports || c.baseURL != c.provider.BaseURL || c.picturesChecked.Load() {
		return nil
	}
	for _, host := range c.provider.PictureHosts {
		addr, blocked := c.downloads.blockedAddress(ctx, host)
		if blocked {
			return c.completeError(opCreate, &Error{
				Code: CodeBlocked, Outcome: Refused,
				Detail: "pictures come from " + host + ", which leads to " + addr.String() + " here, where nothing is fetched from",
			})
		}
	}
	c.picturesChecked.Store(true)
	return nil
}

// blockedAddress returns an address of a host if pictures could be fetched from none of its addresses.
func (f downloader) blockedAddress(ctx context.Context, host string) (netip.Addr, bool) {
	if !isDirect(f.proxy, &url.URL{Scheme: "https", Host: host, Path: "/"}) {
		return netip.Addr{}, false
	}
	limited, cancel := context.WithTimeout(ctx, pictureLookupLimit)
	defer cancel()
	addresses, err := f.guard.lookup(limited, host)
	if err != nil || len(addresses) == 0 {
		return netip.Addr{}, false
	}
	reachable := slices.ContainsFunc(addresses, func(addr netip.Addr) bool {
		return f.guard.checkDial(ctx, "tcp", netip.AddrPortFrom(addr, 443).String(), nil) == nil
	})
	return addresses[0], !reachable
}
