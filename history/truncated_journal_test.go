package history

import (
	"bytes"
	"fmt"
	"os"
	"testing"
	"time"
)

// TestI07AnyByte: all complete lines are read of a file of 20 lines that is truncated at any byte, and the next line is written without
// changing an old byte (I6).
func TestI07AnyByte(t *testing.T) {
	t.Parallel()
	source := openHistory(t, t.TempDir())
	for i := range 10 {
		key := NewKey(noon.Add(time.Duration(i) * time.Second))
		mustAppend(t, source, key, withPrompt(fmt.Sprintf("boat \"%d\" \\ – лодка", i)))
		mustAppend(t, source, key, withState(Done))
	}
	whole, err := os.ReadFile(source.journalPath())
	if err != nil {
		t.Fatal(err)
	}
	h, disk := openInMemory(t)
	for cut := range len(whole) + 1 {
		disk.reset("history.jsonl", whole[:cut])
		h.restart(t)
		lines := bytes.Count(whole[:cut], []byte("\n"))
		key := NewKey(noon.Add(time.Hour))
		mustAppend(t, h.History, key, withPrompt("after the cut"))
		h.restart(t)
		want := readRevisions(disk.contents("history.jsonl"))
		if err := h.BuildIndex(t.Context()); err != nil || h.Len() != len(want) || h.Len() < (lines+1)/2+1 {
			t.Fatalf("cut at %d: %d entries, want %d (%v)", cut, h.Len(), len(want), err)
		}
		got, err := h.Entries(h.Keys().All())
		if err != nil || len(got) != len(want) {
			t.Fatalf("cut at %d: %d entries (%v)", cut, len(got), err)
		}
		for _, e := range got {
			if e.Rev != want[e.Key] {
				t.Fatalf("cut at %d: %s at %d, want %d", cut, e.Key, e.Rev, want[e.Key])
			}
		}
		if after := disk.contents("history.jsonl"); !bytes.HasPrefix(after, whole[:cut]) {
			t.Fatalf("cut at %d: old bytes changed", cut)
		}
	}
}
