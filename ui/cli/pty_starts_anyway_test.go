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

// TestI16StartsAnyway: whatever is damaged or missing, the full screen starts, says what is wrong, and buys nothing that it could lose.
// TestFaultDiskFull and TestFaultReadOnlyHome have folders that cannot be written.
func TestI16StartsAnyway(t *testing.T) {
	t.Parallel()
	inParallel(t, "without a network", startWithoutNetwork)
	inParallel(t, "with damaged settings", startWithDamagedSettings)
	inParallel(t, "with a damaged history", startWithDamagedHistory)
	inParallel(t, "with a damaged form", startWithDamagedForm)
	inParallel(t, "with a folder in place of the history", startWithFolderAsHistory)
	inParallel(t, "with an invalid key", startWithInvalidKey)
}

// startWithoutNetwork buys where no server listens: the program says so, and nothing is sent.
func startWithoutNetwork(t *testing.T) {
	h := newHome(t)
	x := h.open(t, startOptions{args: []string{"--provider", "replicate", "--base-url", "http://127.0.0.1:1/v1"}, env: []string{"REPLICATE_API_TOKEN=" + canary}})
	x.waitFor("No pictures yet.")
	x.develop("A boat.")
	x.waitFor("nothing is billed.")
	x.waitForDraft("A boat.")
	x.quit()
	if made := h.list(t); len(made) != 1 || made[0].ID != "" || made[0].State == "unconfirmed" {
		t.Errorf("the history holds %+v", made)
	}
}

// startWithDamagedSettings starts with a settings file that is not TOML: the program says so at the start and at each enter, and buys
// nothing, since provider and folder may not be the ones that the user meant.
func startWithDamagedSettings(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	h.writeFile(t, "config/tintype/config.toml", "provider = \"replicate\"\nbase_url = [[[\n")
	x := h.open(t, server.options())
	x.waitFor("settings unread: nothing is bought", "config.toml cannot be read at line 2", "Nothing is bought until it is fixed.")
	x.develop("A boat.")
	x.waitFor("Nothing is bought until it is fixed.")
	x.waitForNo("1 running")
	x.quitUnbought(server)
	demo := h.open(t, startOptions{args: []string{"--demo"}}) // which bills nothing
	demo.waitForDemo()
	h.writeFile(t, "config/tintype/config.toml", fmt.Sprintf("motion = \"wild\"\ndata_dir = %q\n", filepath.Join(h.dir, "elsewhere")))
	h.writeFile(t, "elsewhere/history.jsonl", pastLine)
	again := h.open(t, server.options()) // its good lines are used
	again.waitFor("settings unread: nothing is bought", "A fox of old.")
}

// pastLine is a line of an old history.
const pastLine = `{"v":1,"key":"01jgxbt61fmtvp1as233zzr6qe","rev":1,"time":"2025-01-06T08:30:58Z","state":"failed","provider":"replicate",` +
	`"model":"black-forest-labs/flux-schnell","input":{"prompt":"A fox of old."}}` + "\n"

// startWithDamagedHistory starts with bad lines of every kind among good ones: the good ones are shown, all stay as they are, the next
// purchase is recorded, and doctor counts the bad ones.
func startWithDamagedHistory(t *testing.T) {
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

// startWithDamagedForm starts with a truncated form: the form is empty, and the program says so.
func startWithDamagedForm(t *testing.T) {
	h := newHome(t)
	h.writeFile(t, "data/tintype-demo/form.json", `{"v":1,"draft":"A pap`)
	x := h.openDemo(t)
	x.waitFor("The form starts empty, form.json could not be used")
	x.send("A boat.")
	x.waitForDraft("A boat.")
}

// startWithFolderAsHistory starts with a folder in place of history.jsonl.
func startWithFolderAsHistory(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	h.writeFile(t, "data/tintype/history.jsonl/in-the-way", "x")
	x := h.open(t, server.options())
	x.waitFor("ctrl+c quit", "nothing is bought")
	x.develop("A boat.")
	x.waitFor("Not sent: the history cannot be read")
	if n := server.Counts().Posts; n != 0 {
		t.Errorf("%d purchases were sent", n)
	}
}

// startWithInvalidKey starts with an invalid key: the history can be viewed, the program says what is wrong at the start and at each
// enter, buys nothing, and never quotes the key. The demo can be opened.
func startWithInvalidKey(t *testing.T) {
	server, h := newServer(t, quick), newHome(t)
	x := h.open(t, startOptions{args: server.args(), env: []string{"REPLICATE_API_TOKEN=" + "not a key " + canary}})
	x.waitFor("key unusable: nothing is bought", "is not a key")
	x.develop("A boat.")
	x.waitFor("Nothing is bought until it is fixed.", "start the demo")
	x.sendUntil("d", "DEMO · free") // the dialog takes no key in its first moments
	x.waitFor("DEMO · free")
	x.quitUnbought(server)
	if form := demotest.FindKey(x.written); form != "" {
		t.Errorf("the invalid key is quoted, as %q", form)
	}
}

// quitUnbought leaves and checks that nothing was bought.
func (x *terminal) quitUnbought(s *server) {
	x.t.Helper()
	x.send(ctrlC)
	x.waitForExit()
	x.checkRestored()
	if n := s.Counts().Posts; n != 0 {
		x.t.Errorf("%d purchases were sent", n)
	}
}
