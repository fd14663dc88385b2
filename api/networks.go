package api

import (
	"net/netip"
	"strings"
)

// networks are the blocks of the IANA special-purpose registries that machines are in: an API in one of them has its
// pictures there too.
var networks = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared: carriers, and overlay networks
	netip.MustParsePrefix("127.0.0.0/8"),
	netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("198.18.0.0/15"), // tunnels answer all names with it
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("::1/128"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("fe80::/10"),
}

// uniqueLocal is the block of private IPv6 networks. Each has a /48 of its own (RFC 4193 §3.1).
var uniqueLocal = netip.MustParsePrefix("fc00::/7")

// reserved are blocks of no machine, or that embed an address of another kind: this network, protocol assignments, the
// old class E, and IPv6 blocks that are not routed.
var reserved = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.88.99.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("::/96"),
	netip.MustParsePrefix("64:ff9b:1::/48"),
	netip.MustParsePrefix("100::/64"),
	netip.MustParsePrefix("2001::/23"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("3fff::/20"),
	netip.MustParsePrefix("5f00::/16"),
	netip.MustParsePrefix("fec0::/10"),
}

// metadata are the addresses at which clouds give a machine its credentials: AWS, GCP, Azure and others; AWS' containers;
// AWS by IPv6; GCP by IPv6; Alibaba; Azure's agent.
var metadata = []netip.Prefix{
	netip.MustParsePrefix("169.254.169.0/24"),
	netip.MustParsePrefix("169.254.170.0/24"),
	netip.MustParsePrefix("fd00:ec2::/32"),
	netip.MustParsePrefix("fd20:ce::/32"),
	netip.MustParsePrefix("100.100.100.200/32"),
	netip.MustParsePrefix("168.63.129.16/32"),
}

// nat64 embeds an IPv4 address in its last 32 bits. Networks without IPv4 reach all of IPv4 through it, so the embedded
// address is what counts.
var nat64 = netip.MustParsePrefix("64:ff9b::/96")

// networkOf returns the network that an address is in, if that is not the public internet. It is false for a public
// address, and for one that nothing is fetched from in any network.
func networkOf(addr netip.Addr) (netip.Prefix, bool) {
	addr = addr.WithZone("").Unmap()
	if isIn(metadata, addr) {
		return netip.Prefix{}, false
	}
	if uniqueLocal.Contains(addr) {
		return netip.PrefixFrom(addr, 48).Masked(), true
	}
	for _, block := range networks {
		if block.Contains(addr) {
			return block, true
		}
	}
	return netip.Prefix{}, false
}

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
	return addr.IsGlobalUnicast() && !addr.IsPrivate() && !isIn(networks, addr) && !isIn(reserved, addr) && !isIn(metadata, addr)
}

func isIn(blocks []netip.Prefix, addr netip.Addr) bool {
	for _, block := range blocks {
		if block.Contains(addr) {
			return true
		}
	}
	return false
}

// isInternalName reports whether a host name leads into this machine or its network however it is resolved: this
// machine's own names, those of cloud metadata services, and numbers, which resolvers read as addresses (127.1, 0x7f.1).
func isInternalName(host string) bool {
	host = strings.ToLower(host)
	if host == "localhost" || strings.HasSuffix(host, ".localhost") || host == "metadata.google.internal" || host == "metadata.goog" {
		return true
	}
	last := host[strings.LastIndexByte(host, '.')+1:]
	hex, isHex := strings.CutPrefix(last, "0x")
	return last != "" && strings.Trim(last, "0123456789") == "" || isHex && strings.Trim(hex, "0123456789abcdef") == ""
}
