//go:build !windows

package history

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// errHarmless means that a pipe does not matter, since another file takes its place.
var errHarmless = errors.New("harmless")

func harmless(h *History) error {
	if err := h.CheckRoom(Entry{Key: "01k0000000000000000000aaaa"}, 1); err != nil {
		return err
	}
	return errHarmless
}

// TestPipesAreRefused: a pipe in the place of any file that is read or written for a purchase or its picture blocks nothing. The error
// names it, and nothing is recorded.
func TestPipesAreRefused(t *testing.T) {
	t.Parallel()
	for name, do := range map[string]func(h *History) error{
		"history.jsonl": func(h *History) error { _, err := h.Append(NewKey(noon), intent); return err },
		"history.lock":  func(h *History) error { _, err := h.Append(NewKey(noon), intent); return err },
		"pictures/01k0000000000000000000aaaa-1.part":      harmless,
		"pictures/01k0000000000000000000aaaa-1.part.etag": harmless,
		"running/01k0000000000000000000aaaa-1.part.lock": func(h *History) error {
			return h.CheckRoom(Entry{Key: "01k0000000000000000000aaaa"}, 1)
		},
	} {
		t.Run(filepath.Base(name), func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			path := filepath.Join(dir, name)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), syscall.Mkfifo(path, 0o600)); err != nil {
				t.Skip("no pipes here: ", err)
			}
			h := openHistory(t, dir)
			err := do(h)
			var refused *WriteError
			switch {
			case err == errHarmless:
			case !errors.As(err, &refused) || !strings.Contains(err.Error(), path):
				t.Errorf("%v", err)
			}
			if _, err := h.Check(t.Context(), true, func(Finding) {}); err != nil {
				t.Errorf("doctor: %v", err)
			}
			if h.DriverAlive("01k0000000000000000000aaaa") {
				t.Error("a program runs that does not")
			}
		})
	}
}

// TestPipeAsAPicture: doctor does not wait for a pipe that has a picture's name.
func TestPipeAsAPicture(t *testing.T) {
	t.Parallel()
	h := openHistory(t, writeJournal(t, strings.Replace(threeLines[0], `"pictures/a.png"`, `"pictures/a.png","sha256":"00"`, 1)+"\n"))
	if err := errors.Join(os.MkdirAll(h.Path("pictures"), 0o700), syscall.Mkfifo(h.Path("pictures/a.png"), 0o600)); err != nil {
		t.Skip("no pipes here: ", err)
	}
	report, err := h.Check(t.Context(), true, func(Finding) {})
	if err != nil || report.Counts[PictureChanged] != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}
