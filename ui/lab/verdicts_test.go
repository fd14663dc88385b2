package lab_test

import (
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/lab"
	"tintype/ui/params"
	"tintype/ui/picturekey"
)

func TestVerdictsAreKept(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	h, err := history.Open(history.Options{Dir: dir, App: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	l := &lab.Lab{History: h}
	if v, err := l.Verdicts("a", "b"); err != nil || len(v.Steps) != 0 || v.Good != "a" || v.Bad != "b" {
		t.Errorf("%v %+v", err, v)
	}
	want := lab.Verdicts{Good: "a", Bad: "b", Steps: []lab.Verdict{{Key: "k", Picture: "p", Verdict: "g"}}}
	if err := l.SaveVerdicts(want); err != nil {
		t.Fatal(err)
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
	if len(files) != 1 || os.WriteFile(files[0], []byte("{"), 0o600) != nil {
		t.Fatal(files)
	}
	if _, err := l.Verdicts("a", "b"); err == nil || !strings.Contains(err.Error(), files[0]) {
		t.Errorf("%v", err)
	}
}

// TestUndoForgetsTheVerdictOfItsPicture: a verdict that the search has not asked for again stays; the one that is undone goes.
func TestUndoForgetsTheVerdictOfItsPicture(t *testing.T) {
	t.Parallel()
	predictionOf := func(prompt string) history.Entry {
		return history.Entry{Model: "black-forest-labs/flux-dev", Input: map[string]any{params.Prompt: prompt, params.Seed: 1.0}}
	}
	search, err := bisect.New(predictionOf("one a, two b, three c"), predictionOf("one x, two y, three z"), picturekey.Rule{})
	if err != nil {
		t.Fatal(err)
	}
	v := lab.Verdicts{}
	v.Judge(search, "k", bisect.Bad)
	stale := lab.Verdict{Key: "other", Picture: "another picture", Verdict: bisect.Good}
	v.Steps = append(v.Steps, stale)
	if !v.Undo(search) || !reflect.DeepEqual(v.Steps, []lab.Verdict{stale}) {
		t.Errorf("%+v", v.Steps)
	}
	if v.Undo(search) {
		t.Error("a verdict was undone twice")
	}
}
