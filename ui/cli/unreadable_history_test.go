package cli_test

import (
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf16"
)

// TestUnreadableHistory: every command reports a history that another program saved in UTF-16, and fails. Nothing is bought, and no command
// claims that the history is empty. doctor --mend makes it readable, joins a copy, and keeps both.
func TestUnreadableHistory(t *testing.T) {
	t.Parallel()
	s := newCommandLine(t, t.TempDir())
	dir := filepath.Join(s.home, "history")
	file := filepath.Join(dir, "history.jsonl")
	tintype := func(want int, command string, more ...string) (out, said string) {
		t.Helper()
		code, o, e := s.run("", append([]string{command, "--demo", "--data-dir", dir}, more...)...)
		if code != want {
			t.Errorf("%s %q exits with %d, want %d; it said %s%s", command, more, code, want, o, e)
		}
		return string(o), string(e)
	}
	line := `{"v":1,"key":"01k0000000000000000000bbbb","rev":1,"state":"done","provider":"demo","input":{"prompt":"A paper boat."}}`
	wide := []byte("\xff\xfe")
	for _, unit := range utf16.Encode([]rune(line + "\r\n")) {
		wide = binary.LittleEndian.AppendUint16(wide, unit)
	}
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(file, wide, 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"list"}, {"list", "--json"}, {"follow"}, {"cancel", "--all"}, {"run", "Another."}, {"compact"}, {"doctor"}, {"show"}, {"preview"}, {"cancel"}} {
		out, said := tintype(1, command[0], command[1:]...)
		if first, _, _ := strings.Cut(said, "\n"); first != "" && strings.Count(said, first) > 1 {
			t.Errorf("%q says it twice: %s", command, said)
		}
		if !strings.Contains(out+said, "cannot be read") || !strings.Contains(out+said, "doctor --mend") {
			t.Errorf("%q says %s%s", command, out, said)
		}
		for _, untrue := range []string{"No pictures yet", "Nothing is running", "no prediction yet", "no picture yet", "delete it", "Nothing is wrong"} {
			if strings.Contains(out+said, untrue) {
				t.Errorf("%q says %q", command, untrue)
			}
		}
	}
	if now, _ := os.ReadFile(file); string(now) != string(wide) {
		t.Error("the file has changed")
	}
	lost := `{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"done","provider":"demo","input":{"prompt":"A lost boat."}}`
	if err := os.WriteFile(filepath.Join(dir, "history (conflicted copy).jsonl"), []byte(lost), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, _ := tintype(0, "doctor", "--mend"); !strings.Contains(out, "1 line from copies") || strings.Count(out, ".jsonl.old") != 2 {
		t.Errorf("it says %s", out)
	}
	if out, _ := tintype(0, "list"); !strings.Contains(out, "A lost boat.") || !strings.Contains(out, "A paper boat.") {
		t.Errorf("the list is %s", out)
	}
}

// TestHistoryThatIsNoFile: a history that is there and is no file is said by every command that looks at it, and is no empty one.
func TestHistoryThatIsNoFile(t *testing.T) {
	t.Parallel()
	s := newCommandLine(t, t.TempDir())
	dir := filepath.Join(s.home, "history")
	if err := os.MkdirAll(filepath.Join(dir, "history.jsonl"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, command := range [][]string{{"list"}, {"list", "--json"}, {"list", "boat"}, {"follow"}, {"cancel", "--all"}, {"run", "A boat."}, {"compact"}, {"doctor"}, {"doctor", "--mend"}} {
		code, out, said := s.run("", append(command, "--demo", "--data-dir", dir)...)
		if all := string(out) + string(said); code != 1 || !strings.Contains(all, "The history cannot be read") || strings.Contains(all, "No pictures yet") || strings.Contains(all, "Nothing is wrong") {
			t.Errorf("%q exits with %d and says %s", command, code, all)
		}
	}
}

// TestUnreadableLines: a few lines that cannot be read are counted where somebody looks, and cost nothing else.
func TestUnreadableLines(t *testing.T) {
	t.Parallel()
	s := newCommandLine(t, t.TempDir())
	dir := filepath.Join(s.home, "history")
	line := `{"v":1,"key":"01k0000000000000000000bbbb","rev":1,"state":"done","provider":"demo","input":{"prompt":"A paper boat."}}` + "\n"
	content := strings.Repeat(line, 5) + strings.TrimSpace(line) + line + "=======\n"
	if err := errors.Join(os.MkdirAll(dir, 0o700), os.WriteFile(filepath.Join(dir, "history.jsonl"), []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		command []string
		code    int
		counts  bool
	}{
		{[]string{"list"}, 0, true},
		{[]string{"list", "--json"}, 0, true},
		{[]string{"list", "whale"}, 0, true},
		{[]string{"show", "01kzzz"}, 2, true},
		{[]string{"preview", "01kzzz"}, 2, true},
		{[]string{"show", "01k000"}, 0, false}, // it is there
	} {
		code, out, said := s.run("", append(c.command, "--demo", "--data-dir", dir)...)
		if code != c.code || strings.Contains(string(said), "2 lines of the history cannot be read") != c.counts {
			t.Errorf("%q exits with %d and says %s%s", c.command, code, out, said)
		}
	}
}
