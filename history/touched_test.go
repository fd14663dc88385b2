package history

import (
	"bytes"
	"encoding/binary"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"tintype/history/disk"
	"tintype/history/jsonscan"
)

// threeLines is a journal of three predictions, with text that takes one to four bytes.
var threeLines = []string{
	`{"v":1,"key":"01k0000000000000000000aaaa","rev":1,"state":"done","id":"idofthefirst","input":{"prompt":"a boat"},"outputs":[{"path":"pictures/a.png"}]}`,
	`{"v":1,"key":"01k0000000000000000000bbbb","rev":1,"state":"done","input":{"prompt":"лодка, ਊ Ċ"},"outputs":[{"path":"pictures/b.png"}]}`,
	`{"v":1,"key":"01k0000000000000000000cccc","rev":2,"state":"failed","input":{"prompt":"a 🚤"}}`,
}

// inUTF16 encodes a text, as editors on Windows do.
func inUTF16(text string, order binary.AppendByteOrder) (b []byte) {
	for _, unit := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, unit)
	}
	return b
}

// promptsOf reads a journal entirely, and returns the prompts of its predictions, newest first.
func promptsOf(t *testing.T, h *History) (prompts []string) {
	t.Helper()
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	entries, err := h.Entries(h.Keys().All())
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		prompts = append(prompts, e.Prompt())
	}
	return prompts
}

var threePrompts = []string{"a 🚤", "лодка, ਊ Ċ", "a boat"}

// TestTouchedWhereTheMeaningIsSure: what editors and other programs put around lines is ignored: every prediction is found, also by its id,
// and doctor and Compact find nothing wrong.
func TestTouchedWhereTheMeaningIsSure(t *testing.T) {
	t.Parallel()
	all := strings.Join(threeLines, "\n") + "\n"
	for name, text := range map[string]string{
		"as it was":                 all,
		"byte order mark":           "\ufeff" + all,
		"two of them":               "\ufeff\ufeff" + all,
		"CRLF":                      strings.ReplaceAll(all, "\n", "\r\n"),
		"byte order mark and CRLF":  "\ufeff" + strings.ReplaceAll(all, "\n", "\r\n"),
		"joined":                    "\ufeff" + threeLines[0] + "\n\ufeff" + threeLines[1] + "\n\ufeff" + threeLines[2],
		"no last line feed":         strings.TrimSuffix(all, "\n"),
		"blank lines":               "\n\n \t\n" + strings.ReplaceAll(all, "\n", "\n\r\n\n") + "  ",
		"spaces":                    "  " + strings.ReplaceAll(all, "\n", " \t \n\t"),
		"zero bytes after a crash":  strings.Repeat("\x00", 700) + all,
		"zero bytes before the end": threeLines[0] + "\n" + threeLines[1] + "\x00\x00\n\x00" + threeLines[2] + strings.Repeat("\x00", 4096),
		"reordered, and twice":      threeLines[2] + "\n" + all + threeLines[0] + "\n",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := writeJournal(t, text)
			h := openHistory(t, dir)
			for _, do := range []func(){func() {}, func() {
				if _, err := h.Compact(t.Context()); err != nil {
					t.Error(err)
				}
			}} {
				do()
				if got := promptsOf(t, openHistory(t, dir)); !slices.Equal(got, threePrompts) {
					t.Errorf("it has %q", got)
				}
			}
			if e, err := openHistory(t, dir).Get("idofthefirst"); err != nil || e.Key != "01k0000000000000000000aaaa" {
				t.Errorf("by its id: %v, %v", e.Key, err)
			}
			report, err := h.Check(t.Context(), false, func(Finding) {})
			if err != nil || report.Bad != 0 || report.Entries != 3 || h.Unreadable() != nil {
				t.Errorf("%+v, %v, %v", report, err, h.Unreadable())
			}
			if data, _ := os.ReadFile(h.journalPath()); bytes.ContainsAny(data, "\x00\ufeff") && bytes.Contains(data, []byte("\ufeff")) {
				t.Error("Compact keeps the byte order mark")
			}
		})
	}
}

// unreadableJournals are journals that cannot be read as they are. Mend restores the three predictions of each.
func unreadableJournals() map[string][]byte {
	all := strings.Join(threeLines, "\n") + "\n"
	little, big := binary.LittleEndian, binary.BigEndian
	crlf := strings.ReplaceAll(all, "\n", "\r\n")
	return map[string][]byte{
		"UTF-16, little endian":                  inUTF16("\ufeff"+crlf, little),
		"UTF-16, big endian":                     inUTF16("\ufeff"+all, big),
		"UTF-16 without a byte order mark":       inUTF16(all, little),
		"big endian without a byte order mark":   inUTF16(all, big),
		"UTF-16 and then a line of tintype's":    append(inUTF16("\ufeff"+threeLines[0]+"\r\n"+threeLines[1]+"\r\n", little), threeLines[2]+"\n"...),
		"UTF-16, a torn end, and one of ours":    append(inUTF16("\ufeff"+threeLines[0]+"\n"+threeLines[1], big), "\n"+threeLines[2]+"\n"...),
		"lines that a shell appended in UTF-16":  append([]byte(threeLines[0]+"\n"), inUTF16(threeLines[1]+"\r\n"+threeLines[2]+"\r\n", little)...),
		"one appended in UTF-16 after others":    append([]byte(threeLines[0]+"\n"+threeLines[1]+"\n"), inUTF16(threeLines[2]+"\r\n", little)...),
		"line ends of an old Mac":                []byte(strings.ReplaceAll(all, "\n", "\r")),
		"joined without line feeds":              []byte(threeLines[0] + threeLines[1] + "\ufeff" + threeLines[2] + "\n"),
		"much that is no history, and the three": []byte("<html>\n<p>\n<p>\n" + all),
	}
}

