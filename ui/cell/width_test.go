package cell

import (
	"bytes"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	uv "github.com/charmbracelet/ultraviolet"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// agreed returns what a terminal is sent for a line, without the codes that set the position.
func agreed(line string, runes bool) string {
	return ansi.Strip(string(Draw([]byte(agreeLine(line, 1000, runes)))))
}

func TestAgreeLine(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ in, runes, clusters string }{
		{"plain │ ▀ 紙の舟 ″ Привет", "plain │ ▀ 紙の舟 ″ Привет", "plain │ ▀ 紙の舟 ″ Привет"},
		{"👩‍🚀 up", "👩 up", "👩‍🚀 up"},
		{"👍🏽.", "👍.", "👍🏽."},
		{"I ❤️ it", "I ❤️ it", "I ❤️ it"},
		{"🇯🇵", "🇯🇵", "🇯🇵"},
		{"é e\u0301", "é e\u0301", "é e\u0301"},
		{"\x1b[1m👩‍🚀\x1b[m", "👩", "👩‍🚀"},
		{"नमस्ते दुनिया กำ", "नमस्ते दुनिया กำ", "नमस्ते दुनिया กำ"},
		{"\u1112\u1161\u11ab\u1100\u1173\u11af!", "한글!", "한글!"},
	} {
		if got := agreed(c.in, true); got != c.runes {
			t.Errorf("%q became %q for a terminal that counts runes, want %q", c.in, got, c.runes)
		}
		if got := agreed(c.in, false); got != c.clusters {
			t.Errorf("%q became %q for a terminal that counts clusters, want %q", c.in, got, c.clusters)
		}
	}
}

// terminal draws one line as terminals do, with a count of its own for each text that it is sent.
type terminal struct {
	cells []string
	count func(cluster string) int
}

func (m *terminal) draw(t *testing.T, b []byte) {
	t.Helper()
	x, saved := 0, 0
	p := ansi.NewParser()
	for state, s := byte(0), string(b); s != ""; {
		seq, _, n, next := ansi.DecodeSequence(s, state, p)
		count, _ := p.Param(0, 1)
		switch {
		case seq == "\x1b7":
			saved = x
		case seq == "\x1b8":
			x = saved
		case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "X"):
			for i := range count {
				m.set(x+i, " ")
			}
		case strings.HasPrefix(seq, "\x1b[") && strings.HasSuffix(seq, "C"):
			x += count
		case strings.HasPrefix(seq, "\x1b"):
		default:
			for i := range m.count(seq) {
				m.set(x+i, map[bool]string{true: seq, false: ""}[i == 0])
			}
			x += m.count(seq)
		}
		s, state = s[n:], next
	}
}

func (m *terminal) set(x int, s string) {
	for len(m.cells) <= x {
		m.cells = append(m.cells, "stale")
	}
	m.cells[x] = s
}

// counts are ways in which terminals count a text.
var counts = map[string]func(string) int{
	"clusters":    ansi.StringWidth,
	"code points": ansi.StringWidthWc,
	"all marks as nothing": func(s string) (w int) {
		for _, r := range s {
			if !unicode.Is(unicode.M, r) {
				w += ansi.StringWidthWc(string(r))
			}
		}
		return w
	},
	"marks as nothing": func(s string) int { r, _ := utf8.DecodeRuneInString(s); return ansi.StringWidthWc(string(r)) },
	"the first two": func(s string) (w int) {
		for i, r := range []rune(s) {
			if i == 0 || i == 1 && !unicode.Is(unicode.Mn, r) {
				w += ansi.StringWidthWc(string(r))
			}
		}
		return w
	},
	"no new emoji": func(s string) int {
		if text.IsEmoji(s) {
			return 1
		}
		return ansi.StringWidth(s)
	},
}

func TestTheRuleKeepsItsColumnHoweverTextIsCounted(t *testing.T) {
	t.Parallel()
	for _, said := range disputedTexts {
		for name, count := range counts {
			for _, runes := range []bool{true, false} {
				c := NewCanvas(40, 1)
				c.AgreedWidths = runes
				c.PutLine(0, 0, 30, "\x1b[1m"+said+"\x1b[m")
				c.PutLine(30, 0, 10, "│ 3 min ago")
				for _, method := range []ansi.Method{ansi.WcWidth, ansi.GraphemeWidth} {
					checkCells(t, said, c.String(), method)
				}
				m := &terminal{count: count}
				m.draw(t, Draw([]byte(c.String())))
				if len(m.cells) != 40 || m.cells[30] != "│" || strings.Contains(strings.Join(m.cells, ""), "stale") {
					t.Errorf("%q, counted by %s, runes %v: %q", said, name, runes, m.cells)
				}
			}
		}
	}
}

var disputedTexts = []string{
	"नमस्ते दुनिया", "กำลัง น้ำ", "ຄຳ", "한글 \u1112\u1161\u11ab\u1100\u1173\u11af", "\u1100\u1100\u1161\u11a8\u11a8", "👩‍🚀 👨‍👩‍👧‍👦 👍🏽 🏳️‍🌈", "🇯🇵🇩🇪🇯",
	"I ❤️ it 1️⃣ 🫩", "e\u0301\u0302 a\u0308", "বাংলা ক্ষ", "தமிழ் க்ஷௌ", "ភាសាខ្មែរ", "မြန်မာပုံ", "ကား ပျား", "རྫོང་ཁ", "שָׁלוֹם", "مَرْحَبًا", "\u0301\u0302 alone", "a boat",
	strings.Repeat("นำ", 30), strings.Repeat("स्ते", 30), strings.Repeat("👩‍🚀", 30),
}

