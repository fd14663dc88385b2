package api

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Why nothing is fetched from an address.
var (
	errNotHTTPS    = errors.New("its address is not https")
	errBadAddress  = errors.New("its address holds a name, a password or a port of another service")
	errPrivate     = errors.New("its address is inside this machine or its network")
	errNotLoopback = errors.New("the base URL names this machine, and its name leads elsewhere")
)

// addressGuard decides where outputs are fetched from. A provider may name any address, so a hostile one could make this program send
// requests into the machine's own network.
//
// A relative address is resolved against the API's origin. Plain http is asked for as https, except on this machine. Then
// the first row that fits decides, for the output's address and again for the target of each redirect:
//
//	address                                             fetched   by which way
//	the API's own origin (scheme, host, port)           yes       the API's; the key only if 401 or 403 is answered without it
//	on this machine, any port, if the base URL is too   yes       without a proxy
//	not https, no host                                  no
//	a user name or a password in it                     no
//	a literal address that is not public                no, but see below
//	localhost, the names of cloud metadata services     no
//	a number that is not a dotted address (0x7f.1)         no
//	a port below 1024 other than 443                    no, but see below: mail, SSH and the like
//	any other, if a proxy is set for it                 yes       that proxy, which resolves the name
//	any other                                           yes       directly; each resolved address is checked at the dial
//
// A resolved or literal address must be public, or in the same network as the API: one block of the special-purpose registries (10/8,
// 100.64/10, 198.18/15 …; of fc00::/7 one /48) in which the API's own host is too, when it is asked without a proxy. There any port may be
// used, by https. Unspecified and multicast addresses and those of cloud metadata services are refused even then.
type addressGuard struct {
	api      *url.URL
	loopback bool                                                // the base URL is on this machine
	direct   func() bool                                         // the API is asked without a proxy
	lookup   func(context.Context, string) ([]netip.Addr, error) // resolves a host name
}

// lookupHost resolves a host name as the dialer does.
func lookupHost(ctx context.Context, host string) ([]netip.Addr, error) {
	return net.DefaultResolver.LookupNetIP(ctx, "ip", host)
}

// locateOutput parses an output's address, and returns the address to ask.
func (g addressGuard) locateOutput(raw string) (*url.URL, error) {
	if u, err := url.Parse(raw); err != nil || !u.IsAbs() && !isRelative(raw) {
		return nil, errNotHTTPS
	}
	return g.locate(raw, &url.URL{Scheme: g.api.Scheme, Host: g.api.Host, Path: "/"})
}

// locate parses an address, which may be relative to base, and returns the address to ask.
func (g addressGuard) locate(raw string, base *url.URL) (*url.URL, error) {
	u, err := base.Parse(raw)
	if err != nil {
		return nil, errNotHTTPS
	}
	u.Fragment, u.RawFragment = "", ""
	if u.Scheme != "http" || g.isLocal(u) || g.isOwn(u) {
		return u, nil
	}
	port := u.Port()
	switch {
	case strings.EqualFold(u.Hostname(), g.api.Hostname()) && (port == "" || port == "80" || port == g.api.Port()):
		// A server behind a proxy that adds TLS often names itself by http.
		u.Scheme, u.Host = g.api.Scheme, g.api.Host
	case port == "" || port == "80":
		u.Scheme, u.Host = "https", strings.TrimSuffix(u.Host, ":"+port)
	}
	return u, nil
}

// isRelative reports whether a text without a scheme looks like an address rather than like words: it begins with a
// slash, or is a path with a slash or an extension.
func isRelative(raw string) bool {
	if strings.ContainsAny(raw, " \t\r\n") {
		return false
	}
	isOther := func(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`<>"{}|\^`+"`", r) }
	return strings.HasPrefix(raw, "/") || strings.ContainsAny(raw, "/.") && !strings.ContainsFunc(raw, isOther)
}

// isOwn reports whether an address is of the API's own origin.
func (g addressGuard) isOwn(u *url.URL) bool {
	return u.Opaque == "" && u.User == nil && u.Hostname() != "" && origin(u) == origin(g.api)
}

// isLocal reports whether an address is on this machine, as the base URL is.
func (g addressGuard) isLocal(u *url.URL) bool {
	return g.loopback && isLoopback(strings.TrimSuffix(u.Hostname(), ".")) && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil
}

// checkURL checks what it can without resolving the host name. It returns nil for an address that may be asked.
func (g addressGuard) checkURL(ctx context.Context, u *url.URL) error {
	host := strings.TrimSuffix(u.Hostname(), ".")
	addr, err := netip.ParseAddr(host)
	isLiteral := err == nil
	switch {
	case g.isOwn(u), g.isLocal(u):
		return nil
	case u.Scheme != "https" || host == "":
		return errNotHTTPS
	case u.User != nil:
		return errBadAddress
	case isLiteral && !isPublic(addr):
		return g.checkInside(ctx, addr)
	case !isLiteral && isInternalName(host):
		return errPrivate
	case isServicePort(u.Port()) && (isLiteral || !g.isInside(ctx)):
		return errBadAddress
	}
	return nil
}

// checkDial is called for each resolved address before it is connected to.
func (g addressGuard) checkDial(ctx context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	addr := target.Addr().Unmap()
	switch {
	case g.loopback && addr.IsLoopback():
		return nil
	case !isPublic(addr):
		return g.checkInside(ctx, addr)
	case isServicePort(strconv.Itoa(int(target.Port()))):
		return errBadAddress
	}
	return nil
}

// isServicePort reports whether a port is one of the well-known services other than https (RFC 6335 §6). Storage services have
// theirs above.
func isServicePort(port string) bool {
	n, err := strconv.Atoi(port)
	return port != "" && port != "443" && (err != nil || n < 1024 || port[0] == '0')
}

// checkInside checks an address that is not public: it must be in the API's own network.
func (g addressGuard) checkInside(ctx context.Context, addr netip.Addr) error {
	block, ok := networkOf(addr)
	if ok && slices.ContainsFunc(g.apiAddresses(ctx), block.Contains) {
		return nil
	}
	return errPrivate
}

// isInside reports whether the API is in a network that is not public, beyond this machine.
func (g addressGuard) isInside(ctx context.Context) bool {
	return !g.loopback && slices.ContainsFunc(g.apiAddresses(ctx), func(addr netip.Addr) bool {
		_, ok := networkOf(addr)
		return ok
	})
}

// lookupLimit is how long the API's name may take to be resolved.
const lookupLimit = 5 * time.Second

// apiAddresses are the addresses of the API's host; none if a proxy resolves its name.
func (g addressGuard) apiAddresses(ctx context.Context) []netip.Addr {
	host := strings.TrimSuffix(g.api.Hostname(), ".")
	if addr, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{addr.WithZone("").Unmap()}
	}
	if !g.direct() {
		return nil
	}
	own, cancel := context.WithTimeout(context.Background(), lookupLimit) // without the traces of the request's context
	defer cancel()
	defer context.AfterFunc(ctx, cancel)()
	addresses, _ := g.lookup(own, host)
	for i, addr := range addresses {
		addresses[i] = addr.WithZone("").Unmap()
	}
	return addresses
}

// onlyLoopback is called for each resolved address before a connection, if the base URL names this machine.
func onlyLoopback(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !target.Addr().Unmap().IsLoopback() {
		return errNotLoopback
	}
	return nil
}
