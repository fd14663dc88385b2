package history

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"tintype/history/duels"
)

// duelerDir and duelerName make this test binary a program that records duels, and undoes every third one.
const duelerDir, duelerName = "TINTYPE_TEST_DUELER", "TINTYPE_TEST_DUELER_NAME"

// runDueler records duels until it is killed, and prints what is durable.
func runDueler(dir, name string) {
	h, err := openIn(dir, hasFlock())
	if err != nil {
		panic(err)
	}
	for i := 1; ; i++ {
		fmt.Println("begins", i)
		d, err := h.Duels().Append(aDuel(name, i))
		if err != nil {
			panic(err)
		}
		fmt.Println("added", i)
		if i%3 == 0 {
			fmt.Println("undoes", i)
			if err := h.Duels().Undo(d); err != nil {
				panic(err)
			}
			fmt.Println("undone", i)
		}
	}
}

// aDuel returns the n-th duel of a program.
func aDuel(name string, n int) duels.Duel {
	return duels.Duel{A: duels.Picture{Key: name, Output: n}, B: duels.Picture{Key: "other", Output: n}, Won: duels.A, Left: "b", Of: "plan"}
}

// TestFaultSIGKILLInADuel: kill -9 while duels are recorded loses none that was acknowledged, brings back none that was undone, and damages no line
// of another program. The next duel can be recorded.
func TestFaultSIGKILLInADuel(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills take a while")
	}
	dir := t.TempDir()
	kills := 12
	if n, err := strconv.Atoi(os.Getenv("TINTYPE_KILLS")); err == nil {
		kills = n
	}
	var before []byte
	for round := 0; round < kills; round += 2 {
		programs := []*dueler{startDueler(t, dir, fmt.Sprint("a", round), round%4 == 0), startDueler(t, dir, fmt.Sprint("b", round), round%4 == 0)}
		for _, p := range programs {
			p.kill(t, rand.IntN(20), p.read)
		}
		h, err := openIn(dir, true)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := h.Duels().Append(aDuel("after", round+1)); err != nil {
			t.Fatal(err)
		}
		after, _ := os.ReadFile(h.Duels().Path())
		if !bytes.HasPrefix(after, before) {
			t.Fatal("old bytes changed")
		}
		before = after
		report, err := h.Duels().Read()
		if err != nil || len(report.Bad) > round+2 {
			t.Fatalf("%v %v", report.Bad, err)
		}
		for _, p := range programs {
			p.check(t, report)
		}
		_ = h.Close()
	}
}

// A dueler is a process that records duels until it is killed.
type dueler struct {
	child
	name                         string
	added, undone, begun, undoes int // the last one of each
}

func startDueler(t *testing.T, dir, name string, flock bool) *dueler {
	t.Helper()
	d := &dueler{child: startChild(t, flock, duelerDir+"="+dir, duelerName+"="+name), name: name}
	d.read(t)
	return d
}

func (d *dueler) read(t *testing.T) bool {
	what, number, ok := d.line()
	if !ok {
		return false
	}
	n, _ := strconv.Atoi(number)
	last, known := map[string]*int{"begins": &d.begun, "added": &d.added, "undoes": &d.undoes, "undone": &d.undone}[what]
	if !known {
		t.Fatalf("it printed %q %q", what, number)
	}
	*last = n
	return true
}

// check looks for the program's duels.
func (d *dueler) check(t *testing.T, report duels.Report) {
	t.Helper()
	have := map[int]bool{}
	for _, duel := range report.Duels {
		if duel.A.Key == d.name {
			have[duel.A.Output] = true
		}
	}
	for i := 1; i <= d.added; i++ {
		gone := i%3 == 0 && i <= d.undone
		maybe := i == d.undoes && i > d.undone // it was killed in between
		if have[i] == gone && !maybe {
			t.Errorf("%s: duel %d of %d: there %v, undone up to %d", d.name, i, d.added, have[i], d.undone)
		}
	}
	if have[d.begun+1] {
		t.Errorf("%s: a duel that was never begun", d.name)
	}
}