// checkCells fails if the renderer puts the rule elsewhere, counting by method.
func checkCells(t *testing.T, said, frame string, method ansi.Method) {
	t.Helper()
	buf := uv.NewScreenBuffer(40, 1)
	buf.Method = method
	uv.NewStyledString(frame).Draw(buf, buf.Bounds())
	if cell := buf.CellAt(30, 0); cell == nil || cell.Content != "│" {
		t.Errorf("%q: the rule is not in its column, by method %d: %q", said, method, frame)
	}
}

func TestWidthOfACellAndOfATextAreOne(t *testing.T) {
	t.Parallel()
	for _, said := range disputedTexts {
		safe := text.Clean(said)
		if got := Width("\x1b[1m" + string(safe) + "\x1b[m"); got != text.Width(safe) {
			t.Errorf("%q: %d columns, its text has %d", safe, got, text.Width(safe))
		}
		if got := ansi.StringWidth(agreeLine(string(safe), 1000, true)); got != text.Width(safe) {
			t.Errorf("%q is drawn in %d columns, its text has %d", safe, got, text.Width(safe))
		}
	}
}

// TestEveryCharacterIsAgreedOn: behind a letter, a syllable and another sign, each code point of Unicode gets as many columns as the
// renderer counts for what is drawn, by both of its methods.
func TestEveryCharacterIsAgreedOn(t *testing.T) {
	t.Parallel()
	wrong := 0
	for r := rune(0x80); r < 0x20000; r++ { // beyond are only ideographs and what text.Clean drops
		if unicode.In(r, unicode.Han, unicode.Hangul, unicode.Yi, unicode.Cuneiform, unicode.Tangut) && r > 0x3400 && r%64 != 0 || r > 0xfff && !unicode.IsGraphic(r) {
			continue
		}
		for _, before := range []string{"", "a", "\u1112\u1161", "ｶ"} {
			safe := text.CleanLine(before + string(r))
			line := agreeLine(string(safe)+"|", 1000, true)
			w := text.Width(safe) + 1
			if ansi.StringWidth(line) == w && ansi.StringWidthWc(line) == w && Width(string(safe)+"|") == w {
				continue
			}
			if wrong++; wrong < 10 {
				t.Errorf("%q: %d columns, drawn in %d or %d", safe, w, ansi.StringWidth(line), ansi.StringWidthWc(line))
			}
		}
	}
	if wrong > 0 {
		t.Errorf("%d are wrong", wrong)
	}
}

func TestPlace(t *testing.T) {
	t.Parallel()
	if got := Place("a boat", 80); got != "a boat" {
		t.Errorf("%q", got)
	}
	m := &terminal{count: counts["the first two"]}
	m.draw(t, []byte(Place(text.Fit("नमस्ते กำ 👩‍🚀", 20)+"key", 80)))
	if m.cells[20] != "k" {
		t.Errorf("%q", m.cells)
	}
}

func TestNothingIsPlacedAtTheEdge(t *testing.T) {
	t.Parallel()
	c := NewCanvas(4, 1)
	c.PutLine(0, 0, 4, "นำนำ")
	if got := string(Draw([]byte(c.String()))); strings.Count(got, "\x1b8") != 1 || !strings.HasSuffix(got, "??") {
		t.Errorf("%q", got)
	}
}

func FuzzPlaceholders(f *testing.F) {
	for _, s := range append(disputedTexts, "\u0fba\u0cc4", "?\U000e0101\U000e010b", "？\U000e0100", "\x1b]52;c;AAAA\x07กำ") {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		safe := text.CleanLine(s)
		c := NewCanvas(text.Width(safe)+12, 1)
		c.PutLine(0, 0, c.w, string(safe)+"|")
		out := Draw([]byte(c.String()))
		if ansi.StringWidth(c.String()) != text.Width(safe)+1 || !utf8.Valid(out) {
			t.Fatalf("%q: %q has %d columns, want %d", s, c.String(), ansi.StringWidth(c.String()), text.Width(safe)+1)
		}
		if strings.Contains(string(out), nibblePrefix) {
			t.Fatalf("%q: a placeholder is left in %q", s, out)
		}
		want := 0
		for _, code := range []string{"\x1b7", "\x1b8", "\x1b[?7l", "\x1b[?7h"} {
			want += strings.Count(string(out), code)
		}
		want += strings.Count(string(out), "\x1b8") * 2 // one ECH and one CUF each
		if got := strings.Count(string(out), "\x1b"); got != want {
			t.Fatalf("%q: other escape sequences in %q", s, out)
		}
	})
}

// TestOutputTakesEachFrameOnce: a frame counts as written completely, however many bytes its placeholders become. The renderer would write
// the rest again and again.
func TestOutputTakesEachFrameOnce(t *testing.T) {
	t.Parallel()
	for _, disputed := range []string{"a boat", "☀️ boat", "नमस्ते दुनिया", "กำลัง", "👩‍👩‍👧 boat", "🇩🇪", "1️⃣"} {
		frame := agreeLine(disputed, 80, false)
		terminal := recorder{&bytes.Buffer{}}
		n, err := Output{ReadWriteCloser: terminal}.Write([]byte(frame))
		if n != len(frame) || err != nil || terminal.Len() == 0 {
			t.Errorf("%q: %d of %d bytes (%v)", disputed, n, len(frame), err)
		}
	}
}

// recorder keeps what is written.
type recorder struct{ *bytes.Buffer }

func (recorder) Close() error { return nil }
