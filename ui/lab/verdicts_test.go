package lab_test

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/lab"
	"tintype/ui/picturekey"
)

// openLab returns a lab over a history of its own in a folder, as a further program has it.
func openLab(t *testing.T, dir string) *lab.Lab {
	t.Helper()
	h, err := history.Open(history.Options{Dir: dir, App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	return &lab.Lab{History: h}
}

func TestVerdictsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := openLab(t, dir)
	if v, err := l.Verdicts("a", "b"); err != nil || len(v.Steps) != 0 || v.Good != "a" || v.Bad != "b" {
		t.Errorf("%v %+v", err, v)
	}
	first, second := lab.Verdict{Key: "k", Picture: "p", Verdict: "g"}, lab.Verdict{Key: "l", Picture: "q", Verdict: "s"}
	want := lab.Verdicts{Good: "a", Bad: "b", Steps: []lab.Verdict{first, second}}
	for i, v := range want.Steps {
		if got, err := l.TellVerdict("a", "b", v); err != nil || len(got.Steps) != i+1 {
			t.Fatal(err, got)
		}
	}
	if got, err := l.Verdicts("a", "b"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%v %+v", err, got)
	}
	if got, _ := l.Verdicts("b", "a"); len(got.Steps) != 0 {
		t.Errorf("the other way round it has the same verdicts: %+v", got)
	}
	if _, err := l.Load("bisect"); err == nil {
		t.Error("verdicts are read as a plan")
	}
	files, _ := filepath.Glob(filepath.Join(dir, "labs", "bisect-*.json"))
	if len(files) != 1 {
		t.Fatal(files)
	}
	expectDamaged(t, l, files[0])
}

// expectDamaged fails the test unless damaged verdicts are told, with the file's name, and are not replaced.
func expectDamaged(t *testing.T, l *lab.Lab, path string) {
	t.Helper()
	for _, damaged := range []string{"{", `{"good":"a","bad":"c","steps":[]}`, `{"good":"a","bad":"b","steps":[{"picture":"p","verdict":"x"}]}`, `{"good":"a","bad":"b","steps":[{"verdict":"g"}]}`, ""} {
		if err := os.WriteFile(path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		if v, err := l.Verdicts("a", "b"); err == nil || !strings.Contains(err.Error(), path+" is damaged") || len(v.Steps) != 0 {
			t.Errorf("%q: %+v %v", damaged, v, err)
		}
		if _, err := l.TellVerdict("a", "b", lab.Verdict{Key: "k", Picture: "p", Verdict: "g"}); err == nil || !strings.Contains(err.Error(), "is damaged") {
			t.Errorf("%q: %v", damaged, err)
		}
		if data, _ := os.ReadFile(path); string(data) != damaged {
			t.Errorf("the damaged file is %q now, was %q", data, damaged)
		}
	}
}

// TestVerdictsThatAnEditorSaved: a byte order mark and line ends of Windows are nothing.
func TestVerdictsThatAnEditorSaved(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := openLab(t, dir)
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

// TestVerdictsWithoutAFolder: where the folder of plans cannot be made, the verdict is not kept, and a sentence says so.
func TestVerdictsWithoutAFolder(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	l := openLab(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "labs"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := l.TellVerdict("a", "b", lab.Verdict{Picture: "p", Verdict: "g"}); err == nil || !strings.HasPrefix(err.Error(), "The verdict is not kept: ") {
		t.Error(err)
	}
}

// TestVerdictsOfTwoPrograms: what one program says is kept beside what another one said meanwhile, and only what is undone is dropped.
func TestVerdictsOfTwoPrograms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	done := make(chan error)
	const programs, each = 4, 12
	for n := range programs {
		l := openLab(t, dir)
		go func() {
			var err error
			for i := 0; i < each && err == nil; i++ {
				_, err = l.TellVerdict("a", "b", lab.Verdict{Picture: picturekey.Key(fmt.Sprint(n, " ", i)), Verdict: "g"})
				if err == nil && i%2 == 1 {
					_, err = l.TellVerdict("a", "b", lab.Verdict{Picture: picturekey.Key(fmt.Sprint(n, " ", i))})
				}
			}
			done <- err
		}()
	}
	for range programs {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	if v, err := openLab(t, dir).Verdicts("a", "b"); err != nil || len(v.Steps) != programs*each/2 {
		t.Errorf("%d verdicts, want %d; %v", len(v.Steps), programs*each/2, err)
	}
}
