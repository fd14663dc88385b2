package history

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// TestFaultNewerVersionLine: a line of a newer version is returned as far as its fields are known. It is never rewritten, not by Compact
// either, and our next line of the same prediction has its unknown fields.
func TestFaultNewerVersionLine(t *testing.T) {
	t.Parallel()
	data, err := os.ReadFile("testdata/newer.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	h := openHistory(t, writeJournal(t, string(data)))
	entries, err := h.Latest(5)
	if err != nil || len(entries) != 2 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	fox, boat := entries[0], entries[1]
	if fox.State != "dreaming" || fox.Prompt() != "a fox" || boat.State != Done || boat.Seed != nil || len(boat.Outputs) != 1 {
		t.Errorf("%+v\n%+v", fox, boat)
	}
	after := mustAppend(t, h, boat.Key, func(e Entry) Entry { e.Star = true; return e })
	if after.V != 2 || after.Rev != 3 || !after.Star {
		t.Errorf("%+v", after)
	}
	now, _ := os.ReadFile(h.journalPath())
	if !bytes.HasPrefix(now, data) {
		t.Error("the newer lines were rewritten")
	}
	line := string(now[len(data):])
	for _, kept := range []string{`"phase":{"of":3,"is":2}`, `"seed":"seven"`, `"num_outputs":1e0`, `"hdr":true`, `"mood":"calm"`, `"star":true`} {
		if !strings.Contains(line, kept) {
			t.Errorf("%s is missing in %s", kept, line)
		}
	}
	if q, _ := ParseQuery("paper is:starred", noon); true {
		if keys, _, _ := h.Search(t.Context(), q, 0); !slices.Equal(keys.All(), []string{boat.Key}) {
			t.Error(keys)
		}
	}
	if _, err := h.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	compacted, _ := os.ReadFile(h.journalPath())
	for line := range strings.Lines(string(data)) {
		if strings.Contains(line, `"v":2`) && !bytes.Contains(compacted, []byte(line)) {
			t.Errorf("Compact rewrote %s", line)
		}
	}
	again := mustAppend(t, openHistory(t, h.dir), boat.Key, func(e Entry) Entry { e.Note = "after"; return e })
	if b, _ := again.MarshalLine(); again.Rev != 4 || !strings.Contains(string(b), `"mood":"calm"`) || !strings.Contains(string(b), `"hdr":true`) {
		t.Errorf("after Compact, our line is %s", b)
	}
}

// badLines has bad lines of every kind between good ones.
const badLines = `{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"waiting","input":{"prompt":"one"}}
{"v":1,"key":"01k0000000000000000000aaaa","rev":2,"state":"done","inp
` + "\x00\x00\x00\x00\x00\x00\n" + `{"v":1,"key":"01k0000000000000000000bbbb","rev":1,"state":"unconfirmed","input":{"prompt":"two"}}
hello
[1,2,3]
{"name":"foreign"}
` + "\xff\xfe{}\n" + `

{"v":1,"key":"01k0000000000000000000cccc","rev":1,"state":"done","input":{"prompt":"\ud83d three \x"}}
{"v":1,"key":"01k0000000000000000000cccc","rev":1,"state":"creating","input":{"prompt":"three"},"driver":"nobody"}
  { "key" : "01k0000000000000000000dddd" , "rev" : 1, "v":1, "state":"done", "input": { "prompt" : "by hand" } }  ` + "\r" + `
{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"creating","input":{"prompt":"again"}}
{"v":1,"key":"01k0000000000000000000eeee","rev":1,"state":"done","input":{"prompt":"no line feed"}}`

// TestI08OneBadLineCostsOneLine: bad lines of every kind are ignored, counted and reported, and stay in the file.
func TestI08OneBadLineCostsOneLine(t *testing.T) {
	t.Parallel()
	h := openHistory(t, writeJournal(t, badLines))
	entries, err := h.Latest(9)
	var got []string
	for _, e := range entries {
		got = append(got, e.Key[22:]+" "+e.Prompt()+" "+string(e.State))
	}
	want := []string{"eeee no line feed done", "dddd by hand done", "cccc three creating", "bbbb two unconfirmed", "aaaa again creating"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v\ngot  %q\nwant %q", err, got, want)
	}
	var kinds []string
	report, err := h.Check(t.Context(), false, func(f Finding) {
		kinds = append(kinds, fmt.Sprintf("%s %d", f.Kind, f.Line))
		if !strings.HasSuffix(f.Sentence, ".") {
			t.Errorf("%+v", f)
		}
	})
	wantKinds := "nul 3, foreign 5, foreign 6, foreign 7, foreign 8, duplicate 14, torn 2, torn 11, unfinished 0, unconfirmed 0, unfinished 0"
	if s := strings.Join(kinds, ", "); err != nil || s != wantKinds {
		t.Errorf("%v\ngot  %s\nwant %s", err, s, wantKinds)
	}
	if report.Lines != 13 || report.Entries != 5 || report.Bad != 7 || report.Active != 2 || report.Unconfirmed != 1 {
		t.Errorf("%+v", report)
	}
	mustAppend(t, h, NewKey(noon), withPrompt("more"))
	if now, _ := os.ReadFile(h.journalPath()); !strings.HasPrefix(string(now), badLines+"\n{") {
		t.Error("the incomplete last line was not ended before the next")
	}
}

// TestI08OneBadLineCostsOneLineAnywhere: a bad line of any kind in any place affects no other line, is counted by its kind, and is
// unchanged after an append and after Compact.
func TestI08OneBadLineCostsOneLineAnywhere(t *testing.T) {
	t.Parallel()
	good := []string{
		`{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"done","input":{"prompt":"one"}}` + "\n",
		`{"v":1,"key":"01k0000000000000000000bbbb","rev":1,"state":"done","input":{"prompt":"two"}}` + "\n",
	}
	for kind, bad := range map[FindingKind]string{
		Truncated: good[0][:50],
		ZeroBytes: strings.Repeat("\x00", 50),
		Foreign:   "\xff\xfe not UTF-8 \x80",
		Newer:     `{"v":7,"key":"01k0000000000000000000cccc","rev":1,"state":"dreaming","what":["?"]}`,
	} {
		for at := range 3 {
			lines := slices.Insert(slices.Clone(good), at, bad+"\n")
			h := openHistory(t, writeJournal(t, strings.Join(lines, "")))
			report, err := h.Check(t.Context(), false, func(Finding) {})
			if err != nil || report.Counts[kind] != 1 || report.Lines != 3 || kind != Newer && report.Bad != 1 {
				t.Errorf("%s at %d: %+v %v", kind, at, report, err)
			}
			mustAppend(t, h, "01k0000000000000000000aaaa", func(e Entry) Entry { e.Star = true; return e })
			if now, _ := os.ReadFile(h.journalPath()); !strings.HasPrefix(string(now), strings.Join(lines, "")) {
				t.Errorf("%s at %d: an append changed old bytes", kind, at)
			}
			if _, err := h.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
			now, _ := os.ReadFile(h.journalPath())
			if !strings.Contains("\n"+string(now), "\n"+bad+"\n") {
				t.Errorf("%s at %d: Compact dropped the line: %q", kind, at, now)
			}
			for key, want := range map[string]string{"01k0000000000000000000aaaa": "one", "01k0000000000000000000bbbb": "two"} {
				if e, err := openHistory(t, h.dir).Get(key); err != nil || e.Prompt() != want {
					t.Errorf("%s at %d: %s is %+v, %v", kind, at, key, e, err)
				}
			}
		}
	}
}

// TestFaultTornLine: a line that is truncated at any byte, as after a crash, or that has zero bytes from there on, as after a power
// loss, or in which any one byte is wrong, affects no other line: all others are read, and the next one can be written.
func TestFaultTornLine(t *testing.T) {
	t.Parallel()
	line := func(key, text string) string {
		return `{"v":1,"key":"01k0000000000000000000` + key + `","rev":1,"state":"done","input":{"prompt":"` + text + `"}}` + "\n"
	}
	before, middle, after := line("aaaa", "one"), line("bbbb", "a \\ \"quoted\" лодка"), line("cccc", "three")
	h, d := openInMemory(t)
	for at := range len(middle) - 1 {
		for name, damaged := range map[string]string{
			"cut":     middle[:at] + "\n",
			"zeros":   middle[:at] + strings.Repeat("\x00", len(middle)-1-at) + "\n",
			"zero":    middle[:at] + "\x00" + middle[at+1:],
			"flipped": middle[:at] + string([]byte{middle[at] ^ 0x20}) + middle[at+1:],
			"high":    middle[:at] + string([]byte{middle[at] | 0x80}) + middle[at+1:],
			"no end":  middle[:at],
		} {
			file := before + damaged + after
			if name == "no end" {
				file = before + after + damaged
			}
			d.reset("history.jsonl", []byte(file))
			h.restart(t)
			mustAppend(t, h.History, "01k0000000000000000000dddd", withPrompt("four"))
			for key, want := range map[string]string{"aaaa": "one", "cccc": "three", "dddd": "four"} {
				if e, err := h.Get("01k0000000000000000000" + key); err != nil || e.Prompt() != want {
					t.Fatalf("%s at %d: %s is %q, %v", name, at, key, e.Prompt(), err)
				}
			}
			if now := d.contents("history.jsonl"); !bytes.HasPrefix(now, []byte(file)) {
				t.Fatalf("%s at %d: old bytes changed", name, at)
			}
		}
	}
}
