package history

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestCheckPictures(t *testing.T) {
	t.Parallel()
	h := openHistory(t, filepath.Join(t.TempDir(), "data"))
	var keys []string
	for i := range 4 {
		e := appendPrediction(t, h, fmt.Sprint("boat ", i))
		out, err := savePicture(t, h, e, 0, encodePNG(t, 5+i, 5))
		if err != nil {
			t.Fatal(err)
		}
		mustAppend(t, h, e.Key, func(e Entry) Entry { e.State, e.Outputs = Done, []Output{out}; return e })
		keys = append(keys, e.Key)
		switch i {
		case 1:
			_ = os.Remove(h.Path(out.Path))
		case 2:
			_ = os.WriteFile(h.Path(out.Path), []byte("changed"), 0o600)
		}
	}
	_ = os.WriteFile(h.Path("pictures/stray.png"), nil, 0o600)
	_ = os.WriteFile(h.Path("pictures/x-1.part"), nil, 0o600)
	_ = os.MkdirAll(h.Path("running"), 0o700)
	_ = os.WriteFile(h.Path("running/gone.lock"), nil, 0o600)
	_ = h.AcquireDriver()
	mustAppend(t, h, keys[3], func(e Entry) Entry {
		e.Outputs = append(e.Outputs, Output{Path: "../../etc/passwd"})
		return e
	})
	var found []string
	report, err := h.Check(t.Context(), true, func(f Finding) { found = append(found, string(f.Kind)) })
	want := "picture_missing picture_changed picture_missing picture_stray part_left lock_left"
	if got := strings.Join(found, " "); err != nil || got != want || report.Verified != 2 || report.Pictures != 5 {
		t.Errorf("%v %+v\ngot  %s\nwant %s", err, report, got, want)
	}
}

func TestCompact(t *testing.T) {
	t.Parallel()
	dir := writeJournal(t, badLines+"\n"+`{"v":2,"key":"01k0000000000000000000ffff","rev":3,"state":"done","new":1}`+"\n")
	h, other := openHistory(t, dir), openHistory(t, dir)
	for i := range 300 {
		key := NewKey(noon.Add(time.Duration(i) * time.Second))
		mustAppend(t, h, key, withPrompt(fmt.Sprint("boat ", i)))
		mustAppend(t, h, key, withState(Done))
	}
	star := mustAppend(t, h, h.Keys().At(250), func(e Entry) Entry { e.Star = true; return e })
	before := allEntries(t, h)
	if err := other.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, _ = other.Refresh(t.Context())
	old, _ := os.ReadFile(h.journalPath())
	c, err := h.Compact(t.Context())
	if err != nil || c.LinesBefore != 615 || c.LinesAfter != 305+8 {
		t.Fatalf("%+v %v", c, err)
	}
	if kept, _ := os.ReadFile(c.Backup); !bytes.Equal(kept, old) {
		t.Error("the old journal was not kept")
	}
	now, _ := os.ReadFile(h.journalPath())
	if !bytes.Contains(now, []byte(`{"v":2,"key":"01k0000000000000000000ffff","rev":3,"state":"done","new":1}`+"\n")) {
		t.Error("a newer line was rewritten")
	}
	for who, x := range map[string]*History{"the program that did it": h, "another": other, "the next": openHistory(t, dir)} {
		changed, err := x.Refresh(t.Context())
		if err != nil || len(changed) != 0 {
			t.Errorf("%s sees %d changes, %v", who, len(changed), err)
		}
		if err := x.BuildIndex(t.Context()); err != nil || !reflect.DeepEqual(allEntries(t, x), before) {
			t.Errorf("%s sees other entries (%v)", who, err)
		}
	}
	e := mustAppend(t, other, star.Key, func(e Entry) Entry { e.Note = "after"; return e })
	if e.Rev != star.Rev+1 || e.Folded || !e.Star {
		t.Errorf("%+v", e)
	}
	if changed, err := h.Refresh(t.Context()); err != nil || len(changed) != 1 || changed[0].Note != "after" {
		t.Errorf("%v %v", changed, err)
	}
	if again, err := h.Compact(t.Context()); err != nil || again.Backup == c.Backup || again.LinesAfter != c.LinesAfter {
		t.Errorf("%+v %v", again, err)
	}
}

// allEntries returns all entries without the mark that Compact sets.
func allEntries(t *testing.T, h *History) []Entry {
	t.Helper()
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	entries, err := h.Entries(h.Keys().All())
	if err != nil {
		t.Fatal(err)
	}
	for i := range entries {
		entries[i].Folded = false
	}
	return entries
}

