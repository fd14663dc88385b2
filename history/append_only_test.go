package history

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"tintype/history/pictures"
)

// TestI06AppendOnly: whatever two programs do, in any order, the old content of the journal is the beginning of the new. Only Compact
// replaces the file, and keeps the old one byte for byte. (TestI06AppendOnlyAtEachFault is about failing disks.)
func TestI06AppendOnly(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(6, 6))
	dir := writeJournal(t, badLines) // its last line is incomplete
	both := []*History{openHistory(t, dir), openHistory(t, dir)}
	keys := []string{"01k0000000000000000000aaaa", "01k0000000000000000000bbbb", NewKey(noon)}
	for i := range 300 {
		before, err := os.ReadFile(both[0].journalPath())
		if err != nil {
			t.Fatal(err)
		}
		h := both[r.IntN(2)]
		key := keys[r.IntN(len(keys))]
		kept := h.journalPath()
		switch what := r.IntN(40); {
		case what == 0:
			c, err := h.Compact(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			kept = c.Backup
		case what < 4: // a program that is killed while it writes
			f, err := os.OpenFile(h.journalPath(), os.O_WRONLY|os.O_APPEND, 0)
			if err == nil {
				_, err = f.WriteString(`{"v":1,"key":"01k0`)
			}
			if err = errors.Join(err, f.Close()); err != nil {
				t.Fatal(err)
			}
		case what < 20:
			mustAppend(t, h, key, func(e Entry) Entry { e.State, e.Star, e.Note = Waiting, !e.Star, fmt.Sprint(i); return e })
		case what < 30:
			mustAppend(t, h, NewKey(noon), withPrompt(fmt.Sprint("boat ", i)))
		default:
			_, err1 := h.Refresh(t.Context())
			_, err2 := h.Latest(5)
			_, err3 := h.Check(t.Context(), false, func(Finding) {})
			if err := errors.Join(err1, err2, err3); err != nil {
				t.Fatal(err)
			}
		}
		if after, err := os.ReadFile(kept); err != nil || !bytes.HasPrefix(after, before) {
			t.Fatalf("step %d: old bytes changed (%v)", i, err)
		}
	}
}

// TestI15TwoInstancesSeeEachOther: what one program writes is returned by the other's next Refresh, once; the UI calls it once a
// second.
func TestI15TwoInstancesSeeEachOther(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	for _, h := range []*History{one, two} { // what exists when a program starts is not reported
		if seen, err := h.Refresh(t.Context()); err != nil || len(seen) != 0 {
			t.Fatal(seen, err)
		}
	}
	for i := range 50 {
		key := NewKey(noon)
		mustAppend(t, one, key, withPrompt(fmt.Sprint("boat ", i)))
		seen, err := two.Refresh(t.Context())
		if err != nil || len(seen) != 1 || seen[0].Key != key || seen[0].Prompt() != fmt.Sprint("boat ", i) {
			t.Fatalf("line %d: the other program sees %v, %v", i, keysOf(seen), err)
		}
		if again, err := two.Refresh(t.Context()); err != nil || len(again) != 0 {
			t.Fatalf("line %d: seen twice: %v, %v", i, keysOf(again), err)
		}
		one, two = two, one
	}
}

// TestI15TwoInstancesOnePicture: programs that want the same picture at once download it one after the other, into one file.
func TestI15TwoInstancesOnePicture(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	e := appendPrediction(t, openHistory(t, dir), "boat")
	data := encodePNG(t, 20, 20)
	var mu sync.Mutex
	var wg sync.WaitGroup
	downloading := 0
	for range 4 {
		h := openHistory(t, dir)
		wg.Go(func() {
			for {
				p, err := h.Download(e, 0)
				if errors.Is(err, pictures.ErrBusy) {
					time.Sleep(time.Millisecond)
					continue
				}
				mu.Lock()
				downloading++
				if err != nil || downloading != 1 {
					t.Errorf("%d download it at once, %v", downloading, err)
				}
				mu.Unlock()
				_, err1 := p.Write(data)
				mu.Lock() // before Commit, which releases it
				downloading--
				mu.Unlock()
				if _, err := p.Commit(); errors.Join(err, err1) != nil {
					t.Error(err1, err)
				}
				return
			}
		})
	}
	wg.Wait()
	if names, _ := filepath.Glob(filepath.Join(dir, pictures.Dir, "*")); len(names) != 1 {
		t.Errorf("the files are %v", names)
	}
}
