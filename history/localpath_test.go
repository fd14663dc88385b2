package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLocalPath: only what stays in the data folder on every system is a path of a picture.
func TestLocalPath(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"pictures/a.png", "a.png", "pictures/2026/a b.png", "pictures/лодка.png", "./pictures/a.png", "pictures/../b.png", "..a/b.png"} {
		if got := (Output{Path: path}).LocalPath(); got != path {
			t.Errorf("%q becomes %q", path, got)
		}
	}
	for _, path := range []string{
		"", "..", "../a.png", "../../../x.png", "pictures/../../a.png", "/etc/passwd", "//server/share/a.png", `..\a.png`, `pictures\..\..\a.png`,
		`C:\a.png`, "C:/a.png", "C:a.png", `\\server\share\a.png`, `\a.png`, `\\?\C:\a.png`, "a.png:stream", "a\x00.png",
	} {
		if got := (Output{Path: path}).LocalPath(); got != "" {
			t.Errorf("%q is used", path)
		}
	}
}

// TestCheckOpensNothingOutside: doctor does not look at a file outside of the data folder, even if its checksum is right.
func TestCheckOpensNothingOutside(t *testing.T) {
	t.Parallel()
	dir := writeJournal(t, `{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"done","outputs":[{"path":"../outside.png","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}`+"\n")
	if err := os.WriteFile(filepath.Join(dir, "../outside.png"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	report, err := openHistory(t, dir).Check(t.Context(), true, func(f Finding) {
		if f.Kind == PictureMissing && !strings.Contains(f.Sentence, "outside of the data folder") {
			t.Errorf("%+v", f)
		}
	})
	if err != nil || report.Verified != 0 || report.Counts[PictureMissing] != 1 {
		t.Errorf("%+v, %v", report, err)
	}
}

// TestCheckIsBounded: however many lines are wrong, and in whatever way, the findings of a kind are bounded, and all are counted.
func TestCheckIsBounded(t *testing.T) {
	t.Parallel()
	const lines = 3 * MaxFindings
	for kind, line := range map[FindingKind]func(i int) string{
		Foreign:        func(int) string { return "{}" },
		Truncated:      func(int) string { return `{"v":1,"key":` },
		Unfinished:     func(i int) string { return fmt.Sprintf(`{"key":"k%d","state":"waiting"}`, i) },
		Suspicious:     func(i int) string { return fmt.Sprintf(`{"key":"k%d","state":"unconfirmed"}`, i) },
		Duplicate:      func(int) string { return `{"key":"k","rev":1,"state":"done"}` },
		Newer:          func(i int) string { return fmt.Sprintf(`{"v":9,"key":"k%d"}`, i) },
		PictureMissing: func(i int) string { return fmt.Sprintf(`{"key":"k%d","state":"done","outputs":[{"path":"%d"}]}`, i, i) },
	} {
		t.Run(string(kind), func(t *testing.T) {
			t.Parallel()
			var b strings.Builder
			for i := range lines {
				b.WriteString(line(i) + "\n")
			}
			h, found := openHistory(t, writeJournal(t, b.String())), 0
			report, err := h.Check(t.Context(), false, func(f Finding) {
				if f.Kind == kind {
					found++
				}
			})
			if err != nil || found != MaxFindings || report.Counts[kind] < lines-1 {
				t.Errorf("%d findings, %d counted, %v", found, report.Counts[kind], err)
			}
		})
	}
}

// TestFilesAreLetGo: while the disk gives errors, lines that are tried again and again do not use up the files that a program may open.
func TestFilesAreLetGo(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	e := appendPrediction(t, h, "a boat")
	_ = h.fail(errors.New("broken"))
	for range 5 * replacedLimit {
		if err := h.reopen(); err != nil {
			t.Fatal(err)
		}
	}
	if len(h.replaced) > replacedLimit {
		t.Errorf("%d files are open", len(h.replaced))
	}
	if again, err := h.Get(e.Key); err != nil || again.Key != e.Key {
		t.Errorf("%+v, %v", again, err)
	}
}
