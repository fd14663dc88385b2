package api

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestIsPublic(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"1.1.1.1": true, "104.16.0.1": true, "2606:4700::1111": true, "64:ff9b::101:101": true, "::ffff:8.8.8.8": true,
		"64:ff9b::a00:1": false, "::ffff:10.0.0.1": false, "100.127.255.255": false, "100.128.0.1": true, "172.32.0.1": true, "fec0::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

// resolveAllTo makes every name resolve to one address, or to none, without a network. It changes net.DefaultResolver,
// so its tests cannot run in parallel.
func resolveAllTo(t *testing.T, addr netip.Addr) {
	t.Helper()
	resolveBy(t, func(string) netip.Addr { return addr })
}

// publicAPI resolves the API of farURL to a public address, and every other name to addr.
func publicAPI(addr netip.Addr) func(name string) netip.Addr {
	return func(name string) netip.Addr {
		if name == "api.example.test" {
			return netip.MustParseAddr("8.8.8.8")
		}
		return addr
	}
}

// resolveBy makes names resolve as addressOf says. It changes net.DefaultResolver like resolveAllTo.
func resolveBy(t *testing.T, addressOf func(name string) netip.Addr) {
	t.Helper()
	was := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = was })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: fakeDNS(addressOf)}
}

// fakeDNS is a name server on a pipe. net.Resolver talks to a connection that is not a net.PacketConn as over TCP, with
// two bytes of length in front.
func fakeDNS(addressOf func(name string) netip.Addr) func(context.Context, string, string) (net.Conn, error) {
	return func(context.Context, string, string) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer func() { _ = theirs.Close() }()
			for {
				var size [2]byte
				if _, err := io.ReadFull(theirs, size[:]); err != nil {
					return
				}
				query := make([]byte, binary.BigEndian.Uint16(size[:]))
				if _, err := io.ReadFull(theirs, query); err != nil {
					return
				}
				answer := dnsAnswer(query, addressOf(nameIn(query)))
				framed := binary.BigEndian.AppendUint16(nil, uint16(len(answer)))
				if _, err := theirs.Write(append(framed, answer...)); err != nil {
					return
				}
			}
		}()
		return ours, nil
	}
}

// nameIn is the name that a DNS query asks for, in lower case.
func nameIn(query []byte) string {
	var labels []string
	for at := 12; at < len(query) && query[at] != 0; at += int(query[at]) + 1 {
		labels = append(labels, strings.ToLower(string(query[at+1:at+1+int(query[at])])))
	}
	return strings.Join(labels, ".")
}

// dnsAnswer answers a DNS query (RFC 1035) for an A or AAAA record with addr, and any other with no record. Without an
// addr, the name does not exist.
func dnsAnswer(query []byte, addr netip.Addr) []byte {
	end := 12
	for end < len(query) && query[end] != 0 {
		end += int(query[end]) + 1
	}
	end += 5 // the root, type, class
	answer := append([]byte{}, query[:end]...)
	binary.BigEndian.PutUint16(answer[2:], 0x8180)
	clear(answer[6:12])
	if !addr.IsValid() {
		answer[3] |= 3 // no such name
		return answer
	}
	kind := binary.BigEndian.Uint16(query[end-4:])
	raw := addr.AsSlice()
	if kind != 1 && len(raw) == 4 || kind != 28 && len(raw) == 16 {
		return answer
	}
	answer[7] = 1
	answer = append(answer, 0xc0, 12, 0, byte(kind), 0, 1, 0, 0, 0, 60, 0, byte(len(raw)))
	return append(answer, raw...)
}

// mustParseURL parses a URL that must be valid.
func mustParseURL(t *testing.T, raw string) *url.URL {
	t.Helper()
	u, err := url.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// guardOf returns the guard of a base URL that is asked without a proxy. Names resolve to nothing.
func guardOf(t *testing.T, base string) addressGuard {
	t.Helper()
	u := mustParseURL(t, base)
	return addressGuard{
		api: u, loopback: isLoopback(u.Hostname()), direct: func() bool { return true },
		lookup: func(context.Context, string) ([]netip.Addr, error) { return nil, nil },
	}
}
