package tty

import (
	"bytes"
	"fmt"
	"image/color"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"
)

var epoch = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

// feeder feeds an Input as a Reader does, with a clock of its own.
type feeder struct {
	in  Input
	now time.Time
	got []uv.Event
}

func newFeeder() *feeder { return &feeder{now: epoch} }

// wait lets time pass.
func (f *feeder) wait(d time.Duration) {
	end := f.now.Add(d)
	for {
		at, waits := f.in.Deadline()
		if !waits || at.After(end) {
			break
		}
		f.now = at
		f.got = append(f.got, f.in.Expire(at)...)
	}
	f.now = end
}

// feed feeds a piece after a pause.
func (f *feeder) feed(pause time.Duration, piece string) {
	f.wait(pause)
	f.got = append(f.got, f.in.Feed([]byte(piece), f.now)...)
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

func TestInputReads(t *testing.T) {
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
		// What never ends, or is broken.
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

// TestInputEnters: an enter among text that no hand types breaks the line, and every other one is the key.
func TestInputEnters(t *testing.T) {
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

// TestInputEscAndWhatFollows: the key esc comes quickly, what is typed after it is typed, and what goes on after it as a sequence
// does is dropped.
func TestInputEscAndWhatFollows(t *testing.T) {
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
	f.in.Expect(f.now)
	f.feed(0, "\x1b")
	f.feed(500*time.Millisecond, "[?62;4c")
	f.feed(0, "\x1b")
	f.wait(escWait)
	f.in.Expect(f.now)
	f.feed(0, "\x1b")
	f.feed(escWait, "x")
	if got := describe(f.got); got != "<uv.PrimaryDeviceAttributesEvent [62 4]><esc><esc>x" {
		t.Errorf("while an answer is expected: %q", got)
	}
}

// TestInputSplitAfterASequence: an ESC in one read with the sequence before it begins another one, and only if no more comes it is the key.
func TestInputSplitAfterASequence(t *testing.T) {
	t.Parallel()
	sequences := []string{
		"\x1b[O", "\x1b[I", "\x1b[<35;120;33M", "\x1b[M *+", "\x1b[?62;4c", "\x1b[?2026;2$y", "\x1b[12;40R", "\x1b]11;rgb:2020/1f1f/2626\x1b\\",
		"\x1b]11;rgb:2020/1f1f/2626\a", "\x1bP>|foot(1.13.1)\x1b\\", "\x1b_Gi=31;OK\x1b\\", "\x1b[A", "\x1bOB", "\x1b[3~", "\x1b[200~a\x1b[201~",
	}
	for _, one := range sequences {
		for _, two := range sequences {
			want := read(0, one+two)
			for _, pause := range []time.Duration{51 * time.Millisecond, 60 * time.Millisecond, 250 * time.Millisecond, 490 * time.Millisecond} {
				if got := read(pause, one+two[:1], two[1:]); !reflect.DeepEqual(got, want) {
					t.Errorf("%q and %q, cut after the ESC by %v: %s, want %s", one, two, pause, describe(got), describe(want))
				}
			}
		}
	}
	const move = "<uv.MouseMotionEvent motion>"
	for _, c := range []struct {
		gap    time.Duration
		pieces []string
		want   string
	}{
		{0, []string{"\x1b[<35;1;1M\x1b"}, move + "<esc>"},
		{60 * time.Millisecond, []string{"\x1b[<35;1;1M\x1b", "\x1b[<35;1;1M"}, move + "<esc>" + move},
		{60 * time.Millisecond, []string{"\x1b[<35;1;1M\x1b", "x"}, move + "<esc>x"},
		{60 * time.Millisecond, []string{"\x1b[<35;1;1M\x1b", "\x03"}, move + "<esc><ctrl+c>"},
		{700 * time.Millisecond, []string{"\x1b[<35;1;1M\x1b", "j"}, move + "<esc>j"},
		{60 * time.Millisecond, []string{"\x1b[<35;1;1M", "\x1b", "[<35;1;1M"}, move + "<esc>"}, // a read of its own: the key, and then what looks like a report
	} {
		if got := describe(read(c.gap, c.pieces...)); got != c.want {
			t.Errorf("%q, %v apart: %q, want %q", c.pieces, c.gap, got, c.want)
		}
	}
}

// isAllowed reports whether events are those that are wanted, or fewer of them. An esc may come in addition where a cut made an ESC lone,
// at most so many times.
func isAllowed(got, want []uv.Event, escs int) bool {
	plain, i := normalize(want), 0
	for _, event := range normalize(got) {
		for i < len(plain) && !reflect.DeepEqual(plain[i], event) {
			if escs > 0 && reflect.DeepEqual(event, uv.Event(uv.KeyPressEvent{Code: uv.KeyEscape})) {
				break
			}
			i++
		}
		switch {
		case i < len(plain) && reflect.DeepEqual(plain[i], event):
			i++
		case escs > 0 && reflect.DeepEqual(event, uv.Event(uv.KeyPressEvent{Code: uv.KeyEscape})):
			escs--
		default:
			return false
		}
	}
	return true
}

// normalize makes keys of bursts, since a cut may take one apart.
func normalize(events []uv.Event) (out []uv.Event) {
	var decoder uv.EventDecoder
	for _, event := range events {
		burst, ok := event.(Burst)
		if !ok {
			out = append(out, event)
			continue
		}
		for _, r := range burst {
			_, key := decoder.Decode(utf8.AppendRune(nil, r))
			out = append(out, key)
		}
	}
	return out
}

// TestInputSplitAnywhere cuts what terminals send at every place, and at every two places near each other, with pauses up to 500 ms: the
// events are the same, or fewer, and never others.
func TestInputSplitAnywhere(t *testing.T) {
	t.Parallel()
	pauses := []time.Duration{0, time.Millisecond, 49 * time.Millisecond, 51 * time.Millisecond, 100 * time.Millisecond, 250 * time.Millisecond, 500 * time.Millisecond}
	var streams, cuts, fewer int
	check := func(name, stream string, want []uv.Event, starts map[int]bool, pause time.Duration, at ...int) {
		var pieces []string
		var escs, from int
		for _, to := range at {
			pieces = append(pieces, stream[from:to])
			from = to
			if starts[to-1] && pause >= escWait {
				escs++
			}
		}
		got := read(pause, append(pieces, stream[from:])...)
		cuts++
		if reflect.DeepEqual(normalize(got), normalize(want)) {
			return
		}
		fewer++
		if escs == 0 || !isAllowed(got, want, escs) {
			t.Errorf("%s, cut at %v with %v: %s\nwant %s", name, at, pause, describe(got), describe(want))
		}
	}
	for name, stream := range recordings {
		streams++
		want, starts := read(0, stream), unitStarts(stream)
		for i := 1; i < len(stream); i++ {
			for _, pause := range pauses {
				check(name, stream, want, starts, pause, i)
				for j := i + 1; j < min(i+4, len(stream)) && !testing.Short(); j++ {
					check(name, stream, want, starts, pause, i, j)
				}
			}
		}
		var every []int
		for i := 1; i < len(stream); i++ {
			every = append(every, i)
		}
		for _, pause := range pauses {
			check(name, stream, want, starts, pause, every...)
		}
	}
	t.Logf("%d streams, %d splittings; in %d of them an ESC alone was a key, and the rest of its sequence dropped", streams, cuts, fewer)
}

// TestInputSplitNeverBuys cuts pastes with and without brackets: no enter of theirs is a key.
func TestInputSplitNeverBuys(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(1, 2))
	const ms = time.Millisecond
	var splittings int
	for _, c := range []struct {
		stream  string
		longest time.Duration // between two pieces
	}{
		{"\x1b[200~a red bicycle\rat dawn\r\r\x1b[201~", 500 * ms},
		{"a red bicycle\rat dawn in the rain\r", 90 * ms},
		{"one\rtwo words\r\rthree\r", 90 * ms},
	} {
		for range 5_000 {
			f := newFeeder()
			rest, first := c.stream, true
			for rest != "" {
				n := min(3+random.IntN(len(c.stream)), len(rest))
				if len(c.stream) > 5 && strings.HasPrefix(c.stream, "\x1b") {
					n = min(1+random.IntN(9), len(rest))
				}
				if first {
					f.feed(0, rest[:n])
				} else {
					f.feed(time.Duration(random.Int64N(int64(c.longest))), rest[:n])
				}
				rest, first = rest[n:], false
			}
			splittings++
			if got := describe(f.end()); strings.Contains(got, "<enter>") {
				t.Fatalf("%q buys: %s", c.stream, got)
			}
		}
	}
	t.Logf("%d splittings", splittings)
}

// TestInputIsBounded: pastes and sequences without an end take little memory, and the key after them is one.
func TestInputIsBounded(t *testing.T) {
	t.Parallel()
	chunk := bytes.Repeat([]byte("0123456789abcde\n"), 256)
	for _, begin := range []string{"\x1b[200~", "\x1b]11;", "\x1bP", "\x1b[1;", "\x1b_G", ""} {
		f := newFeeder()
		f.feed(0, begin)
		for range (2 << 20) / len(chunk) {
			f.feed(0, string(chunk))
			if begin == "" {
				f.got = nil
			}
		}
		if kept := cap(f.in.seq) + cap(f.in.paste); kept > 3*maxPaste {
			t.Errorf("%q: %d bytes are kept", begin, kept)
		}
		f.wait(2 * time.Second)
		f.feed(0, "\x03")
		if got := f.got[len(f.got)-1]; !reflect.DeepEqual(got, uv.Event(uv.KeyPressEvent{Code: 'c', Mod: uv.ModCtrl})) {
			t.Errorf("after %q ctrl+c is %v", begin, got)
		}
	}
	f := newFeeder()
	f.feed(0, "\x1b[200~"+strings.Repeat("x", 10<<20)+pasteEnd+"y")
	paste, _ := f.got[0].(uv.PasteEvent)
	if len(paste.Content) != maxPaste || strings.Trim(paste.Content, "x") != "" || describe(f.got[1:]) != "y" {
		t.Errorf("10 MB were pasted as %d bytes, and %s", len(paste.Content), describe(f.got[1:]))
	}
}

// FuzzTerminalInput: any bytes, split in any way, leave the keyboard usable, keep little, and give only events that are text or known.
// Without pauses the splitting changes nothing.
func FuzzTerminalInput(f *testing.F) {
	for _, stream := range recordings {
		f.Add([]byte(stream), uint64(1))
	}
	for _, odd := range []string{"\x1b", "\x1b[", "\x1b[200~", "\x1b[M", "\x1b\x1b\x1b", "\x1b[[", "\x1bP\x1b", "\r\r\n\t", "\xf0\x9f", "\x1b\xc3", "\x9b1m"} {
		f.Add([]byte(odd), uint64(7))
	}
	f.Fuzz(func(t *testing.T, stream []byte, seed uint64) {
		random := rand.New(rand.NewPCG(seed, 1))
		pauses := []time.Duration{0, 0, 5 * time.Millisecond, 60 * time.Millisecond, 500 * time.Millisecond, 3 * time.Second}
		all, slow := newFeeder(), newFeeder()
		all.feed(0, string(stream))
		for rest := stream; len(rest) > 0; {
			n := 1 + random.IntN(len(rest))
			slow.feed(pauses[random.IntN(len(pauses))], string(rest[:n]))
			rest = rest[n:]
		}
		for _, x := range []*feeder{all, slow} {
			x.wait(2 * time.Second)
			if _, waits := x.in.Deadline(); waits || len(x.in.seq)+len(x.in.paste)+len(x.in.run)+len(x.in.char) > 0 {
				t.Fatalf("%q: something is still waited for", stream)
			}
			for _, event := range x.got {
				if paste, ok := event.(uv.PasteEvent); ok && !utf8.ValidString(paste.Content) {
					t.Errorf("%q: pasted %q", stream, paste.Content)
				}
				if burst, ok := event.(Burst); ok && (!utf8.ValidString(string(burst)) || strings.ContainsAny(string(burst), "\r\x1b\x03")) {
					t.Errorf("%q: a burst %q", stream, burst)
				}
			}
			x.got = nil
			x.feed(0, "\x03")
			if got := describe(x.got); got != "<ctrl+c>" {
				t.Errorf("%q: ctrl+c is %q", stream, got)
			}
		}
		bytewise := newFeeder()
		for _, c := range stream {
			bytewise.feed(0, string([]byte{c}))
		}
		whole := newFeeder()
		whole.feed(0, string(stream))
		blanks := strings.NewReplacer("<enter>", "", "<tab>", "", "\n", "", "\t", "") // whether they are keys depends on what follows
		if got, want := blanks.Replace(describe(bytewise.end())), blanks.Replace(describe(whole.end())); got != want {
			t.Errorf("%q: byte by byte %s, at once %s", stream, got, want)
		}
	})
}
