package lab_test

import (
	"os"
	"path/filepath"
	"testing"

	"tintype/history"
	"tintype/ui/lab"
)

// TestVerdictsThatAnEditorSaved: a byte order mark and line ends of Windows are nothing.
func TestVerdictsThatAnEditorSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, err := history.Open(history.Options{Dir: dir, App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	l := &lab.Lab{History: h}
	if _, err := l.TellVerdict("a", "b", lab.Verdict{Key: "k", Picture: "p", Verdict: "g"}); err != nil {
		t.Fatal(err)
	}
	files, _ := filepath.Glob(filepath.Join(dir, "labs", "bisect-*.json"))
	if err := os.WriteFile(files[0], []byte("\ufeff{\"good\":\"a\",\r\n\"bad\":\"b\",\"steps\":[{\"key\":\"k\",\"picture\":\"p\",\"verdict\":\"b\"}]}\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if v, err := l.Verdicts("a", "b"); err != nil || len(v.Steps) != 1 || v.Steps[0].Verdict != "b" {
		t.Errorf("%v %+v", err, v)
	}
}
