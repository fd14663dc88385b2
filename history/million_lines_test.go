package history

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// gatedDisk counts the bytes that are read, and blocks whoever reads the beginning of a file until the gate is open.
type gatedDisk struct {
	disk.System
	read      atomic.Int64
	reached   chan struct{} // closed when the first reader is blocked
	open      chan struct{} // closed to open the gate
	isReached atomic.Bool
}

type gatedFile struct {
	disk.File
	d *gatedDisk
}

func (d *gatedDisk) Open(name string, flag int) (disk.File, error) {
	f, err := d.System.Open(name, flag)
	if err != nil {
		return nil, err
	}
	return &gatedFile{f, d}, nil
}

func (f *gatedFile) ReadAt(b []byte, off int64) (int, error) {
	if off == 0 {
		if !f.d.isReached.Swap(true) {
			close(f.d.reached)
		}
		<-f.d.open
	}
	n, err := f.File.ReadAt(b, off)
	f.d.read.Add(int64(n))
	return n, err
}

// TestFaultMillionLines: the newest of a million lines are read from the end of the file alone while the index is blocked at
// its beginning; so are a change to one of them and a new one. Afterwards the index is complete. (The benchmarks measure time
// and memory.)
func TestFaultMillionLines(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("a million lines take a while")
	}
	const lines = 1_000_000
	dir := filepath.Join(t.TempDir(), "data")
	first, last := writeMany(t, dir, lines)
	d := &gatedDisk{reached: make(chan struct{}), open: make(chan struct{})}
	h := newHistory(Options{Dir: dir, Now: func() time.Time { return noon }}, d, filelock.Options{})
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	newest, err := h.Latest(200)
	if err != nil || len(newest) != 200 || newest[0].Key != last || h.isIndexed() {
		t.Fatalf("%d entries, %v; indexed: %v", len(newest), err, h.isIndexed())
	}
	if read := d.read.Load(); read > 8<<20 {
		t.Errorf("%d MiB were read for the newest", read>>20)
	}
	built := make(chan error, 1)
	go func() { built <- h.BuildIndex(t.Context()) }()
	<-d.reached
	if again, err := h.Latest(200); err != nil || len(again) != 200 || h.isIndexed() {
		t.Errorf("while the index is built: %d entries, %v; indexed: %v", len(again), err, h.isIndexed())
	}
	if e := mustAppend(t, h, last, func(e Entry) Entry { e.Star = true; return e }); e.Rev != 3 {
		t.Errorf("%+v", e)
	}
	mustAppend(t, h, NewKey(noon), withPrompt("a new boat"))
	if h.isIndexed() {
		t.Error("the index is complete although its beginning could not be read")
	}
	close(d.open)
	if err := <-built; err != nil || !h.isIndexed() || h.Len() != lines/2+1 {
		t.Fatalf("%d entries of %d, %v", h.Len(), lines/2+1, err)
	}
	if e, err := h.Get(first); err != nil || e.State != Done {
		t.Errorf("the oldest is %+v, %v", e, err)
	}
	q, _ := ParseQuery("number-"+fmt.Sprint(lines/4), noon)
	if keys, _, err := h.Search(t.Context(), q, 5); err != nil || keys.Len() != 1 {
		t.Errorf("found %v, %v", keys, err)
	}
}

// writeMany writes a journal of that many lines, two for each prediction, and returns its first and its last key.
func writeMany(t *testing.T, dir string, lines int) (first, last string) {
	t.Helper()
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(filepath.Join(dir, "history.jsonl"), os.O_WRONLY|os.O_CREATE, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	key := func(i int) string { return fmt.Sprintf("01k0000000000000000%07d", i) }
	for i := range lines / 2 {
		for rev, state := range []State{Creating, Done} {
			_, err = fmt.Fprintf(w, `{"v":1,"key":"%s","rev":%d,"state":"%s","input":{"prompt":"boat number-%d"}}`+"\n", key(i), rev+1, state, i)
		}
	}
	if err != nil || w.Flush() != nil {
		t.Fatal(err)
	}
	return key(0), key(lines/2 - 1)
}
