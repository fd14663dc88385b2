package history

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestCopiesAreFoundAndJoined: copies that other programs leave are found whatever they are called, their pictures are not called
// superfluous, and Mend joins what they have, once; the journal's own lines count where both have the same revision.
func TestCopiesAreFoundAndJoined(t *testing.T) {
	t.Parallel()
	for _, name := range []string{
		"history.sync-conflict-20261120-120000-ABCDEFG.jsonl", "history (Ann's conflicted copy 2026-11-20).jsonl", "history 2.jsonl",
		"history-DESKTOP-ABC.jsonl", "history.jsonl.orig", "history.jsonl~", "history (1).jsonl", "Copy of history.jsonl", ".nfs00000000012",
		".#history.jsonl.1", "#history.jsonl#", "history.jsonl.bak", "sedAbC123", "Kopie von history.jsonl", ".syncthing.history.jsonl.tmp",
		"history-2026-11-20.jsonl", "utf16.txt", "it's.jsonl",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			mine := strings.Replace(threeLines[0], "a boat", "the journal's", 1)
			dir := writeJournal(t, mine+"\n")
			content := []byte("\ufeff" + strings.Join(threeLines, "\r\n") + "\r\nhello")
			if name == "utf16.txt" {
				content = inUTF16(string(content), binary.LittleEndian)
			}
			write := func(name string, b []byte) {
				path := filepath.Join(dir, name)
				if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.WriteFile(path, b, 0o600)); err != nil {
					t.Skip("no such name here: ", err)
				}
			}
			write(name, content)
			write("pictures/b.png", nil)
			write("form.json", []byte(`{"v":1,"draft":""}`))
			h := openHistory(t, dir)
			var found []string
			if _, err := h.Check(t.Context(), false, func(f Finding) {
				switch f.Kind {
				case ConflictCopy:
					found = append(found, f.Path)
					if !strings.Contains(f.Sentence, "For 2 of its predictions") || !strings.Contains(f.Fix, "--mend") {
						t.Errorf("%+v", f)
					}
				case OrphanPicture:
					t.Errorf("%+v", f)
				}
			}); err != nil || !slices.Equal(found, []string{name}) {
				t.Fatalf("found %q, %v", found, err)
			}
			m, err := h.Mend(t.Context())
			if err != nil || m.Joined != 3 || len(m.Copies) != 1 {
				t.Fatalf("%+v, %v", m, err)
			}
			if kept, err := os.ReadFile(m.Copies[0]); err != nil || !bytes.Equal(kept, content) {
				t.Errorf("the copy is not kept: %v", err)
			}
			again := openHistory(t, dir)
			want := []string{threePrompts[0], threePrompts[1], "the journal's"}
			if got := promptsOf(t, again); !slices.Equal(got, want) {
				t.Errorf("it has %q", got)
			}
			if left := again.findCopies(); len(left) > 0 {
				t.Errorf("there are still %q", left)
			}
		})
	}
}

// TestMendLosesNothing joins random pieces of everything: after Mend each prediction that was readable in any encoding is there, each
// other line is in the file of those that cannot be read, and a second Mend changes nothing.
func TestMendLosesNothing(t *testing.T) {
	t.Parallel()
	rounds := 60
	for seed := range uint64(rounds) {
		random := rand.New(rand.NewPCG(seed, 1))
		var data []byte
		keys, bad := map[string]bool{}, 0
		for i := range 1 + random.IntN(12) {
			key := fmt.Sprintf("01k0000000000000000000%04d", i)
			line := fmt.Sprintf(`{"v":1,"key":%q,"rev":1,"state":"done","input":{"prompt":"Ċ %d"}}`, key, i)
			switch random.IntN(6) {
			case 0:
				data = append(data, fmt.Sprintf("rubbish %d\n", i)...)
				bad++
			case 1:
				data = append(data, line[:20+random.IntN(20)]+"\n"...)
				bad++
			case 2:
				data = append(data, inUTF16(line, binary.LittleEndian)...)
				data = append(data, '\n')
				keys[key] = true
			case 3:
				data = append(data, inUTF16(line, binary.BigEndian)...)
				data = append(data, '\n')
				keys[key] = true
			default:
				data = append(data, line+"\r\n"...)
				keys[key] = true
			}
		}
		if encodingOf(data) != utf8Text { // then all of it is taken to be so
			continue
		}
		h := openHistory(t, writeJournal(t, string(data)))
		m, err := h.Mend(t.Context())
		if err != nil || m.Bad != bad || m.Entries != len(keys) {
			t.Fatalf("seed %d: %+v, %v; there are %d good and %d bad lines", seed, m, err, len(keys), bad)
		}
		for key := range keys {
			if _, err := h.Get(key); err != nil {
				t.Errorf("seed %d: %s is lost: %v", seed, key, err)
			}
		}
		if aside, _ := os.ReadFile(m.Unreadable); bad > 0 && bytes.Count(aside, []byte{'\n'}) != bad {
			t.Errorf("seed %d: %d lines are kept: %q", seed, bad, aside)
		}
		before, _ := os.ReadFile(h.journalPath())
		m, err = h.Mend(t.Context())
		if m.Backup != "" {
			t.Errorf("seed %d: it was mended twice", seed)
		}
		after, _ := os.ReadFile(h.journalPath())
		if err != nil || m.Bad != 0 || m.Joined != 0 || !bytes.Equal(before, after) {
			t.Errorf("seed %d: a second time: %+v, %v", seed, m, err)
		}
	}
}

// TestNoPictureIsCalledSuperfluous: while a line cannot be read, no picture and no unfinished download may be deleted.
func TestNoPictureIsCalledSuperfluous(t *testing.T) {
	t.Parallel()
	for name, lines := range map[string]string{"foreign": "hello\n", "torn": threeLines[1][:50] + "\n", "zero bytes": strings.Repeat("\x00", 9) + "\n"} {
		h := openHistory(t, writeJournal(t, threeLines[2]+"\n"+threeLines[0]+"\n"+lines))
		if err := os.Mkdir(h.Path("pictures"), 0o700); err != nil {
			t.Fatal(err)
		}
		for _, file := range []string{"b.png", "01k0000000000000000000dddd-1.part"} {
			if err := os.WriteFile(h.Path("pictures/"+file), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		checkKept(t, name, h)
		if _, err := h.Mend(t.Context()); err != nil {
			t.Fatal(err)
		}
		checkKept(t, name+", mended", h)
	}
}

// checkKept checks that no finding says that a file may be deleted.
func checkKept(t *testing.T, name string, h *History) {
	t.Helper()
	said := 0
	if _, err := h.Check(t.Context(), false, func(f Finding) {
		if f.Kind == OrphanPicture || f.Kind == StalePartial {
			said++
			if strings.Contains(f.Fix, "delete") || !strings.Contains(f.Fix, "Keep it") {
				t.Errorf("%s: %+v", name, f)
			}
		}
	}); err != nil || said != 2 {
		t.Errorf("%s: %d findings, %v", name, said, err)
	}
}
