package tty

import (
	"fmt"
	"image/color"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// feeder feeds a parser as a Reader does, with a clock of its own.
type feeder struct {
	in  parser
	now time.Time
	got []uv.Event
}

func newFeeder() *feeder { return &feeder{now: epoch} }

// wait lets time pass.
func (f *feeder) wait(d time.Duration) {
	end := f.now.Add(d)
	for {
		at, waits := f.in.deadline()
		if !waits || at.After(end) {
			break
		}
		f.now = at
		f.got = append(f.got, f.in.expire(at)...)
	}
	f.now = end
}

// feed feeds a piece after a pause.
func (f *feeder) feed(pause time.Duration, piece string) {
	f.wait(pause)
	f.got = append(f.got, f.in.feed([]byte(piece), f.now)...)
}

// end lets all waits expire and returns the events.
func (f *feeder) end() []uv.Event {
	f.wait(2 * time.Second)
	return f.got
}

// read returns the events of pieces with a pause before each but the first.
func read(pause time.Duration, pieces ...string) []uv.Event {
	f := newFeeder()
	for i, piece := range pieces {
		if i > 0 {
			f.wait(pause)
		}
		f.feed(0, piece)
	}
	return f.end()
}

// describe describes events in a line. Text is the same whether it came as keys or at once.
func describe(events []uv.Event) string {
	var b strings.Builder
	for _, event := range events {
		switch e := event.(type) {
		case Burst:
			b.WriteString(string(e))
		case uv.KeyPressEvent:
			switch {
			case e.Text != "":
				b.WriteString(e.Text)
			case e.String() == "ctrl+j":
				b.WriteString("\n")
			default:
				fmt.Fprintf(&b, "<%s>", e)
			}
		case uv.PasteEvent:
			fmt.Fprintf(&b, "<paste %q>", e.Content)
		default:
			fmt.Fprintf(&b, "<%T %v>", event, event)
		}
	}
	return b.String()
}

func TestParserReads(t *testing.T) {
	t.Parallel()
	grey := uv.BackgroundColorEvent{Color: color.RGBA{0x20, 0x1f, 0x26, 0xFF}}
	for _, c := range []struct {
		bytes string
		want  []uv.Event
	}{
		{"a", []uv.Event{uv.KeyPressEvent{Code: 'a', Text: "a"}}},
		{"\r", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEnter}}},
		{"\t", []uv.Event{uv.KeyPressEvent{Code: uv.KeyTab}}},
		{"\n", []uv.Event{lineBreak}},
		{"\x03", []uv.Event{uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl}}},
		{"é", []uv.Event{uv.KeyPressEvent{Code: 'é', Text: "é"}}},
		{"\x1b", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}}},
		{"\x1b\x1b", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}, uv.KeyPressEvent{Code: uv.KeyEscape}}},
		{"\x1b\x03", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}, uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl}}},
		{"\x1bb", []uv.Event{uv.KeyPressEvent{Code: 'b', Mod: uv.ModAlt}}},
		{"\x1bé", []uv.Event{uv.KeyPressEvent{Code: 'é', Mod: uv.ModAlt}}},
		{"\x1b\r", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEnter, Mod: uv.ModAlt}}},
		{"\x1b\x7f", []uv.Event{uv.KeyPressEvent{Code: uv.KeyBackspace, Mod: uv.ModAlt}}},
		{"\x1b[A\x1bOA", []uv.Event{uv.KeyPressEvent{Code: uv.KeyUp}, uv.KeyPressEvent{Code: uv.KeyUp}}},
		{"\x1b\x1b[C", []uv.Event{uv.KeyPressEvent{Code: uv.KeyRight, Mod: uv.ModAlt}}},
		{"\x1b\x1bb", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}, uv.KeyPressEvent{Code: 'b', Mod: uv.ModAlt}}},
		{"\x1b[1;5D", []uv.Event{uv.KeyPressEvent{Code: uv.KeyLeft, Mod: uv.ModCtrl}}},
		{"\x1b[7$", []uv.Event{uv.KeyPressEvent{Code: uv.KeyHome, Mod: uv.ModShift}}},
		{"\x1b[[A\x1bOP\x1b[11~", slices.Repeat([]uv.Event{uv.KeyPressEvent{Code: uv.KeyF1}}, 3)},
		{"\x1b[27u", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}}},
		{"\x1b[I\x1b[O", []uv.Event{uv.FocusEvent{}, uv.BlurEvent{}}},
		{"\x1b[<0;10;11M", []uv.Event{uv.MouseClickEvent{X: 9, Y: 10, Button: uv.MouseLeft}}},
		{"\x1b[M *+", []uv.Event{uv.MouseClickEvent{X: 9, Y: 10, Button: uv.MouseLeft}}},
		{"\x1b]11;rgb:2020/1f1f/2626\x1b\\", []uv.Event{grey}},
		{"\x1b]11;rgb:2020/1f1f/2626\a", []uv.Event{grey}},
		{"\x1b\x1b]11;rgb:2020/1f1f/2626\a", []uv.Event{uv.KeyPressEvent{Code: uv.KeyEscape}, grey}},
		{"\x1b[?62;4c", []uv.Event{uv.PrimaryDeviceAttributesEvent{62, 4}}},
		{"\x1b[?2026;2$y", []uv.Event{uv.ModeReportEvent{Mode: ansi.ModeSynchronizedOutput, Value: ansi.ModeReset}}},
		{"\x1bP>|kitty(0.41.1)\x1b\\", []uv.Event{uv.TerminalVersionEvent{Name: "kitty(0.41.1)"}}},
		{"\x1b[200~a\r\x1b[Ab\x1b[201~", []uv.Event{uv.PasteEvent{Content: "a\r\x1b[Ab"}}},
		{"\x1b[200~\x1b[200~a\x1b[201\x1b[201~", []uv.Event{uv.PasteEvent{Content: "\x1b[200~a\x1b[201"}}},
		{"\x1b[200~a\x1b[201~\r\x1b[201~", []uv.Event{uv.PasteEvent{Content: "a"}, uv.KeyPressEvent{Code: uv.KeyEnter}}}, // which package guard holds back
		// Sequences that never end or are broken.
		{"\x1b[200~a\r", []uv.Event{uv.PasteEvent{Content: "a\r"}}},
		{"\x1b[200~a\x1b[20", []uv.Event{uv.PasteEvent{Content: "a"}}},
		{"\x1b[", nil},
		{"\x1b[1;5", nil},
		{"\x1b]11;rgb:20", nil},
		{"\x1bP>|kit", nil},
		{"\x1bP>|kit\x03", []uv.Event{uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl}}},
		{"\x1b_Gi=31;OK\r", nil},
		{"\xe2\x82", nil},
		{"\xe2\x82\xff\x80", nil},
		{"\xe2x", []uv.Event{uv.KeyPressEvent{Code: 'x', Text: "x"}}},
		{"\x1b[12\x1b[B", []uv.Event{uv.KeyPressEvent{Code: uv.KeyDown}}},
		{"\x1b[<1;2;3;4;5;6;7z", nil},
	} {
		if got := read(0, c.bytes); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q is read as\n%#v, want\n%#v", c.bytes, got, c.want)
		}
	}
}

