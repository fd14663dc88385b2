package history

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

// changerDir and changerChange make this test binary a program that changes entries while others change them.
const changerDir, changerChange = "TINTYPE_TEST_CHANGER", "TINTYPE_TEST_CHANGER_PART"

// changedKeys is how many entries the changers share, and changesEach how often each of them changes each.
const changedKeys, changesEach = 4, 6

// changes are what the changers do to an entry, each something else.
var changes = map[string]func(Entry) Entry{
	"star": func(e Entry) Entry { e.Star = true; return e },
	"end": func(e Entry) Entry {
		e.State, e.Outputs = Done, []Output{{URL: "https://example.com/a.webp"}}
		return e
	},
	"tag": func(e Entry) Entry {
		if !slices.Contains(e.Tags, "poster") {
			e.Tags = append(e.Tags, "poster")
		}
		return e
	},
}

func changedKey(i int) string { return fmt.Sprintf("%026d", i+7) }

// runChanger changes the shared entries in random order, and counts in each how often it did.
func runChanger(dir, name string) {
	h, err := openIn(dir, hasFlock())
	if err != nil {
		panic(err)
	}
	var order []int
	for i := range changedKeys * changesEach {
		order = append(order, i%changedKeys)
	}
	rand.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
	for _, i := range order {
		_, err := h.Append(changedKey(i), func(e Entry) Entry {
			if e.State == "" {
				e.State = Waiting
			}
			if e.Metrics == nil {
				e.Metrics = map[string]float64{}
			}
			e.Metrics[name]++
			return changes[name](e)
		})
		if err != nil {
			panic(err)
		}
	}
	os.Exit(0)
}

// TestI15TwoInstances: three programs change the same entries at the same time, each in its own way and order. No line is lost or
// damaged, and in the end every entry has every change of each.
func TestI15TwoInstances(t *testing.T) {
	t.Parallel()
	changeTogether(t, true, nil)
}

// TestFaultNFSHomeProgramsLoseNoLine: the same with lock files, where the system has no locks.
func TestFaultNFSHomeProgramsLoseNoLine(t *testing.T) {
	t.Parallel()
	h := changeTogether(t, false, nil)
	if h.NetworkStorage() == "" {
		t.Error("the folder is not marked as shared")
	}
}

// TestFaultNFSHomeUnderStrace: the same where the kernel itself returns ENOLCK for every flock.
func TestFaultNFSHomeUnderStrace(t *testing.T) {
	t.Parallel()
	inject := []string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"}
	strace, err := exec.LookPath("strace")
	if err != nil || exec.Command(strace, append(inject, os.Args[0], "-test.run=^$")...).Run() != nil {
		t.Skip("strace is missing or may not trace here")
	}
	h := changeTogether(t, true, append([]string{strace}, inject...))
	if h.NetworkStorage() == "" {
		t.Error("the folder is not marked as shared: no flock failed")
	}
}

// changeTogether runs the changers at the same time, each as an argument of the command under, and checks the result.
func changeTogether(t *testing.T, flock bool, under []string) *History {
	t.Helper()
	dir := t.TempDir()
	var started []*exec.Cmd
	for name := range changes {
		args := append(slices.Clone(under), os.Args[0], "-test.run=^$")
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(flockEnv(flock), changerDir+"="+dir, changerChange+"="+name)
		cmd.Stderr = new(strings.Builder)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		started = append(started, cmd)
	}
	for _, cmd := range started {
		if err := cmd.Wait(); err != nil {
			t.Fatalf("%v: %s", err, cmd.Stderr)
		}
	}
	h := openHistory(t, dir)
	data, err := os.ReadFile(h.journalPath())
	if lines := bytes.Count(data, []byte("\n")); err != nil || lines != len(changes)*changedKeys*changesEach || countInvalid(data) > 0 {
		t.Errorf("%d lines, %d of them incomplete, %v", lines, countInvalid(data), err)
	}
	for i := range changedKeys {
		e, err := h.Get(changedKey(i))
		if err != nil || !e.Star || e.State != Done || len(e.Outputs) != 1 || !slices.Equal(e.Tags, []string{"poster"}) {
			t.Errorf("%+v, %v", e, err)
		}
		if e.Rev != len(changes)*changesEach {
			t.Errorf("%d revisions", e.Rev)
		}
		for name := range changes {
			if e.Metrics[name] != changesEach {
				t.Errorf("%s: %v changes of %d", name, e.Metrics[name], changesEach)
			}
		}
	}
	return h
}
