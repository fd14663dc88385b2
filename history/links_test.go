package history

import (
	"reflect"
	"strings"
	"testing"
	"time"
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

// BenchmarkLinks reads the links of 100,000 entries.
func BenchmarkLinks(b *testing.B) {
	h := openIndexed(b, benchDir(b, 100_000))
	for b.Loop() {
		if _, err := h.Links(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
