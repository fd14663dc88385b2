package cli

import (
	"bytes"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"tintype/config"
	"tintype/history"
)

// TestThirtyInOneMinute: list prints short keys of thirty predictions that were made in one minute, and every command that takes a key takes
// them, also after more were made; one that has become ambiguous is refused with what it may mean.
func TestThirtyInOneMinute(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	now := time.Now().Add(-time.Hour)
	for i := range 30 {
		addEntry(t, dir, history.NewKey(now.Add(time.Duration(2*i)*time.Second)), fmt.Sprintf("Boat %d.", i), history.Done)
	}
	listed := map[string]string{} // prompts by short keys
	for line := range strings.Lines(runCommand(t, dir, exitOK, "list")) {
		fields := strings.Fields(line)
		if len(fields[0]) < 4 || len(fields[0]) > 7 {
			t.Errorf("a key of %d letters: %s", len(fields[0]), line)
		}
		listed[fields[0]] = strings.Join(fields[len(fields)-2:], " ")
	}
	if len(listed) != 30 {
		t.Fatalf("%d different keys", len(listed))
	}
	first := ""
	for key, prompt := range listed {
		if shown := runCommand(t, dir, exitOK, "show", key); !strings.HasPrefix(shown, prompt+"\n") {
			t.Errorf("show %s, listed as %s:\n%s", key, prompt, shown)
		}
		first = key
	}
	for _, command := range []string{"cancel", "follow"} {
		if said := runCommand(t, dir, exitOK, command, first); !strings.Contains(said, "Already done.") {
			t.Errorf("%s %s: %s", command, first, said)
		}
	}
	if said := runCommand(t, dir, exitFailed, "preview", first); !strings.Contains(said, "has no picture on this disk") {
		t.Errorf("preview %s: %s", first, said)
	}

	addEntry(t, dir, "01zzzzzzzzzzzzzzzzzzzzzzzz"[:26-len(first)]+first, "Another ship.", history.Done)
	for _, command := range []string{"show", "cancel", "follow", "preview"} {
		said := runCommand(t, dir, exitUsage, command, first)
		for _, want := range []string{fmt.Sprintf("Several predictions match %q; type more of the key:", first), "  Another ship.", "  " + listed[first] + "\n"} {
			if !strings.Contains(said, want) {
				t.Errorf("%s %s lacks %q:\n%s", command, first, want, said)
			}
		}
	}
	if said := runCommand(t, dir, exitUsage, "show", "zzzzzz"); !strings.Contains(said, "No prediction matches") {
		t.Errorf("a key that nothing has: %s", said)
	}
}

// TestCompletionOfKeys: the shell completes short keys, with the prompts, newest first; cancel those that are running.
func TestCompletionOfKeys(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	keys := []string{"01kb00000000000000000b0at1", "01kb00000000000000000b0at2", "01kb00000000000000000b0at3"}
	for i, prompt := range []string{"A paper boat\nat sea", strings.Repeat("A very long boat. ", 9), "A tab\there"} {
		state := history.Done
		if i == 0 {
			state = history.Waiting
		}
		addEntry(t, dir, keys[i], prompt, state)
	}
	const long = "A very long boat. A very long boat. A very long boat. A ver…"
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"show", ""}, "0at3\tA tab here\n0at2\t" + long + "\n0at1\tA paper boat at sea\n:36\n"},
		{[]string{"show", "0at1", ""}, ":4\n"},
		{[]string{"follow", "0at3", "0at2", ""}, "0at1\tA paper boat at sea\n:36\n"},
		{[]string{"cancel", ""}, "0at1\tA paper boat at sea\n:36\n"},
		{[]string{"preview", ""}, ":0\n"},
		{[]string{"models", "flux-dev", ""}, ":4\n"},
		{[]string{"preview", "./0at"}, ":0\n"},
	} {
		got := runCommand(t, dir, exitOK, append([]string{"__complete"}, c.args...)...)
		if got, _, _ = strings.Cut(got, "Completion ended"); got != c.want {
			t.Errorf("%q: %q, want %q", c.args, got, c.want)
		}
	}
}

// TestWrongWords: a word or a value that a command does not take is said by our own sentences, with what may be meant, and exits with 2.
func TestWrongWords(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for _, c := range []struct {
		args []string
		want string
	}{
		{[]string{"completion", "bassh"}, `"bassh" is not. Did you mean bash?`},
		{[]string{"list", "--json=maybe"}, `--json is on without a value, or takes true or false; "maybe" is neither.`},
		{[]string{"list", "--data-dir="}, "--data-dir is empty"},
		{[]string{"run", "-m", "flux-kontext-pro", "--set", "input_image=" + filepath.Join(dir, "none.png"), "x"}, "There is no file for the input image: "},
	} {
		if said := runCommand(t, dir, exitUsage, c.args...); !strings.Contains(said, c.want) {
			t.Errorf("%q: %s", c.args, said)
		}
	}
	if said := runCommand(t, dir, exitOK, "__complete", "models", ""); !strings.Contains(said, "flux-2-pro\n") {
		t.Errorf("no models: %s", said)
	}
}

// TestModelOfTheFullScreen: a model that cannot be is said, and not replaced in silence by the default, which would be bought: as an error if it
// is named for this run, and as a sentence on the screen if it is in the settings file.
func TestModelOfTheFullScreen(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model         string
		from          config.Source
		sentence, err string
	}{
		{"flux-dev", "--model", "", ""},
		{"someone/else", config.SourceFile, "", ""},
		{"flux-devv", "--model", "", "Did you mean flux-dev?"},
		{"flux-3", "TINTYPE_MODEL", "", "films"},
		{"flux-3", config.SourceFile, "In the settings file: flux-3 makes films", ""},
	} {
		sentence, err := modelTrouble(config.Settings{Model: c.model, Source: map[string]config.Source{"model": c.from}})
		if !strings.HasPrefix(sentence, c.sentence) || (sentence == "") != (c.sentence == "") || !strings.Contains(fmt.Sprint(err), c.err) || (err == nil) != (c.err == "") {
			t.Errorf("%+v: %q, %v", c, sentence, err)
		}
	}
	t.Run("doctor", func(t *testing.T) {
		d := &diagnosis{}
		d.listSettings(config.Settings{Model: "flux-3"})
		if len(d.Findings) != 1 || !strings.Contains(d.Findings[0].Sentence, "films") {
			t.Errorf("%+v", d.Findings)
		}
	})
}

// addEntry adds a prediction to the history in a folder.
func addEntry(t *testing.T, dir, key, prompt string, state history.State) {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	_, err = h.Append(key, func(e history.Entry) history.Entry {
		e.State, e.Provider, e.BaseURL, e.Model = state, "demo", demoBaseURL, "black-forest-labs/flux-schnell"
		e.Input = map[string]any{"prompt": prompt}
		return e
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runCommand runs a command line of the demo over a folder and checks its exit code. It returns all that was printed.
func runCommand(t *testing.T, dir string, want int, args ...string) string {
	t.Helper()
	env := map[string]string{"HOME": t.TempDir(), "TERM": "xterm-256color", "TINTYPE_DATA_DIR": dir, "TINTYPE_PROVIDER": "demo"}
	var out, errs bytes.Buffer
	code := Run(context.Background(), args, func(name string) string { return env[name] }, strings.NewReader(""), &out, &errs)
	if code != want {
		t.Errorf("%q: exit code %d, want %d: %s%s", args, code, want, &out, &errs)
	}
	return out.String() + errs.String()
}
