//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestI16StartsAnyway: whatever is damaged or missing, the full screen starts, says what is off, and buys nothing that it could
// lose. Invariant I16; folders that cannot be written are TestFaultDiskFull and TestFaultReadOnlyHome.
func TestI16StartsAnyway(t *testing.T) {
	t.Parallel()
	t.Run("without a network", withoutNetwork)
	t.Run("over damaged settings", overDamagedSettings)
	t.Run("over a damaged history", overDamagedHistory)
	t.Run("over a damaged form", overDamagedForm)
	t.Run("over something else in the history's place", overNoHistory)
	t.Run("with a key that is none", withBadKey)
}

// withoutNetwork buys where nobody listens: it waits, says why, and is taken back; nothing was sent.
func withoutNetwork(t *testing.T) {
	h := newHouse(t)
	x := h.open(t, how{args: []string{"--provider", "replicate", "--base-url", "http://127.0.0.1:1/v1"}, env: []string{"REPLICATE_API_TOKEN=" + canary}})
	x.sees("Nothing made yet.")
	x.develops("A boat.")
	x.sees("Nothing is billed.")
	x.seesDraft("A boat.")
	x.leavesAnyhow()
	if made := h.listed(t); len(made) != 1 || made[0].ID != "" || made[0].State == "unconfirmed" {
		t.Errorf("the history holds %+v", made)
	}
}

// overDamagedSettings starts beside a settings file that is no TOML: it says so at the start and at each enter, and buys nothing,
// since provider and folder may not be the ones that are meant.
func overDamagedSettings(t *testing.T) {
	server, h := newServer(t, quick), newHouse(t)
	h.put(t, "config/tintype/config.toml", "provider = \"replicate\"\nbase_url = [[[\n")
	x := h.open(t, server.openedBy())
	x.sees("settings unread: nothing is bought", "config.toml cannot be read at line 2", "Nothing is bought until it is mended.")
	x.develops("A boat.")
	x.sees("Nothing is bought until it is mended.")
	x.seesNot("1 running")
	x.leavesWithout(server)
	demo := h.open(t, how{args: []string{"--demo"}}) // which bills nothing
	demo.seesOpen()
	h.put(t, "config/tintype/config.toml", fmt.Sprintf("motion = \"wild\"\ndata_dir = %q\n", filepath.Join(h.dir, "elsewhere")))
	h.put(t, "elsewhere/history.jsonl", oldFox)
	again := h.open(t, server.openedBy()) // where the good lines lead
	again.sees("settings unread: nothing is bought", "A fox of old.")
}

// oldFox is a line of the past.
const oldFox = `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qe","rev":1,"time":"2025-01-06T08:30:58Z","state":"failed","provider":"replicate",` +
	`"model":"black-forest-labs/flux-schnell","input":{"prompt":"A fox of old."}}` + "\n"

// overDamagedHistory starts over lines of every bad kind among good ones: the good ones are there, the bad ones stay as they
// are, the next purchase is written, and doctor names them.
func overDamagedHistory(t *testing.T) {
	server, h := newServer(t, quick), newHouse(t)
	good := oldFox
	bad := good[:90] + "\n" + "not JSON at all\n" + strings.Repeat("\x00", 4096) + "\n" + "\xff\xfe\n" + `{"v":1,"key":7}` + "\n"
	torn := `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qf","rev":1,"state":"done","inp`
	h.put(t, "data/tintype/history.jsonl", bad+good+bad+torn)
	x := h.open(t, server.openedBy())
	x.sees("A fox of old.")
	x.develops("A boat.")
	x.sees("✓ A boat.", "A fox of old.")
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
	raw, err := os.ReadFile(filepath.Join(h.dir, "data", "tintype", "history.jsonl"))
	if err != nil || !strings.HasPrefix(string(raw), bad+good+bad+torn+"\n") {
		t.Errorf("the old bytes did not stay: %.300q, %v", raw, err)
	}
	said := string(h.printed(append(server.args(), "doctor")...))
	if !strings.Contains(said, "11") {
		t.Errorf("doctor does not count the bad lines:\n%s", said)
	}
}

// overDamagedForm starts beside a form that is cut: it starts empty, and says so.
func overDamagedForm(t *testing.T) {
	h := newHouse(t)
	h.put(t, "data/tintype-demo/form.json", `{"v":1,"draft":"A pap`)
	x := h.demo(t)
	x.sees("The form starts empty, form.json could not be used")
	x.keys("A boat.")
	x.seesDraft("A boat.")
}

// overNoHistory starts where a folder stands in the journal's place.
func overNoHistory(t *testing.T) {
	server, h := newServer(t, quick), newHouse(t)
	h.put(t, "data/tintype/history.jsonl/in-the-way", "x")
	x := h.open(t, server.openedBy())
	x.sees("enter develop", "nothing is bought")
	x.develops("A boat.")
	x.sees("Not sent: tintype buys nothing that it cannot write down.")
	if n := server.Counts().Posts; n != 0 {
		t.Errorf("%d purchases were sent", n)
	}
}

// withBadKey starts with something in the key's place that cannot be one: everything can be looked at, what is wrong is said at
// the start and at each enter, nothing is bought, and what stands for the key is never quoted. The demo is there as without a key.
func withBadKey(t *testing.T) {
	server, h := newServer(t, quick), newHouse(t)
	x := h.open(t, how{args: server.args(), env: []string{"REPLICATE_API_TOKEN=" + "not a key " + canary}})
	x.sees("key unusable: nothing is bought", "is not a key")
	x.develops("A boat.")
	x.sees("Nothing is bought until it is mended.")
	x.keys("\x18")
	x.sees("d demo")
	x.keys("d")
	x.sees("DEMO · free")
	x.leavesWithout(server)
	if form := sings(x.written); form != "" {
		t.Errorf("what stands for the key is quoted, as %q", form)
	}
}

// leavesWithout leaves, and checks that nothing was bought.
func (x *terminal) leavesWithout(s *server) {
	x.t.Helper()
	x.keys(ctrlC)
	x.leaves()
	x.isGivenBack()
	if n := s.Counts().Posts; n != 0 {
		x.t.Errorf("%d purchases were sent", n)
	}
}
