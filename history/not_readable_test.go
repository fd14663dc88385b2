package history

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"tintype/history/disk"
)

const wholeLine = `{"v":1,"key":"01k0000000000000000000aaaa","rev":2,"time":"2026-11-20T10:00:00Z","state":"done","id":"abc","input":{"prompt":"one"}}` + "\n"

// TestHistoryThatIsThereAndCannotBeRead: what has the journal's name, or its folder's, and is none is said, blocks buying, and is left
// as it is. Only where nothing has the name a journal is begun.
func TestHistoryThatIsThereAndCannotBeRead(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("links and sockets are other things there")
	}
	replaceFolder := func(make func(dir string) error) func(string, string) error {
		return func(dir, _ string) error { return errors.Join(os.Remove(dir), make(dir)) }
	}
	for name, c := range map[string]struct {
		make func(dir, journal string) error
		says string
	}{
		"nothing":   {func(_, _ string) error { return nil }, ""},
		"no folder": {func(dir, _ string) error { return os.Remove(dir) }, ""},
		"a link to a journal": {func(dir, journal string) error {
			return errors.Join(os.WriteFile(dir+".elsewhere", []byte(wholeLine), 0o600), os.Symlink(dir+".elsewhere", journal))
		}, ""},
		"a folder":              {func(_, journal string) error { return os.Mkdir(journal, 0o700) }, "is not a file"},
		"a link to nothing":     {func(_, journal string) error { return os.Symlink("/nowhere/at/all", journal) }, "a link to /nowhere/at/all"},
		"a link to a new file":  {func(dir, journal string) error { return os.Symlink(filepath.Join(dir, "new"), journal) }, "which is not there"},
		"a link to itself":      {func(_, journal string) error { return os.Symlink(journal, journal) }, "gives errors"},
		"a socket":              {func(_, journal string) error { return bind(t, journal) }, "is not a file"},
		"a file for a folder":   {replaceFolder(func(dir string) error { return os.WriteFile(dir, nil, 0o600) }), "is not a folder"},
		"a link for a folder":   {replaceFolder(func(dir string) error { return os.Symlink("/nowhere/at/all", dir) }), "a link to /nowhere/at/all"},
		"zero bytes for a file": {func(_, journal string) error { return os.WriteFile(journal, make([]byte, 9000), 0o600) }, "zero bytes"},
		"a line of all": {func(_, journal string) error {
			return os.WriteFile(journal, []byte(strings.Repeat(strings.TrimSpace(wholeLine)+"\r", 30_000)), 0o600)
		}, "much of it is not a history"},
		"many zero bytes": {func(_, journal string) error { return os.WriteFile(journal, make([]byte, 3<<20), 0o600) }, "zero bytes"},
		"a line and zero bytes": {func(_, journal string) error {
			return os.WriteFile(journal, append([]byte(wholeLine), make([]byte, 3<<20)...), 0o600)
		}, ""},
		"a parent that is no folder": {replaceFolder(func(dir string) error {
			return errors.Join(os.WriteFile(dir+"0", nil, 0o600), os.Symlink(dir+"0/below", dir))
		}), "cannot be read"},
	} {
		dir := filepath.Join(shortDir(t), "d")
		if err := errors.Join(os.Mkdir(dir, 0o700), c.make(dir, filepath.Join(dir, "history.jsonl"))); err != nil {
			t.Fatal(name, err)
		}
		before := names(dir)
		h, err := Open(Options{Dir: dir})
		if err != nil {
			t.Fatal(name, err)
		}
		unreadable, notWritable := h.Unreadable(), h.WriteError()
		if (unreadable != nil) != (c.says != "") || (notWritable != nil) != (c.says != "") {
			t.Errorf("%s: unreadable %v, not writable %v", name, unreadable, notWritable)
		}
		if c.says != "" {
			var reason *WriteError
			if !errors.As(notWritable, &reason) || reason.Code != disk.Unreadable || !strings.Contains(unreadable.Error(), c.says) {
				t.Errorf("%s: %v", name, notWritable)
			}
			if after := names(dir); !slices.Equal(after, before) {
				t.Errorf("%s: it made %v of %v", name, after, before)
			}
			if report, err := h.Check(t.Context(), true, func(Finding) {}); err != nil || report.Counts[NotWritable] == 0 {
				t.Errorf("%s: doctor finds %v, %v", name, report.Counts, err)
			}
		}
		_ = h.Close()
	}
}

// shortDir is a temporary folder whose name leaves room for a socket's.
func shortDir(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "h") //nolint:usetesting // the name of t.TempDir is too long on some systems
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func bind(t *testing.T, name string) error {
	t.Helper()
	l, err := net.Listen("unix", name)
	if err == nil {
		t.Cleanup(func() { _ = l.Close() })
	}
	return err
}

func names(dir string) (found []string) {
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		found = append(found, e.Name())
	}
	return found
}