// TestParserEnters: an enter within text that arrives faster than anyone types breaks the line, and every other one is the key.
func TestParserEnters(t *testing.T) {
	t.Parallel()
	const ms = time.Millisecond
	type piece struct {
		after time.Duration
		bytes string
	}
	typed := func(text string, gap time.Duration, last ...piece) (all []piece) {
		for _, r := range text {
			all = append(all, piece{gap, string(r)})
		}
		return append(all, last...)
	}
	for name, c := range map[string]struct {
		pieces []piece
		want   string
	}{
		"one read":                        {[]piece{{0, "a red bicycle at dawn\r"}}, "a red bicycle at dawn\n"},
		"two lines in one read":           {[]piece{{0, "a red bicycle\r\nat dawn\r"}}, "a red bicycle\nat dawn\n"},
		"lines 20 ms apart":               {[]piece{{0, "a red bicycle\r"}, {20 * ms, "at dawn\r"}}, "a red bicycle\nat dawn\n"},
		"empty lines between":             {[]piece{{0, "one line\r"}, {20 * ms, "\r"}, {90 * ms, "\r"}, {20 * ms, "more"}}, "one line\n\n\nmore"},
		"the enter alone":                 {[]piece{{0, "a boat"}, {50 * ms, "\r"}}, "a boat\n"},
		"the enter alone after long text": {[]piece{{0, strings.Repeat("boat ", 5)}, {190 * ms, "\r"}}, strings.Repeat("boat ", 5) + "\n"},
		"byte by byte, over a slow line":  {typed("a boat\rat sea\r", ms), "a boat\nat sea\n"},
		"8 KB in reads of 1 KB":           {[]piece{{0, strings.Repeat("x y ", 256)}, {ms, strings.Repeat("x y ", 256)}, {ms, "\r"}}, strings.Repeat("x y ", 512) + "\n"},
		"as a key of its own":             {[]piece{{0, "a boat"}, {ms, "\x1b[13u"}, {ms, "\x1bOM"}}, "a boat\n\n"},
		"an enter first":                  {[]piece{{0, "\rat dawn"}}, "\nat dawn"},
		"by hand":                         {typed("a boat", 30*ms, piece{30 * ms, "\r"}), "a boat<enter>"},
		"by a script with pauses":         {typed("a boat", 12*ms, piece{12 * ms, "\r"}), "a boat<enter>"},
		"an input method":                 {[]piece{{0, "一只红色自行车"}, {100 * ms, "\r"}}, "一只红色自行车<enter>"},
		"dictation":                       {[]piece{{0, "a red bicycle at dawn in the rain"}, {200 * ms, "\r"}}, "a red bicycle at dawn in the rain<enter>"},
		"enters alone":                    {[]piece{{0, "\r\r"}, {time.Second, "\r\x1b[A"}}, "<enter><enter><enter><up>"},
		"a held letter, and a hand":       {[]piece{{0, "aaaa"}, {150 * ms, "\r"}}, "aaaa<enter>"},
	} {
		f := newFeeder()
		for _, p := range c.pieces {
			f.feed(p.after, p.bytes)
		}
		if got := describe(f.end()); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

// TestParserEscAndWhatFollows: the key esc comes quickly, keys after it are typed, and the rest of a sequence after it is dropped.
func TestParserEscAndWhatFollows(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		gap    time.Duration
		pieces []string
		want   string
	}{
		{60 * time.Millisecond, []string{"\x1b", "x", "x"}, "<esc>xx"},
		{60 * time.Millisecond, []string{"\x1b", "O", "n", " ", "a"}, "<esc>On a"},
		{60 * time.Millisecond, []string{"\x1b", "P", "o", "r", "t"}, "<esc>Port"},
		{60 * time.Millisecond, []string{"\x1b", "[", "r", "e"}, "<esc>[re"},
		{60 * time.Millisecond, []string{"\x1b", "[", "1", " "}, "<esc>[1 "},
		{60 * time.Millisecond, []string{"\x1b", "_", "é"}, "<esc>_é"},
		{60 * time.Millisecond, []string{"\x1b", "]", "\r"}, "<esc>]<enter>"},
		{60 * time.Millisecond, []string{"\x1b", "O"}, "<esc>O"},
		{60 * time.Millisecond, []string{"\x1b", "["}, "<esc>["},
		{700 * time.Millisecond, []string{"\x1b", "[", "A"}, "<esc>[A"},
		{500 * time.Millisecond, []string{"\x1b", "[", "A", "x"}, "<esc>x"},
		{500 * time.Millisecond, []string{"\x1b", "OP", "x"}, "<esc>x"},
		{500 * time.Millisecond, []string{"\x1b", "[<0;10", ";10M", "x"}, "<esc>x"},
		{500 * time.Millisecond, []string{"\x1b", "]11;rgb:20", "20/1f1f/2626", "\x1b", "\\", "x"}, "<esc><uv.BackgroundColorEvent #201f26>x"},
		{500 * time.Millisecond, []string{"\x1b[200~a\x1b[201~", "\r\x1b[201~"}, "<paste \"a\">\n"},
		{500 * time.Millisecond, []string{"\x1b", "[200~a\r", "b\x1b", "[201~"}, `<esc><paste "a\rb">`},
	} {
		if got := describe(read(c.gap, c.pieces...)); got != c.want {
			t.Errorf("%q, %v apart: %q, want %q", c.pieces, c.gap, got, c.want)
		}
	}
	f := newFeeder()
	f.feed(0, "\x1b")
	f.wait(escWait)
	if got := describe(f.got); got != "<esc>" {
		t.Errorf("after %v esc is %q", escWait, got)
	}
	f = newFeeder()
	f.in.expectAnswer(f.now)
	f.feed(0, "\x1b")
	f.feed(500*time.Millisecond, "[?62;4c")
	f.feed(0, "\x1b")
	f.wait(escWait)
	f.in.expectAnswer(f.now)
	f.feed(0, "\x1b")
	f.feed(escWait, "x")
	if got := describe(f.got); got != "<uv.PrimaryDeviceAttributesEvent [62 4]><esc><esc>x" {
		t.Errorf("while an answer is expected: %q", got)
	}
}
