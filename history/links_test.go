package history

import (
	"reflect"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

func TestLinks(t *testing.T) {
	h := openHistory(t, t.TempDir())
	sum := func(letter string) string { return strings.Repeat(letter, 64) }
	first := mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
		e = withPrompt("a")(e)
		e.State, e.Outputs = Done, []Output{{URL: "https://x/{y}", SHA256: sum("a")}, {Error: `no "sha256":"`}, {SHA256: sum("b")}}
		return e
	})
	second := mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
		e = withPrompt("b")(e)
		e.Parent, e.Images = first.Key, map[string]string{"/a.png": sum("b")}
		return e
	})
	mustAppend(t, h, second.Key, func(e Entry) Entry {
		e.Outputs, e.Trashed = []Output{{SHA256: sum("c")}}, true
		return e
	})
	links, err := h.Links(t.Context())
	want := []Link{
		{Key: first.Key, Made: KeyTime(first.Key).Truncate(time.Second).Local(), Outputs: []string{sum("a"), "", sum("b")}},
		{Key: second.Key, Made: KeyTime(second.Key).Truncate(time.Second).Local(), Parent: first.Key, Images: []string{sum("b")}, Outputs: []string{sum("c")}, Trashed: true},
	}
	for i := range links {
		links[i].Made = links[i].Made.Local()
	}
	if err != nil || !reflect.DeepEqual(links, want) {
		t.Errorf("%v\n got %+v\nwant %+v", err, links, want)
	}
}

func TestLinksOfOtherWriters(t *testing.T) {
	dir := writeJournal(t, `{"v":1,"key":"odd key","state":"done","parent":"b","outputs":[{"sha256" : "12"},{}]}`+"\n"+`not a line`+"\n")
	links, err := openHistory(t, dir).Links(t.Context())
	if err != nil || len(links) != 1 || links[0].Key != "odd key" || links[0].Parent != "b" || !reflect.DeepEqual(links[0].Outputs, []string{"12", ""}) {
		t.Errorf("%v %+v", err, links)
	}
	if links, err := openHistory(t, t.TempDir()).Links(t.Context()); err != nil || len(links) != 0 {
		t.Errorf("%v %+v", err, links)
	}
}

// countReads counts what is read of the files of a disk.
type countReads struct {
	disk.FS
	bytes *atomic.Int64
}

func (d countReads) Open(path string, flag int) (disk.File, error) {
	f, err := d.FS.Open(path, flag)
	return countedFile{f, d.bytes}, err
}

type countedFile struct {
	disk.File
	bytes *atomic.Int64
}

func (f countedFile) ReadAt(b []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(b, off)
	f.bytes.Add(int64(n))
	return n, err
}

// TestLinksAreReadOnce: links that were read are not read again. After an append only the new line is; after the file was replaced all are.
func TestLinksAreReadOnce(t *testing.T) {
	dir := t.TempDir()
	var bytes atomic.Int64
	h := newHistory(Options{Dir: dir, App: "test", Now: func() time.Time { return noon }}, countReads{disk.System{}, &bytes}, filelock.Options{})
	if err := h.open(); err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	var first Entry
	for range 20 {
		first = mustAppend(t, h, NewKey(noon), withPrompt(strings.Repeat("a long prompt ", 1000)))
	}
	read := func() (links []Link, n int64) {
		before := bytes.Load()
		links, err := h.Links(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return links, bytes.Load() - before
	}
	if links, n := read(); len(links) != 20 || n < 20*14_000 {
		t.Errorf("%d links, %d bytes are read at first", len(links), n)
	}
	if links, n := read(); len(links) != 20 || n > 1000 {
		t.Errorf("%d links, %d bytes are read again", len(links), n)
	}
	child := mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
		e = withPrompt("b")(e)
		e.Parent = first.Key
		return e
	})
	mustAppend(t, h, first.Key, func(e Entry) Entry { e.Parent = child.Key; return e })
	links, n := read()
	if len(links) != 21 || n > 40_000 || links[20].Parent != first.Key || links[19].Parent != child.Key {
		t.Errorf("%d links, %d bytes are read after an append; %+v", len(links), n, links[19:])
	}
	if _, err := h.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if again, n := read(); !reflect.DeepEqual(again, links) || n < 20*14_000 {
		t.Errorf("%d links, %d bytes are read after the file was replaced", len(again), n)
	}
}

// BenchmarkLinks reads the links of 100,000 entries: all of them, and those of one line that is new.
func BenchmarkLinks(b *testing.B) {
	h := openIndexed(b, benchDir(b, 100_000))
	read := func(b *testing.B, forget func()) {
		b.Helper()
		for b.Loop() {
			forget()
			if _, err := h.Links(b.Context()); err != nil {
				b.Fatal(err)
			}
		}
	}
	b.Run("all", func(b *testing.B) { read(b, func() { h.linked.linkSet = linkSet{} }) })
	b.Run("one", func(b *testing.B) { read(b, func() { h.linked.to, h.linked.lines[50_000] = 0, 0 }) })
	b.Run("none", func(b *testing.B) { read(b, func() {}) })
}
