//go:build unix

package cli_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"tintype/api/demo/demotest"
)

// keyedServer passes requests on to a demo server if they have the right key, and remembers what it was asked.
type keyedServer struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string
}

// newKeyedServer starts a server that takes the canary alone.
func newKeyedServer(t *testing.T, behind *server) *keyedServer {
	t.Helper()
	to, err := url.Parse(behind.origin)
	if err != nil {
		t.Fatal(err)
	}
	k, proxy := &keyedServer{}, httputil.NewSingleHostReverseProxy(to)
	k.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		k.mu.Lock()
		k.asked = append(k.asked, r.Method+" "+r.URL.Path)
		k.mu.Unlock()
		if r.Header.Get("Authorization") != "Bearer "+canary && !strings.HasPrefix(r.URL.Path, "/outputs/") {
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(http.StatusUnauthorized)
			_, _ = w.Write([]byte(`{"detail":"You did not pass a valid authentication token"}`))
			return
		}
		proxy.ServeHTTP(w, r)
	}))
	t.Cleanup(k.Close)
	return k
}

// count counts the requests that begin like this.
func (k *keyedServer) count(start string) (n int) {
	k.mu.Lock()
	defer k.mu.Unlock()
	for _, asked := range k.asked {
		if strings.HasPrefix(asked, start) {
			n++
		}
	}
	return n
}

// TestSecurityKeyIsEntered: a key is pasted into the program that has none. A wrong one is refused and not kept; the right one is tried
// by a free request, kept in the file that the README names, and then buys what was typed. It is nowhere else: not on the screen, and in
// no other file, also not in the traces of Bubble Tea. The next start finds it.
func TestSecurityKeyIsEntered(t *testing.T) {
	t.Parallel()
	from := newKeyedServer(t, newServer(t, quick))
	h := newHome(t)
	options := startOptions{
		args: []string{"--provider", "replicate", "--base-url", from.URL + "/v1"},
		env:  []string{"TEA_TRACE=" + filepath.Join(h.dir, "trace.log"), "TEA_DEBUG=1"},
	}
	x := h.open(t, options)
	x.waitFor("no key")
	x.develop("A boat.")
	x.waitFor("No key for Replicate")
	x.send("\x1b[200~wrong-" + canary + "\n\x1b[201~")
	x.waitFor("Key for Replicate", "••••")
	x.pressEnter()
	x.waitFor("Replicate refused this key.")
	file := filepath.Join(h.dir, "config", "tintype", "replicate.key")
	if _, err := os.Stat(file); err == nil || from.count("POST") > 0 {
		t.Fatalf("a wrong key was kept (%v), or %d purchases sent", err, from.count("POST"))
	}
	x.send("\x1b[200~" + canary + "\n\x1b[201~")
	x.waitFor("••••")
	x.pressEnter()
	x.waitFor("The key is kept in")
	if asked := from.count("GET /v1/account"); asked != 2 || from.count("POST") > 0 {
		t.Fatalf("asked %d times, %d purchases sent", asked, from.count("POST"))
	}
	x.pressEnter()
	x.waitFor("✓ A boat.")
	x.quit()
	kept, err := os.ReadFile(file)
	info, _ := os.Stat(file)
	if err != nil || string(kept) != canary+"\n" || info.Mode().Perm() != 0o600 {
		t.Fatalf("the file holds %q, %v, %v", kept, info, err)
	}
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the key is on the screen, as %q", form)
	}
	again := h.open(t, options)
	again.waitFor("✓ A boat.")
	if strings.Contains(again.screenText(), "no key") {
		t.Errorf("the next start has no key:\n%s", again.screenText())
	}
	again.quit()
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	checkNoKeyIn(t, h.dir)
}