// TestI07AnyByteOfTheDuels lets each operation of the disk fail once, or from then on: what was acknowledged is there, after a power loss too, what
// was refused has a sentence and is not there, and when the disk works again everything works.
func TestI07AnyByteOfTheDuels(t *testing.T) {
	t.Parallel()
	for _, err := range []error{syscall.EIO, syscall.ENOSPC} {
		for _, always := range []bool{false, true} {
			for fail := 1; ; fail++ {
				h, d := openInMemory(t)
				acked := []int{1}
				if _, err := h.Duels().Append(aDuel("a", 1)); err != nil {
					t.Fatal(err)
				}
				d.count, d.failAt, d.always, d.err = 0, fail, always, err
				for i := 2; i < 5; i++ {
					_, err := h.Duels().Append(aDuel("a", i))
					if err == nil {
						acked = append(acked, i)
					} else if !strings.HasSuffix(strings.TrimSuffix(err.Error(), " /h"), ".") && !strings.Contains(err.Error(), "/h") {
						t.Errorf("%v", err)
					}
				}
				reached := d.count >= fail
				d.failAt = 0
				if _, err := h.Duels().Append(aDuel("a", 9)); err != nil {
					t.Fatal(err)
				}
				d.losePower(fail%2 == 0)
				h.restart(t)
				checkDuels(t, h.History, append(acked, 9), !always)
				if !reached {
					break
				}
			}
		}
	}
}

// checkDuels checks that the duels with these numbers are there, and with alone, that no others are.
func checkDuels(t *testing.T, h *History, want []int, alone bool) {
	t.Helper()
	report, err := h.Duels().Read()
	if err != nil {
		t.Fatal(err)
	}
	var got []int
	for _, d := range report.Duels {
		got = append(got, d.A.Output)
	}
	for _, n := range want {
		if !slices.Contains(got, n) {
			t.Errorf("%d was acknowledged, there are %v", n, got)
		}
	}
	if alone && !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestCheckFindsDuels: doctor counts the lines that cannot be read, and the journal is not concerned.
func TestCheckFindsDuels(t *testing.T) {
	t.Parallel()
	h := openHistory(t, filepath.Join(t.TempDir(), "data"))
	check := func() (Report, []Finding) {
		t.Helper()
		var found []Finding
		report, err := h.Check(t.Context(), false, func(f Finding) { found = append(found, f) })
		if err != nil {
			t.Fatal(err)
		}
		return report, found
	}
	if report, found := check(); report.Duels != 0 || len(found) > 0 {
		t.Errorf("%+v %+v", report, found)
	}
	if _, err := h.Duels().Append(aDuel("a", 1)); err != nil {
		t.Fatal(err)
	}
	f, err := os.OpenFile(h.Duels().Path(), os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = f.WriteString("boat\n" + `{"v":2,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"a","mood":1}` + "\n" + `{"v":1,"time":"20`)
	_ = f.Close()
	if _, err := h.Duels().Append(aDuel("a", 2)); err != nil {
		t.Fatal(err)
	}
	report, found := check()
	if report.Duels != 3 || report.BadDuels != 2 || report.Bad != 0 || len(found) != 3 {
		t.Fatalf("%+v %+v", report, found)
	}
	for i, want := range []string{"In duels.jsonl: Line 2 is no duel.", "In duels.jsonl: Line 4 was not written to its end, as a crash leaves it.", "In duels.jsonl, a newer version wrote 1 of 5 lines."} {
		if found[i].Sentence != want || found[i].Path != "duels.jsonl" {
			t.Errorf("%+v, want %q", found[i], want)
		}
	}
	_ = os.Remove(h.Duels().Path())
	if err := os.Mkdir(h.Duels().Path(), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, found := check(); len(found) != 1 || !strings.Contains(found[0].Sentence, "cannot be read: "+h.Duels().Path()+" is not a file. Move it away") {
		t.Errorf("%+v", found)
	}
	if _, err := h.Duels().Append(aDuel("a", 1)); err == nil || h.WriteError() != nil {
		t.Errorf("%v; the journal: %v", err, h.WriteError())
	}
}

// TestDuelsBehindALinkToNothing: no file is made there.
func TestDuelsBehindALinkToNothing(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	if err := os.Symlink(filepath.Join(t.TempDir(), "mounted", "duels.jsonl"), h.Duels().Path()); err != nil {
		t.Skip(err)
	}
	if _, err := h.Duels().Append(aDuel("a", 1)); err == nil {
		t.Error("it was recorded behind a link to nothing")
	}
	if _, err := h.Duels().Read(); err == nil || !strings.HasSuffix(err.Error(), ".") {
		t.Errorf("%v", err)
	}
}
