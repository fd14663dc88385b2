//go:build linux

package watchfile

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/fsnotify/fsnotify"
)

// recorded are ways of saving a file: a command of a shell, or the keys of an editor on a terminal. FILE is the file. Vim makes no backups in
// /tmp unless backupskip is empty.
var recorded = map[string]struct {
	command string
	keys    []string
}{
	"vim":        {"vim -u DEFAULTS -c 'set backupskip=' FILE", []string{"A, at dusk", "\x1b", ":w\r", ":q\r"}},
	"vim-backup": {"vim -u DEFAULTS -c 'set backup backupcopy=no backupskip=' FILE", []string{"A, at dusk", "\x1b", ":wq\r"}},
	"nano":       {"nano FILE", []string{"\x05, at dusk", "\x0f", "\r", "\x18"}},
	"nano-b":     {"nano -B FILE", []string{"\x05, at dusk", "\x0f", "\r", "\x18"}},
	"sed":        {"sed -i s/fox/hare/ FILE", nil},
	"mv":         {"echo 'a hare' >FILE.new && mv FILE.new FILE", nil},
	"echo":       {"echo 'a hare' >FILE", nil},
	"append":     {"echo 'at dusk' >>FILE", nil},
	"truncate":   {"cp FILE /tmp/tintype-$$ && : >FILE && sleep 0.05 && cat /tmp/tintype-$$ - >FILE <<<'at dusk'; rm /tmp/tintype-$$", nil},
	"remove":     {"rm FILE && sleep 0.1 && echo 'a hare' >FILE", nil},
}

// TestRecord records the events of a folder while programs save a file in it. They are test data: TINTYPE_RECORD=1 go test -run Record
func TestRecord(t *testing.T) {
	if os.Getenv("TINTYPE_RECORD") == "" {
		t.Skip("TINTYPE_RECORD is not set")
	}
	for name, how := range recorded {
		events := record(t, how.command, how.keys)
		if err := os.WriteFile(filepath.Join("testdata", "events", name+".txt"), []byte(strings.Join(events, "\n")+"\n"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// record returns a line for each event: milliseconds since the first, what happened, the name, and the text of the file then.
func record(t *testing.T, command string, keys []string) []string {
	dir := t.TempDir()
	path := filepath.Join(dir, "fox.txt")
	if err := os.WriteFile(path, []byte("a fox\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	if err := w.Add(dir); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		perform(t, strings.ReplaceAll(command, "FILE", path), keys)
	}()
	var events []string
	var start time.Time
	for {
		select {
		case event := <-w.Events:
			if start.IsZero() {
				start = time.Now()
			}
			text, err := os.ReadFile(path)
			shown := fmt.Sprintf("%q", text)
			if err != nil {
				shown = "-"
			}
			events = append(events, fmt.Sprintf("%d\t%s\t%s\t%s", time.Since(start).Milliseconds(), event.Op, filepath.Base(event.Name), shown))
		case <-done:
			done = nil
		case <-time.After(time.Second):
			if done == nil {
				return events
			}
		}
	}
}

// perform runs a command of a shell on a terminal, and presses keys.
func perform(t *testing.T, command string, keys []string) {
	c := exec.Command("bash", "-c", command)
	c.Env = append(os.Environ(), "TERM=xterm", "HOME="+t.TempDir())
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Error(err)
		return
	}
	defer terminal.Close()
	go func() {
		for b := make([]byte, 4096); ; {
			if _, err := terminal.Read(b); err != nil {
				return
			}
		}
	}()
	for _, key := range keys {
		time.Sleep(700 * time.Millisecond)
		_, _ = terminal.WriteString(key)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("%s: %v", command, err)
	}
}
