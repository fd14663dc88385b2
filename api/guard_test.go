package api

import (
	"encoding/binary"
	"errors"
	"net"
	"net/netip"
	"net/url"
	"testing"
)

func TestGuardURL(t *testing.T) {
	strict, local := guard{}, guard{local: true}
	for raw, want := range map[string]error{
		"https://replicate.delivery/x/out-0.webp": nil, "https://a.example:443/x": nil, "https://8.8.8.8/x": nil, "https://[2606:4700::1]/x": nil,
		"http://replicate.delivery/x": errNotHTTPS, "file:///etc/passwd": errNotHTTPS, "ftp://a.example/": errNotHTTPS, "//a.example/x": errNotHTTPS,
		"/x": errNotHTTPS, "javascript:alert(1)": errNotHTTPS, "": errNotHTTPS, "https:///x": errNotHTTPS, "gopher://a": errNotHTTPS,
		"https://u@a.example/": errOddAddress, "https://u:p@a.example/": errOddAddress, "https://a.example:8443/": errOddAddress, "https://a.example:22/": errOddAddress,
		"https://127.0.0.1/": errPrivate, "https://127.1.2.3/": errPrivate, "https://localhost/": errPrivate, "https://LOCALHOST./": errPrivate,
		"https://x.localhost/": errPrivate, "https://[::1]/": errPrivate, "https://[::ffff:127.0.0.1]/": errPrivate, "https://[::]/": errPrivate,
		"https://0.0.0.0/": errPrivate, "https://10.0.0.1/": errPrivate, "https://172.16.0.1/": errPrivate, "https://192.168.1.1/": errPrivate,
		"https://169.254.169.254/latest/meta-data": errPrivate, "https://[fe80::1]/": errPrivate, "https://[fe80::1%25eth0]/": errPrivate,
		"https://100.64.0.1/": errPrivate, "https://[fc00::1]/": errPrivate, "https://[fd00:ec2::254]/": errPrivate, "https://224.0.0.1/": errPrivate,
		"https://[ff02::1]/": errPrivate, "https://255.255.255.255/": errPrivate, "https://[64:ff9b::7f00:1]/": errPrivate, "https://[2002:7f00:1::]/": errPrivate,
		"https://192.0.0.1/": errPrivate, "https://198.18.0.1/": errPrivate, "https://[::127.0.0.1]/": errPrivate, "https://[2001:db8::1]/": errPrivate,
	} {
		u, err := url.Parse(raw)
		if err != nil {
			t.Fatalf("%q: %v", raw, err)
		}
		if got := strict.checkURL(u); !errors.Is(got, want) {
			t.Errorf("%s: %v", raw, got)
		}
	}
	for raw, want := range map[string]error{
		"http://127.0.0.1:8080/outputs/x": nil, "http://localhost:9/x": nil, "https://[::1]:9/x": nil, "https://replicate.delivery/x": nil,
		"http://10.0.0.1/x": errNotHTTPS, "https://10.0.0.1/x": errPrivate, "http://u:p@127.0.0.1/": errNotHTTPS, "ftp://127.0.0.1/": errNotHTTPS,
		"http://replicate.delivery/x": errNotHTTPS, "https://169.254.169.254/": errPrivate,
	} {
		u, _ := url.Parse(raw)
		if got := local.checkURL(u); !errors.Is(got, want) {
			t.Errorf("from this machine, %s: %v", raw, got)
		}
	}
}

func TestPublic(t *testing.T) {
	for text, want := range map[string]bool{
		"1.1.1.1": true, "104.16.0.1": true, "2606:4700::1111": true, "64:ff9b::101:101": true, "::ffff:8.8.8.8": true,
		"64:ff9b::a00:1": false, "::ffff:10.0.0.1": false, "100.127.255.255": false, "100.128.0.1": true, "172.32.0.1": true, "fec0::1": false,
	} {
		if got := public(netip.MustParseAddr(text)); got != want {
			t.Errorf("%s: %v", text, got)
		}
	}
}

func TestDelivery(t *testing.T) {
	for host, want := range map[string]bool{
		"replicate.delivery": true, "pbxt.replicate.delivery": true, "REPLICATE.delivery.": true, "evilreplicate.delivery": false,
		"replicate.delivery.evil.example": false, "": false,
	} {
		if delivery(host) != want {
			t.Errorf("%s", host)
		}
	}
}

// TestRebinding: a public name that resolves to this machine is not connected to.
func TestRebinding(t *testing.T) {
	answerNames(t, netip.MustParseAddr("127.0.0.1"))
	row, _ := FindProvider(Replicate)
	c, err := New(Options{Provider: row, Key: NewSecret(canary)})
	if err != nil {
		t.Fatal(err)
	}
	c.wire(nil, c.reads.(keyed).origin, nil)
	var got sinkBuffer
	_, err = c.Download(t.Context(), "https://rebind.example.test/x.png", Resume{}, &got)
	if e := AsError(err); e == nil || e.Code != CodeBlocked || !errors.Is(err, errPrivate) || got.Len() != 0 {
		t.Errorf("%v", err)
	}
}

// answerNames makes every name resolve to one address, or to none, without a network.
func answerNames(t *testing.T, addr netip.Addr) {
	t.Helper()
	was := net.DefaultResolver
	t.Cleanup(func() { net.DefaultResolver = was })
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: fakeNames(addr)}
}

// nameAnswer answers a DNS query (RFC 1035) for an A record with addr, and any
// other with nothing; without an addr there is no such name.
func nameAnswer(query []byte, addr netip.Addr) []byte {
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
	if binary.BigEndian.Uint16(query[end-4:]) != 1 {
		return answer
	}
	answer[7] = 1
	answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4)
	bytes := addr.As4()
	return append(answer, bytes[:]...)
}