// TestUnreadableIsSaidAndMended: a history that cannot be read is reported before anything is bought, and not changed. Mend restores every
// prediction and keeps the old file, and doctor then finds nothing wrong.
func TestUnreadableIsSaidAndMended(t *testing.T) {
	t.Parallel()
	for name, data := range unreadableJournals() {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := writeJournal(t, string(data))
			h := openHistory(t, dir)
			var why *WriteError
			if err := h.Unreadable(); !errors.As(err, &why) || why.Code != disk.Unreadable || h.WriteError() == nil || !strings.Contains(err.Error(), "doctor --mend") {
				t.Fatalf("%v; %v", err, h.WriteError())
			}
			if strings.HasPrefix(name, "UTF-16") {
				_, star := h.Append("01k0000000000000000000aaaa", func(e Entry) Entry { e.State, e.Star = Done, true; return e })
				_, compact := h.Compact(t.Context())
				if now, _ := os.ReadFile(h.journalPath()); !errors.As(star, &why) || !errors.As(compact, &why) || !bytes.Equal(now, data) {
					t.Errorf("a star: %v; Compact: %v; the file has changed: %v", star, compact, !bytes.Equal(now, data))
				}
			}
			m, err := h.Mend(t.Context())
			if err != nil || m.Entries != 3 {
				t.Fatalf("%+v, %v", m, err)
			}
			if kept, err := os.ReadFile(m.Backup); err != nil || !bytes.Equal(kept, data) {
				t.Errorf("the file is not kept: %v", err)
			}
			if got := promptsOf(t, openHistory(t, dir)); !slices.Equal(got, threePrompts) || h.WriteError() != nil {
				t.Errorf("it has %q; %v", got, h.WriteError())
			}
			mustAppend(t, h, NewKey(noon), intent)
		})
	}
}

// TestPaidLineGoesEvenIntoAnUnreadableJournal: a line about a paid purchase is written even if the file has become unreadable, and Mend
// finds it.
func TestPaidLineGoesEvenIntoAnUnreadableJournal(t *testing.T) {
	t.Parallel()
	h := openHistory(t, writeJournal(t, ""))
	key := NewKey(noon)
	mustAppend(t, h, key, intent)
	data, _ := os.ReadFile(h.journalPath())
	if err := os.WriteFile(h.journalPath(), inUTF16("\ufeff"+string(data), binary.LittleEndian), 0o600); err != nil {
		t.Fatal(err)
	}
	e := intent(Entry{Key: key})
	if _, err := h.Append(key, func(Entry) Entry { return bought(e) }); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Mend(t.Context()); err != nil {
		t.Fatal(err)
	}
	if e, err := openHistory(t, h.dir).Get(key); err != nil || e.ID != "abcdefgh" {
		t.Errorf("%+v, %v", e, err)
	}
}

// TestFewBadLinesDoNotBlock: fewer than half bad lines, and any number of lines that a crash leaves, block nothing. Nor does an incomplete
// last line, however often it is read.
func TestFewBadLinesDoNotBlock(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		text    string
		blocked bool
	}{
		"nothing":           {"", false},
		"blank":             {"\n \n", false},
		"torn":              {threeLines[0][:40], false},
		"torn twice":        {threeLines[0][:40] + "\n" + threeLines[1][:9] + "\n", false},
		"zero bytes":        {strings.Repeat("\x00", 100), false},
		"one of four":       {strings.Join(threeLines, "\n") + "\nhello\n", false},
		"one of two":        {threeLines[0] + "\nhello\n", true},
		"the only one":      {"hello\n", true},
		"without its end":   {"hello", true},
		"another language":  {"[[],{}]\n[]\n", true},
		"too long, alone":   {"{" + strings.Repeat(" ", LineLimit) + "}\n", true},
		"a form, by chance": {`{"v":1,"draft":"a boat"}` + "\n\n", false}, // as a torn line begins
	} {
		h := openHistory(t, writeJournal(t, c.text))
		for range 3 {
			if _, err := h.Refresh(t.Context()); err != nil {
				t.Error(err)
			}
			if err := h.BuildIndex(t.Context()); err != nil {
				t.Error(err)
			}
			if got := h.Unreadable() != nil; got != c.blocked {
				t.Errorf("%s: %v", name, h.Unreadable())
			}
		}
	}
}

// FuzzTrimLine: what is left of a line is a part of it, at the place that is named, and trimming it again changes nothing. A line that
// could be read before can still be read.
func FuzzTrimLine(f *testing.F) {
	for _, s := range []string{"", "{}", "\ufeff{}\r", "\x00\x00{\"a\":1}\x00", " \ufeff \ufeff{", "\xef\xbb{}", "\ufeff", threeLines[0]} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, line []byte) {
		trimmed, skipped := jsonscan.TrimLine(line)
		if skipped < 0 || skipped+len(trimmed) > len(line) || !bytes.Equal(line[skipped:skipped+len(trimmed)], trimmed) {
			t.Fatalf("%q at %d of %q", trimmed, skipped, line)
		}
		if again, more := jsonscan.TrimLine(trimmed); more != 0 || !bytes.Equal(again, trimmed) {
			t.Fatalf("%q becomes %q", trimmed, again)
		}
	})
}