// TestReadableAgain: when what is in the way of the journal is gone, Refresh finds it.
func TestReadableAgain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	journal := filepath.Join(dir, "history.jsonl")
	if err := os.Mkdir(journal, 0o700); err != nil {
		t.Fatal(err)
	}
	h := openHistory(t, dir)
	if h.Unreadable() == nil {
		t.Fatal("a folder can be read")
	}
	if err := errors.Join(os.Remove(journal), os.WriteFile(journal, []byte(wholeLine), 0o600)); err != nil {
		t.Fatal(err)
	}
	if changed, err := h.Refresh(t.Context()); err != nil || h.Unreadable() != nil || h.WriteError() != nil {
		t.Errorf("%v: %v, %v, %v", changed, err, h.Unreadable(), h.WriteError())
	}
	if _, err := h.Get("01k0000000000000000000aaaa"); err != nil {
		t.Error(err)
	}
}

// TestMendZeroBytes: an erased journal is kept, and a new one begun.
func TestMendZeroBytes(t *testing.T) {
	t.Parallel()
	h := openHistory(t, writeJournal(t, strings.Repeat("\x00", 5000)))
	if h.Unreadable() == nil {
		t.Fatal("it can be read")
	}
	if _, err := h.Check(t.Context(), false, func(f Finding) {
		if strings.Contains(f.Fix, "Nothing needs to be done") {
			t.Errorf("%+v", f)
		}
	}); err != nil {
		t.Error(err)
	}
	m, err := h.Mend(t.Context())
	kept, readErr := os.ReadFile(m.Backup)
	if err != nil || readErr != nil || len(kept) != 5000 || h.Unreadable() != nil || h.WriteError() != nil {
		t.Errorf("%+v, %v, %d bytes, %v, %v", m, err, len(kept), h.Unreadable(), h.WriteError())
	}
}

// TestUnreadableLines: lines that may be predictions are counted, what a crash leaves is not.
func TestUnreadableLines(t *testing.T) {
	t.Parallel()
	good := strings.Repeat(wholeLine, 9)
	for _, c := range []struct {
		journal string
		want    int
	}{
		{good, 0},
		{good + wholeLine[:80] + "\n" + "\x00\x00\x00\n\n", 0},
		{good + strings.TrimSpace(wholeLine) + wholeLine, 1},
		{"<<<<<<< HEAD\n" + good + "=======\n", 2},
		{good + "not a line", 1},
		{good + strings.Repeat("[0],", LineLimit), 1},
		{strings.Repeat("[0],", LineLimit) + "\n" + good, 1},
	} {
		h := openHistory(t, writeJournal(t, c.journal))
		if err := h.BuildIndex(t.Context()); err != nil || h.UnreadableLines() != c.want || h.Unreadable() != nil {
			t.Errorf("%q: %d, %v, %v", c.journal[len(good)-20:], h.UnreadableLines(), err, h.Unreadable())
		}
	}
}

// TestTruncatedLines: that nothing needs to be done is said of a truncated line only if no purchase can be lost with it.
func TestTruncatedLines(t *testing.T) {
	t.Parallel()
	other := strings.ReplaceAll(wholeLine, "aaaa", "bbbb")
	intent := strings.NewReplacer(`"rev":2`, `"rev":1`, `"id":"abc",`, ``).Replace(wholeLine)
	cut := func(line string) string { return line[:len(line)-12] + "\n" }
	for name, c := range map[string]struct {
		journal  string
		harmless bool
	}{
		"an intent that was not sent":      {cut(intent) + other, true},
		"one that was written again":       {cut(wholeLine) + wholeLine, true},
		"one with a later state":           {cut(wholeLine) + strings.Replace(wholeLine, `"rev":2`, `"rev":3`, 1), true},
		"the only one with the id":         {intent + cut(wholeLine) + other, false},
		"the only one of its prediction":   {other + cut(wholeLine), false},
		"one that was wrapped":             {other + other + strings.Replace(intent, `"state"`, "\n\"state\"", 1), false},
		"one that was wrapped and written": {strings.Replace(wholeLine, `"input"`, "\n\"input\"", 1) + wholeLine, false},
	} {
		h := openHistory(t, writeJournal(t, c.journal))
		var fixes []string
		if _, err := h.Check(t.Context(), false, func(f Finding) {
			if f.Kind == Truncated {
				fixes = append(fixes, f.Fix)
			}
		}); err != nil {
			t.Fatal(err)
		}
		if len(fixes) != 1 || strings.Contains(fixes[0], "Nothing needs to be done") != c.harmless {
			t.Errorf("%s: %q", name, fixes)
		}
	}
}

// TestPathsOfOutputs: a picture's path is one of a file in the folder; the folder itself is none.
func TestPathsOfOutputs(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		".": "", "./": "", "pictures/..": "", "a/../.": "", "": "", "..": "", "../x.png": "", "/x.png": "",
		"pictures/x.png": "pictures/x.png", "x.png": "x.png", "./x.png": "./x.png",
	} {
		if got := (Output{Path: path}).LocalPath(); got != want {
			t.Errorf("%q is %q", path, got)
		}
	}
}
