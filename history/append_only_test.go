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

// TestI06AppendOnly: whatever two programs do, in any order, the bytes that were in the journal are its beginning afterwards; only
// Compact puts another file in its place, and keeps the old one byte for byte. (For the moments within, and failing disks, see
// TestI06AppendOnlyAtEachFault.)
func TestI06AppendOnly(t *testing.T) {
	r := rand.New(rand.NewPCG(6, 6))
	dir := writeJournal(t, badLines) // which ends within a line
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
		case what < 4: // a program that is killed within its line
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

// TestI15TwoInstancesSeeEachOther: what one program has written the other has from its next look, the first and only time that it
// looks; the screen looks once a second. Row “two app instances”.
func TestI15TwoInstancesSeeEachOther(t *testing.T) {
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	for _, h := range []*History{one, two} { // what is there when a program starts is no news to it
		if seen, err := h.Refresh(t.Context()); err != nil || len(seen) != 0 {
			t.Fatal(seen, err)
		}
	}
	for i := range 50 {
		key := NewKey(noon)
		mustAppend(t, one, key, withPrompt(fmt.Sprint("boat ", i)))
		seen, err := two.Refresh(t.Context())
		if err != nil || len(seen) != 1 || seen[0].Key != key || seen[0].Prompt() != fmt.Sprint("boat ", i) {
			t.Fatalf("line %d: the other sees %v, %v", i, keysOf(seen), err)
		}
		if again, err := two.Refresh(t.Context()); err != nil || len(again) != 0 {
			t.Fatalf("line %d: seen twice: %v, %v", i, keysOf(again), err)
		}
		one, two = two, one
	}
}

// TestI15TwoInstancesOnePicture: programs that want the same picture at once fetch it one after the other, and there is one file of
// it. Row “two app instances”.
func TestI15TwoInstancesOnePicture(t *testing.T) {
	dir := t.TempDir()
	e := appendPrediction(t, openHistory(t, dir), "boat")
	data := encodePNG(t, 20, 20)
	var mu sync.Mutex
	var wg sync.WaitGroup
	busy, fetching := 0, 0
	for range 4 {
		h := openHistory(t, dir)
		wg.Go(func() {
			for {
				p, err := h.Download(e, 0)
				if errors.Is(err, pictures.ErrBusy) {
					mu.Lock()
					busy++
					mu.Unlock()
					time.Sleep(time.Millisecond)
					continue
				}
				mu.Lock()
				fetching++
				if err != nil || fetching != 1 {
					t.Errorf("%d fetch it at once, %v", fetching, err)
				}
				mu.Unlock()
				_, err1 := p.Write(data)
				mu.Lock() // before Commit, which lets it go
				fetching--
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
		t.Errorf("there is %v", names)
	}
}
