package preview

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"tintype/history"
	"tintype/ui/list"
	"tintype/ui/runner"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// tableOf returns the table of facts of an entry in a room of w×h cells, without styles.
func tableOf(e history.Entry, w, h int, more ...history.Entry) []string {
	l := list.New()
	l.Resize(5, 1)
	l.Add(e)
	for _, other := range more {
		l.Update(other)
	}
	p := New(&l, saying{})
	lines := p.FactLines(runner.Row{Entry: e}, w, h, theme.NewLook("dark", nil, 0, false))
	for i, line := range lines {
		lines[i] = strings.TrimRight(ansi.Strip(line), " ")
	}
	return lines
}

// TestFactsTable: all facts are in two columns, in the words of the settings.
func TestFactsTable(t *testing.T) {
	t.Parallel()
	e := history.Entry{
		Key: "k", State: history.Done, Model: "black-forest-labs/flux-dev", Seed: seed(7), ID: "abc", Parent: "p",
		Metrics: map[string]float64{"predict_time": 8},
		Input: map[string]any{
			"prompt": "A red boat at dusk", "aspect_ratio": "16:9", "guidance": 3.5, "go_fast": false, "image": "/home/me/boat.png", "output_format": "png",
		},
		Outputs: []history.Output{{Path: "pictures/2026-11-29-boat.png", Bytes: 84_300, Width: 1344, Height: 768}},
	}
	got := strings.Join(tableOf(e, 50, 30, history.Entry{Key: "p", Input: map[string]any{"prompt": "A boat"}}), "\n")
	want := `A red boat at dusk

model     flux-dev
shape     16:9 · 1344×768
seed      7
steps     28
guidance  3.5
format    png
quality   80
go fast   off
time      8.0 s
cost      ~$0.012
made      just now
file      pictures/2026-11-29-boat.png · 84.3 kB
image     boat.png
from      A boat
provider  Replicate
id        abc`
	if got != want {
		t.Errorf("the table is\n%s\nwant\n%s", got, want)
	}
}

// TestFactsTableInLittleRoom: with fewer rows the least important facts are left out; the prompt is cut last.
func TestFactsTableInLittleRoom(t *testing.T) {
	t.Parallel()
	e := fourPictures()
	e.Input["prompt"] = "A paper boat"
	for h, want := range map[int]string{
		3: "model shape", 4: "model shape seed", 5: "model shape seed cost", 7: "model shape seed outputs time cost",
	} {
		var labels []string
		for _, line := range tableOf(e, 60, h)[1:] {
			if label, _, _ := strings.Cut(line, " "); label != "" {
				labels = append(labels, label)
			}
		}
		if got := strings.Join(labels, " "); got != want || len(labels) >= h {
			t.Errorf("in %d rows: %s, want %s", h, got, want)
		}
	}
}

// TestFactsInTwoTables: in a low and wide room the facts are in two tables side by side.
func TestFactsInTwoTables(t *testing.T) {
	t.Parallel()
	e := fourPictures()
	e.Input["prompt"] = "A paper boat"
	got := strings.Join(tableOf(e, 96, 7), "\n")
	want := `A paper boat
model     flux-schnell                           outputs   4
shape     1:1 · 1024×1024                        time      2.4 s
seed      62182                                  cost      ~$0.012
steps     4                                      made      just now
format    webp                                   file      pictures/0.png
quality   80                                     provider  Replicate`
	if got != want {
		t.Errorf("the tables are\n%s\nwant\n%s", got, want)
	}
}

// TestFactsTableFits: no line is wider than the room, whatever the values are.
func TestFactsTableFits(t *testing.T) {
	t.Parallel()
	e := fourPictures()
	e.Input["a_parameter_with_a_very_long_name"] = strings.Repeat("value ", 40)
	e.Outputs[0].Path = "pictures/" + strings.Repeat("夕暮れ", 40) + ".png"
	for w := 20; w < 140; w += 7 {
		for _, line := range tableOf(e, w, 40) {
			if text.Width(text.Safe(line)) > w {
				t.Errorf("%d columns: %q", w, line)
			}
		}
	}
}

// TestShortPath: the end of a path stays, from the beginning of a name if possible.
func TestShortPath(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		w    int
		want string
	}{{40, "/home/me/pictures/boat.png"}, {20, "…/pictures/boat.png"}, {12, "…/boat.png"}, {6, "…t.png"}} {
		if got := string(shortPath("/home/me/pictures/boat.png", c.w, "…")); got != c.want {
			t.Errorf("%d columns: %q, want %q", c.w, got, c.want)
		}
	}
}

// TestFactsSayWhatWasSent: an input image that was sent as a copy says as what; one that was sent as it is says nothing.
func TestFactsSayWhatWasSent(t *testing.T) {
	t.Parallel()
	e := history.Entry{Key: history.NewKey(time.Unix(1, 0)), State: history.Done, Model: "black-forest-labs/flux-kontext-pro", Input: map[string]any{"prompt": "x", "input_image": "/a/boat.png"}}
	for copied, want := range map[bool]bool{true: true, false: false} {
		e.SentImages = map[string]history.SentImage{"/a/boat.png": {Format: "jpeg", Width: 1024, Height: 768, Bytes: 141_000, FileBytes: 1_190_000, Copy: copied}}
		got := strings.Join(tableOf(e, 60, 30), "\n")
		if strings.Contains(got, "JPEG 1024×768, 141 kB") != want || !strings.Contains(got, "boat.png") {
			t.Errorf("copy %v:\n%s", copied, got)
		}
	}
}