// TestTruncatedByAnotherProgram: when a writer whose disk failed removes its line again, programs that have read it forget it.
func TestTruncatedByAnotherProgram(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	mustAppend(t, one, NewKey(noon), withPrompt("stays"))
	size, _ := os.Stat(one.journalPath())
	mustAppend(t, one, NewKey(noon), withPrompt("goes"))
	if err := two.BuildIndex(t.Context()); err != nil || two.Len() != 2 {
		t.Fatal(two.Len(), err)
	}
	if err := os.Truncate(one.journalPath(), size.Size()); err != nil {
		t.Fatal(err)
	}
	mustAppend(t, one, NewKey(noon), withPrompt("comes"))
	if _, err := two.Refresh(t.Context()); err != nil || two.Len() != 2 {
		t.Errorf("%d, %v", two.Len(), err)
	}
	got, err := two.Latest(9)
	if err != nil || len(got) != 2 || got[0].Prompt() != "comes" || got[1].Prompt() != "stays" {
		t.Errorf("%+v %v", got, err)
	}
}

// lineWithoutState is the newest line of a key and has no state, as our programs never write it.
const lineWithoutState = `{"v":1,"key":"01k0000000000000000000bbbb","rev":9,"ate":"unconfirmed","input":{"prompt":"two"}}`

// TestI08OneBadLineCostsOneLineWithoutState: a line without a state replaces no line with one, and stays in the file. One of a
// newer version is returned, and can be starred.
func TestI08OneBadLineCostsOneLineWithoutState(t *testing.T) {
	t.Parallel()
	const key = "01k0000000000000000000bbbb"
	good := `{"v":1,"key":"` + key + `","rev":1,"state":"waiting","input":{"prompt":"good"}}` + "\n"
	for _, c := range []struct {
		name, line, prompt string
		state              State
	}{
		{"ours", lineWithoutState, "good", Waiting},
		{"a newer version's", strings.Replace(lineWithoutState, `"v":1`, `"v":7`, 1), "two", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			h, d := openInMemory(t)
			d.reset("history.jsonl", []byte(good+c.line+"\n"))
			h.restart(t)
			e, err := h.Get(key)
			if err != nil || e.State != c.state || e.Input["prompt"] != c.prompt {
				t.Fatalf("%+v, %v", e, err)
			}
			e = mustAppend(t, h.History, key, func(e Entry) Entry { e.Star = true; return e })
			if !e.Star || e.State != c.state {
				t.Errorf("starred: %+v", e)
			}
			if !bytes.Contains(d.contents("history.jsonl"), []byte(c.line+"\n")) {
				t.Error("the line is gone")
			}
		})
	}
}

func FuzzLine(f *testing.F) {
	for line := range strings.Lines(badLines) {
		f.Add([]byte(line))
	}
	line, _ := fullEntry().MarshalLine()
	f.Add(line)
	f.Add(bytes.Repeat([]byte(`{"a":`), 300))
	f.Add([]byte(lineWithoutState + "\n"))
	f.Add([]byte(strings.Replace(lineWithoutState, `"v":1`, `"v":7`, 1) + "\n"))
	good := `{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"done","input":{"prompt":"good"}}` + "\n"
	f.Fuzz(func(t *testing.T, line []byte) {
		h, d := openInMemory(t)
		d.reset("history.jsonl", append(append([]byte(good), line...), "\n"+strings.ReplaceAll(good, "aaaa", "bbbb")...))
		h.restart(t)
		if err := h.BuildIndex(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, key := range []string{"01k0000000000000000000aaaa", "01k0000000000000000000bbbb"} {
			if _, err := h.Get(key); err != nil {
				t.Errorf("%s is lost: %v", key, err)
			}
		}
		entries, err := h.Entries(h.Keys().All())
		if err != nil {
			t.Error(err)
		}
		for _, e := range entries {
			out, err := e.MarshalLine()
			if err != nil {
				t.Error(err)
				continue
			}
			if back, err := decode(out); err != nil || back.Key != e.Key || back.Rev != e.Rev || back.State != e.State {
				t.Errorf("%s became %+v (%v)", out, back, err)
			}
		}
		_ = mustAppend(t, h.History, "01k0000000000000000000bbbb", func(e Entry) Entry { e.Star = !e.Star; return e })
	})
}
