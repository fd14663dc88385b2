package api

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

// guardCase is one row of addressGuard's table.
type guardCase struct {
	base    string
	proxied bool   // the API is asked through a proxy
	api     string // what the API's name resolves to
	output  string
	asked   string // the address that is asked; "" if none is
	dials   string // an address that the output's name resolves to; "" for none
	dialed  bool   // whether it is connected to
}

const (
	farAPI   = "https://gw.example.test/v1"
	localAPI = "http://127.0.0.1:8000/v1"
)

// guardCases are those of the table in addressGuard's comment, in its order.
var guardCases = map[string]guardCase{
	"relative, from the root":        {base: farAPI, output: "/files/o.png", asked: "https://gw.example.test/files/o.png"},
	"relative, without a slash":      {base: farAPI, output: "files/o.png?a=b", asked: "https://gw.example.test/files/o.png?a=b"},
	"relative, of another port":      {base: "https://gw.example.test:8443/a/b", output: "/o.png", asked: "https://gw.example.test:8443/o.png"},
	"relative, this machine":         {base: localAPI, output: "/o.png", asked: "http://127.0.0.1:8000/o.png"},
	"relative, upwards":              {base: farAPI, output: "../../o.png", asked: "https://gw.example.test/o.png"},
	"without a scheme":               {base: farAPI, output: "//cdn.example.test/o.png", asked: "https://cdn.example.test/o.png"},
	"own origin":                     {base: farAPI, output: "https://GW.example.test:443/o.png", asked: "https://GW.example.test:443/o.png"},
	"own origin, a private address":  {base: "https://192.168.7.7:8443/v1", output: "https://192.168.7.7:8443/o", asked: "https://192.168.7.7:8443/o"},
	"own origin, metadata":           {base: "https://169.254.169.254/v1", output: "https://169.254.169.254/o", asked: "https://169.254.169.254/o"},
	"own host by http":               {base: farAPI, output: "http://gw.example.test/o.png", asked: "https://gw.example.test/o.png"},
	"own host by http, its port":     {base: "https://gw.example.test:8443/v1", output: "http://gw.example.test:8443/o", asked: "https://gw.example.test:8443/o"},
	"own host by http, no port":      {base: "https://gw.example.test:8443/v1", output: "http://gw.example.test/o", asked: "https://gw.example.test:8443/o"},
	"own host, another port":         {base: farAPI, output: "https://gw.example.test:9000/o", asked: "https://gw.example.test:9000/o"},
	"own host, a service's port":     {base: farAPI, output: "https://gw.example.test:25/o"},
	"own host, another scheme":       {base: farAPI, output: "ftp://gw.example.test/o"},
	"own host, with a name":          {base: farAPI, output: "https://u:p@gw.example.test/o"},
	"http elsewhere":                 {base: farAPI, output: "http://cdn.example.test/o", asked: "https://cdn.example.test/o"},
	"http elsewhere, port 80":        {base: farAPI, output: "http://cdn.example.test:80/o", asked: "https://cdn.example.test/o"},
	"http elsewhere, another port":   {base: farAPI, output: "http://cdn.example.test:8080/o"},
	"http inside":                    {base: farAPI, output: "http://10.0.0.1/o"},
	"this machine, the API too":      {base: localAPI, output: "http://localhost:9000/o", asked: "http://localhost:9000/o"},
	"this machine, IPv6":             {base: localAPI, output: "https://[::1]:9000/o", asked: "https://[::1]:9000/o"},
	"this machine, the API far":      {base: farAPI, output: "http://localhost:9000/o"},
	"beside this machine":            {base: localAPI, output: "https://192.168.1.1/o"},
	"metadata beside this machine":   {base: localAPI, output: "https://169.254.169.254/o"},
	"a file":                         {base: farAPI, output: "file:///tmp/o.png"},
	"a file, from this machine":      {base: localAPI, output: "file:///tmp/o.png"},
	"no address":                     {base: farAPI, output: ""},
	"words":                          {base: farAPI, output: "a boat on the sea"},
	"a word":                         {base: farAPI, output: "boat"},
	"foreign letters":                {base: farAPI, output: "лодка.png"},
	"foreign letters from the root":  {base: farAPI, output: "/лодка.png", asked: "https://gw.example.test/%D0%BB%D0%BE%D0%B4%D0%BA%D0%B0.png"},
	"no host":                        {base: farAPI, output: "https:///o.png"},
	"a name":                         {base: farAPI, output: "https://u@cdn.example.test/o"},
	"literal, public":                {base: farAPI, output: "https://8.8.8.8/o", asked: "https://8.8.8.8/o"},
	"literal, public, a port":        {base: farAPI, api: "10.1.1.1", output: "https://8.8.8.8:9000/o", asked: "https://8.8.8.8:9000/o"},
	"literal, a service's port":      {base: farAPI, api: "10.1.1.1", output: "https://8.8.8.8:22/o"},
	"literal, private, a port":       {base: farAPI, api: "8.8.8.8", output: "https://10.0.0.1:9000/o"},
	"literal, private":               {base: farAPI, api: "8.8.8.8", output: "https://10.0.0.1/o"},
	"literal, the API's network":     {base: farAPI, api: "10.1.1.1", output: "https://10.0.0.1:9000/o", asked: "https://10.0.0.1:9000/o"},
	"literal, another network":       {base: farAPI, api: "10.1.1.1", output: "https://192.168.0.1/o"},
	"literal, behind a proxy":        {base: farAPI, proxied: true, api: "10.1.1.1", output: "https://10.0.0.1/o"},
	"literal, the API literal too":   {base: "https://10.1.1.1/v1", proxied: true, output: "https://10.0.0.1/o", asked: "https://10.0.0.1/o"},
	"numbers":                        {base: farAPI, output: "https://2130706433/o"},
	"numbers, short":                 {base: farAPI, output: "https://127.1/o"},
	"numbers, in hexadecimal":        {base: farAPI, output: "https://a.0x7f/o"},
	"localhost by another name":      {base: farAPI, output: "https://x.LocalHost./o"},
	"metadata by name":               {base: farAPI, output: "https://metadata.google.internal/o"},
	"another port":                   {base: farAPI, api: "8.8.8.8", output: "https://cdn.example.test:8443/o", asked: "https://cdn.example.test:8443/o", dials: "9.9.9.9:8443", dialed: true},
	"another port, inside":           {base: farAPI, api: "8.8.8.8", output: "https://cdn.example.test:8443/o", asked: "https://cdn.example.test:8443/o", dials: "192.168.1.9:8443"},
	"a service's port":               {base: farAPI, api: "8.8.8.8", output: "https://cdn.example.test:465/o"},
	"another port, behind a proxy":   {base: farAPI, proxied: true, api: "10.1.1.1", output: "https://cdn.example.test:8443/o", asked: "https://cdn.example.test:8443/o"},
	"public":                         {base: farAPI, output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "8.8.8.8:443", dialed: true},
	"public, the API in a tunnel":    {base: farAPI, api: "198.18.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "8.8.8.8:443", dialed: true},
	"a tunnel":                       {base: farAPI, api: "198.18.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "198.19.255.8:443", dialed: true},
	"a tunnel by IPv6":               {base: farAPI, api: "fdfe:dcba:9876::7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "[fdfe:dcba:9876::8]:443", dialed: true},
	"an overlay network":             {base: farAPI, api: "100.64.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "100.99.0.8:443", dialed: true},
	"a local network, a port":        {base: farAPI, api: "10.0.0.7", output: "https://cdn.example.test:9000/o", asked: "https://cdn.example.test:9000/o", dials: "10.9.0.8:9000", dialed: true},
	"a local network, public port":   {base: farAPI, api: "10.0.0.7", output: "https://cdn.example.test:9000/o", asked: "https://cdn.example.test:9000/o", dials: "8.8.8.8:9000", dialed: true},
	"a public service's port":        {base: farAPI, api: "10.0.0.7", output: "https://cdn.example.test:25/o", asked: "https://cdn.example.test:25/o", dials: "8.8.8.8:25"},
	"a tunnel, the API not":          {base: farAPI, api: "8.8.8.8", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "198.18.0.8:443"},
	"a tunnel, the API by a proxy":   {base: farAPI, proxied: true, api: "198.18.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "198.18.0.8:443"},
	"another network than the API's": {base: farAPI, api: "198.18.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "10.0.0.8:443"},
	"another site than the API's":    {base: farAPI, api: "fd01:2:3::1", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "[fd01:2:4::1]:443"},
	"this machine by name":           {base: farAPI, api: "198.18.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "127.0.0.1:443"},
	"this machine by name, API too":  {base: farAPI, api: "127.0.0.1", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "127.0.0.2:443", dialed: true},
	"metadata, the API link-local":   {base: farAPI, api: "169.254.7.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "169.254.169.254:443"},
	"metadata of an overlay":         {base: farAPI, api: "100.64.0.7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "100.100.100.200:443"},
	"metadata by IPv6":               {base: farAPI, api: "fd00:ec2::7", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "[fd00:ec2::254]:443"},
	"no machine":                     {base: farAPI, api: "0.0.0.0", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "0.0.0.0:443"},
	"a group":                        {base: farAPI, api: "224.0.0.1", output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "224.0.0.1:443"},
	"the API's name unknown":         {base: farAPI, output: "https://cdn.example.test/o", asked: "https://cdn.example.test/o", dials: "10.0.0.8:443"},
}

// TestSecurityOutputURLsTable checks each row of addressGuard's table.
func TestSecurityOutputURLsTable(t *testing.T) {
	t.Parallel()
	for name, c := range guardCases {
		guard := guardOf(t, c.base)
		guard.direct = func() bool { return !c.proxied }
		guard.lookup = func(context.Context, string) ([]netip.Addr, error) {
			if c.api == "" {
				return nil, errors.New("no such name")
			}
			return []netip.Addr{netip.MustParseAddr(c.api)}, nil
		}
		u, err := guard.locateOutput(c.output)
		if err == nil {
			err = guard.checkURL(t.Context(), u)
		}
		switch {
		case err != nil && c.asked != "", err == nil && u.String() != c.asked:
			t.Errorf("%s: %v, %v", name, u, err)
		case c.dials != "":
			if err := guard.checkDial(t.Context(), "tcp", c.dials, nil); (err == nil) != c.dialed {
				t.Errorf("%s: at the dial: %v", name, err)
			}
		}
	}
}

// FuzzOutputAddress: whatever a provider names, what is asked is of the API's origin, or https without a name, and at no
// port of another service.
func FuzzOutputAddress(f *testing.F) {
	for _, c := range guardCases {
		f.Add(c.output)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		guard := guardOf(t, farAPI)
		u, err := guard.locateOutput(raw)
		if err != nil || guard.checkURL(t.Context(), u) != nil || guard.isOwn(u) {
			return
		}
		addr, err := netip.ParseAddr(u.Hostname())
		if u.Scheme != "https" || u.User != nil || u.Hostname() == "" || isServicePort(u.Port()) || err == nil && !isPublic(addr) {
			t.Errorf("%q is asked for as %v", raw, u)
		}
	})
}

// TestOwnOriginGetsTheKeyIfNeedBe: an output at the API's own origin is asked for without the key, and with it only if that
// is refused. No other origin gets it, by a redirect either.
func TestOwnOriginGetsTheKeyIfNeedBe(t *testing.T) {
	t.Parallel()
	var elsewhere []string
	other := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		elsewhere = append(elsewhere, r.Header.Get("Authorization"))
		w.WriteHeader(http.StatusUnauthorized)
	}))
	defer other.Close()
	var keys []string
	own := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		key := r.Header.Get("Authorization")
		keys = append(keys, r.URL.Path+" "+key)
		switch {
		case r.URL.Path == "/away":
			http.Redirect(w, r, other.URL, http.StatusFound)
		case r.URL.Path != "/open" && key != "Bearer "+canary:
			w.WriteHeader(http.StatusForbidden)
		default:
			_, _ = w.Write(picture)
		}
	}))
	defer own.Close()
	client := newClient(t, own.URL+"/v1")
	for path, want := range map[string]string{"/open": "/open ", "./closed": "/closed |/closed Bearer " + canary} {
		keys = nil
		var got restartableBuffer
		if _, err := client.Download(t.Context(), path, Resume{}, &got); err != nil || got.Len() != len(picture) || strings.Join(keys, "|") != want {
			t.Errorf("%s: %v, asked %q", path, err, keys)
		}
	}
	for _, address := range []string{"/away", other.URL} {
		elsewhere = nil
		err := errorOf(client.Download(t.Context(), address, Resume{}, io.Discard))
		if e := AsError(err); e == nil || e.Code != CodeExpired || strings.Join(elsewhere, "|") != "" || len(elsewhere) != 1 {
			t.Errorf("%s: %v, and elsewhere %q", address, err, elsewhere)
		}
	}
}

// TestSecurityKeyIsNeverPrintedInAnETag: a tag that holds the key in any spelling is not given to the caller, who keeps tags on disk.
func TestSecurityKeyIsNeverPrintedInAnETag(t *testing.T) {
	t.Parallel()
	var tag string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["ETag"] = []string{tag}
		_, _ = w.Write(picture)
	}))
	defer server.Close()
	client := newClient(t, server.URL)
	for _, spelling := range append(keySpellings(canary), "x-"+canary+"-y") {
		tag = `"` + spelling + `"`
		var got restartableBuffer
		d, err := client.Download(t.Context(), server.URL, Resume{}, &got)
		if err != nil || d.ETag != "" || got.tag != "" {
			t.Errorf("%s: %v, %q, %q", spelling, err, d.ETag, got.tag)
		}
	}
	tag = `"one"`
	if d, err := client.Download(t.Context(), server.URL, Resume{}, io.Discard); err != nil || d.ETag != tag {
		t.Errorf("%v, %q", err, d.ETag)
	}
}

// TestFaultOutputGoneByAnyStatus: no status of a picture's host is final, and each 2xx with a picture is taken.
func TestFaultOutputGoneByAnyStatus(t *testing.T) {
	t.Parallel()
	status := 0
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status == http.StatusPartialContent {
			w.Header().Set("Content-Range", fmt.Sprintf("bytes 0-%d/%[2]d", len(picture)-1, len(picture)))
		}
		w.WriteHeader(status)
		if status != 204 && status != 205 && status != 304 {
			_, _ = w.Write(picture)
		}
	}))
	defer server.Close()
	client := newClient(t, server.URL)
	for status = 200; status < 600; status++ {
		var got bytes.Buffer
		_, err := client.Download(t.Context(), server.URL, Resume{}, &got)
		if status < 300 && status != 204 && status != 205 {
			if err != nil || !bytes.Equal(got.Bytes(), picture) {
				t.Errorf("%d: %v", status, err)
			}
			continue
		}
		if e := AsError(err); e == nil || !e.Temporary() || got.Len() > 0 || strings.Contains(e.Error(), "gone") {
			t.Errorf("%d: %v, %d bytes", status, e, got.Len())
		}
	}
}
