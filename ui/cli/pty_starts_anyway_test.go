//go:build unix

package cli_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tintype/api/demo/demotest"
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
	h := newHome(t)
	x := h.open(t, startOptions{args: []string{"--provider", "replicate", "--base-url", "http://127.0.0.1:1/v1"}, env: []string{"REPLICATE_API_TOKEN=" + canary}})
	x.waitFor("Nothing made yet.")
	x.develop("A boat.")
	x.waitFor("Nothing is billed.")
	x.waitForDraft("A boat.")
	x.quit()
	if made := h.list(t); len(made) != 1 || made[0].ID != "" || made[0].State == "unconfirmed" {
		t.Errorf("the history holds %+v", made)
	}
}

// overDamagedSettings starts beside a settings file that is no TOML: it says so at the start and at each enter, and buys nothing,
// since provider and folder may not be the ones that are meant.
func overDamagedSettings(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	h.writeFile(t, "config/tintype/config.toml", "provider = \"replicate\"\nbase_url = [[[\n")
	x := h.open(t, server.options())
	x.waitFor("settings unread: nothing is bought", "config.toml cannot be read at line 2", "Nothing is bought until it is mended.")
	x.develop("A boat.")
	x.waitFor("Nothing is bought until it is mended.")
	x.waitForNo("1 running")
	x.quitUnbought(server)
	demo := h.open(t, startOptions{args: []string{"--demo"}}) // which bills nothing
	demo.waitForDemo()
	h.writeFile(t, "config/tintype/config.toml", fmt.Sprintf("motion = \"wild\"\ndata_dir = %q\n", filepath.Join(h.dir, "elsewhere")))
	h.writeFile(t, "elsewhere/history.jsonl", pastLine)
	again := h.open(t, server.options()) // where the good lines lead
	again.waitFor("settings unread: nothing is bought", "A fox of old.")
}

// pastLine is a line of the past.
const pastLine = `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qe","rev":1,"time":"2025-01-06T08:30:58Z","state":"failed","provider":"replicate",` +
	`"model":"black-forest-labs/flux-schnell","input":{"prompt":"A fox of old."}}` + "\n"

// overDamagedHistory starts over lines of every bad kind among good ones: the good ones are there, the bad ones stay as they
// are, the next purchase is written, and doctor names them.
func overDamagedHistory(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	good := pastLine
	bad := good[:90] + "\n" + "not JSON at all\n" + strings.Repeat("\x00", 4096) + "\n" + "\xff\xfe\n" + `{"v":1,"key":7}` + "\n"
	torn := `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qf","rev":1,"state":"done","inp`
	h.writeFile(t, "data/tintype/history.jsonl", bad+good+bad+torn)
	x := h.open(t, server.options())
	x.waitFor("A fox of old.")
	x.develop("A boat.")
	x.waitFor("✓ A boat.", "A fox of old.")
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
	raw, err := os.ReadFile(filepath.Join(h.dir, "data", "tintype", "history.jsonl"))
	if err != nil || !strings.HasPrefix(string(raw), bad+good+bad+torn+"\n") {
		t.Errorf("the old bytes did not stay: %.300q, %v", raw, err)
	}
	output := string(h.output(append(server.args(), "doctor")...))
	if !strings.Contains(output, "11") {
		t.Errorf("doctor does not count the bad lines:\n%s", output)
	}
}

// overDamagedForm starts beside a form that is cut: it starts empty, and says so.
func overDamagedForm(t *testing.T) {
	h := newHome(t)
	h.writeFile(t, "data/tintype-demo/form.json", `{"v":1,"draft":"A pap`)
	x := h.openDemo(t)
	x.waitFor("The form starts empty, form.json could not be used")
	x.send("A boat.")
	x.waitForDraft("A boat.")
}

// overNoHistory starts where a folder stands in the journal's place.
func overNoHistory(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	h.writeFile(t, "data/tintype/history.jsonl/in-the-way", "x")
	x := h.open(t, server.options())
	x.waitFor("enter develop", "nothing is bought")
	x.develop("A boat.")
	x.waitFor("Not sent: tintype buys nothing that it cannot write down.")
	if n := server.Counts().Posts; n != 0 {
		t.Errorf("%d purchases were sent", n)
	}
}

// withBadKey starts with something in the key's place that cannot be one: everything can be looked at, what is wrong is said at
// the start and at each enter, nothing is bought, and what stands for the key is never quoted. The demo is there as without a key.
func withBadKey(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	x := h.open(t, startOptions{args: server.args(), env: []string{"REPLICATE_API_TOKEN=" + "not a key " + canary}})
	x.waitFor("key unusable: nothing is bought", "is not a key")
	x.develop("A boat.")
	x.waitFor("Nothing is bought until it is mended.")
	x.send("\x18")
	x.waitFor("d demo")
	x.send("d")
	x.waitFor("DEMO · free")
	x.quitUnbought(server)
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("what stands for the key is quoted, as %q", form)
	}
}

// quitUnbought leaves, and checks that nothing was bought.
func (x *terminal) quitUnbought(s *server) {
	x.t.Helper()
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
	if n := s.Counts().Posts; n != 0 {
		x.t.Errorf("%d purchases were sent", n)
	}
}
