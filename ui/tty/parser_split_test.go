package tty

import (
	"bytes"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
)

// isAllowed reports whether got has only events of want, in their order, and at most escs keys esc in addition, where a cut left an ESC
// alone.
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

// TestParserSplitAnywhere cuts what terminals send at every place, and at every two places near each other, with pauses up to 500 ms: the
// events are the same, or fewer, and never others.
func TestParserSplitAnywhere(t *testing.T) {
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

// TestParserSplitNeverBuys cuts pastes with and without brackets: no enter in them is a key.
func TestParserSplitNeverBuys(t *testing.T) {
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

// TestParserIsBounded: pastes and sequences without an end take little memory, and the key after them is one.
func TestParserIsBounded(t *testing.T) {
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
			if _, waits := x.in.deadline(); waits || len(x.in.seq)+len(x.in.paste)+len(x.in.run)+len(x.in.char) > 0 {
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
