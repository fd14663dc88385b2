package history

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
)

// TestI16StartsAnyway: whatever is in the place of the data folder or its files, the history opens and can be read. It says in
// a sentence what is wrong, and refuses to record, so that nothing is bought.
func TestI16StartsAnyway(t *testing.T) {
	t.Parallel()
	for name, obstruct := range map[string]func(dir string) error{
		"a file in the folder's place":    func(dir string) error { return errors.Join(os.Remove(dir), os.WriteFile(dir, nil, 0o600)) },
		"a link to nowhere in its place":  func(dir string) error { return errors.Join(os.Remove(dir), os.Symlink("/nowhere/at/all", dir)) },
		"a folder in the journal's place": func(dir string) error { return os.Mkdir(filepath.Join(dir, "history.jsonl"), 0o700) },
		"a link in a circle":              func(dir string) error { return os.Symlink("history.jsonl", filepath.Join(dir, "history.jsonl")) },
		"a link to a folder that is gone": func(dir string) error { return os.Symlink("/nowhere/h", filepath.Join(dir, "history.jsonl")) },
		"a folder in the lock's place":    func(dir string) error { return os.Mkdir(filepath.Join(dir, "history.lock"), 0o700) },
		"a link in the lock's place":      func(dir string) error { return os.Symlink("/nowhere/l", filepath.Join(dir, "history.lock")) },
		"a name that is too long for them": func(dir string) error {
			return os.Symlink(strings.Repeat("x", 300), filepath.Join(dir, "history.lock"))
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "data")
			if err := errors.Join(os.Mkdir(dir, 0o700), obstruct(dir)); err != nil {
				t.Skip("not here: ", err)
			}
			h := openHistory(t, dir)
			if e, err := h.Latest(5); len(e) > 0 || err != nil && !isSentence(err) {
				t.Errorf("%v, %v", e, err)
			}
			synctest.Test(t, func(t *testing.T) {
				_, err := h.Append(NewKey(noon), withPrompt("a boat"))
				var writeErr *WriteError
				if !errors.As(err, &writeErr) || h.WriteError() == nil || !isSentence(err) || !strings.Contains(err.Error(), "nothing is bought") {
					t.Errorf("the line was recorded, or refused with %v; write error %v", err, h.WriteError())
				}
			})
		})
	}
}

func isSentence(err error) bool {
	s := err.Error()
	return s != "" && strings.ToUpper(s[:1]) == s[:1] && !strings.Contains(s, "failed to")
}

// TestI16StartsAnywayDamaged: a journal with any content opens, keeps all its bytes, and accepts lines.
func TestI16StartsAnywayDamaged(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(16, 16))
	noise := make([]byte, 3<<20)
	for i := range noise {
		noise[i] = byte(r.UintN(256))
	}
	for name, data := range map[string]string{
		"empty":               "",
		"noise":               string(noise),
		"zero bytes":          strings.Repeat("\x00", 3<<20),
		"one line of 3 MiB":   strings.Repeat("x", 3<<20),
		"line feeds alone":    strings.Repeat("\n", 1<<20),
		"braces":              strings.Repeat("{", 1<<20),
		"another program's":   strings.Repeat(`{"level":"info","msg":"hello","key":7}`+"\n", 1000),
		"a picture":           string(encodePNG(t, 50, 50)),
		"a torn line at last": badLines[:len(badLines)-20],
	} {
		t.Run(name, func(t *testing.T) {
			h := openHistory(t, writeJournal(t, data))
			if err := h.WriteError(); err != nil {
				t.Error(err)
			}
			if _, err := h.Latest(5); err != nil || h.BuildIndex(t.Context()) != nil {
				t.Errorf("it cannot be read: %v", err)
			}
			key := NewKey(noon)
			mustAppend(t, h, key, withPrompt("a boat"))
			if e, err := openHistory(t, h.dir).Get(key); err != nil || e.Prompt() != "a boat" {
				t.Errorf("%+v %v", e, err)
			}
			if now, _ := os.ReadFile(h.journalPath()); !strings.HasPrefix(string(now), data) {
				t.Error("old bytes changed")
			}
			if _, err := h.Check(t.Context(), false, func(Finding) {}); err != nil {
				t.Error(err)
			}
		})
	}
}
