package api

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
)

// Why nothing is fetched from an address.
var (
	errNotHTTPS    = errors.New("its address is not https")
	errBadAddress  = errors.New("its address holds a name, a password or another port")
	errPrivate     = errors.New("its address is inside this machine or its network")
	errNotLoopback = errors.New("the base URL names this machine, and its name leads elsewhere")
	errProxyHost   = errors.New("behind a proxy pictures come from replicate.delivery alone, and this one is elsewhere")
)

// addressGuard decides which addresses outputs may be fetched from, since a provider may name any. Host names are
// checked after they are resolved, at each dial.
type addressGuard struct {
	loopback bool // the base URL is on this machine, so http and any port are allowed there
}

// checkURL checks what can be seen without resolving the host name.
func (g addressGuard) checkURL(u *url.URL) error {
	host := strings.TrimSuffix(u.Hostname(), ".")
	if g.loopback && isLoopback(host) && (u.Scheme == "http" || u.Scheme == "https") && u.User == nil {
		return nil
	}
	if u.Scheme != "https" || host == "" {
		return errNotHTTPS
	}
	if u.User != nil || u.Port() != "" && u.Port() != "443" {
		return errBadAddress
	}
	lower := strings.ToLower(host)
	if lower == "localhost" || strings.HasSuffix(lower, ".localhost") {
		return errPrivate
	}
	if addr, err := netip.ParseAddr(host); err == nil && !isPublic(addr) {
		return errPrivate
	}
	return nil
}

// checkDial is called for each resolved address before it is connected to.
func (g addressGuard) checkDial(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil {
		return errPrivate
	}
	addr := target.Addr().Unmap()
	if g.loopback && addr.IsLoopback() {
		return nil
	}
	if !isPublic(addr) {
		return errPrivate
	}
	if target.Port() != 443 {
		return errBadAddress
	}
	return nil
}

// onlyLoopback is called for each resolved address before it is connected to, if the base URL names this machine.
func onlyLoopback(_ context.Context, _, address string, _ syscall.RawConn) error {
	target, err := netip.ParseAddrPort(address)
	if err != nil || !target.Addr().Unmap().IsLoopback() {
		return errNotLoopback
	}
	return nil
}

// reserved are the blocks that netip's own predicates do not cover (IANA special-purpose registries): this network,
// shared (CGNAT), protocol assignments, documentation, benchmarks, the old class E, and the IPv6 blocks that embed an
// IPv4 address or are not routed.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("5f00::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// nat64 embeds an IPv4 address in its last 32 bits. Networks without IPv4 reach all of IPv4 through it, so the embedded
// address is what counts.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// isPublic reports whether an address is on the public internet.
func isPublic(addr netip.Addr) bool {
	if addr.Zone() != "" {
		return false
	}
	addr = addr.Unmap()
	if nat64.Contains(addr) {
		bytes := addr.As16()
		addr = netip.AddrFrom4([4]byte(bytes[12:]))
	}
	if !addr.IsGlobalUnicast() || addr.IsPrivate() {
		return false
	}
	for _, block := range reserved {
		if block.Contains(addr) {
			return false
		}
	}
	return true
}

// deliveryHosts are where Replicate and Black Forest Labs publish pictures (Replicate's page on output files). A proxy
// resolves names itself, so the dial cannot be checked behind one, and only these hosts are asked for.
var deliveryHosts = []string{"replicate.delivery", "bflapistorage.blob.core.windows.net"}

// isDeliveryHost reports whether a host is one of them or a subdomain of one.
func isDeliveryHost(host string) bool {
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	for _, known := range deliveryHosts {
		if host == known || strings.HasSuffix(host, "."+known) {
			return true
		}
	}
	return false
}
