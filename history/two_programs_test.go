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

// changerDir and changerChange make this test binary a program that changes entries which others change at the same moment.
const changerDir, changerChange = "TINTYPE_TEST_CHANGER", "TINTYPE_TEST_CHANGER_PART"

// changedKeys is how many entries the changers share, and changesEach how often each of them changes each.
const changedKeys, changesEach = 4, 6

// changes are what the changers do to an entry: each its own thing, as a star given here, and the end written there.
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

// runChanger changes the shared entries in an order of its own, and counts in each how often it did.
func runChanger(dir, part string) {
	h, err := openFromEnv(dir)
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
			e.Metrics[part]++
			return changes[part](e)
		})
		if err != nil {
			panic(err)
		}
	}
	os.Exit(0)
}

// TestI15TwoInstances: three programs change the same entries at the same moments, each in its own order and way; no line is lost
// or torn, and in the end every entry has what each of them did, every time that it did it. Row “two app instances”.
func TestI15TwoInstances(t *testing.T) { changeTogether(t, nil) }

// TestFaultNFSHomeProgramsLoseNoLine: so it is with lock files, where the system's locks cannot be had. Row “NFS/SMB home”.
func TestFaultNFSHomeProgramsLoseNoLine(t *testing.T) {
	t.Setenv(withoutFlock, "yes")
	h := changeTogether(t, nil)
	if h.NetworkStorage() == "" {
		t.Error("no mark of shared storage is left")
	}
}

// TestFaultNFSHomeUnderStrace: so it is when the kernel itself answers ENOLCK to every flock. Row “NFS/SMB home”.
func TestFaultNFSHomeUnderStrace(t *testing.T) {
	inject := []string{"-f", "-qq", "-o", "/dev/null", "-e", "trace=flock", "-e", "inject=flock:error=ENOLCK"}
	strace, err := exec.LookPath("strace")
	if err != nil || exec.Command(strace, append(inject, os.Args[0], "-test.run=^$")...).Run() != nil {
		t.Skip("there is no strace here that may trace")
	}
	h := changeTogether(t, append([]string{strace}, inject...))
	if h.NetworkStorage() == "" {
		t.Error("no mark of shared storage is left: no flock failed")
	}
}

// changeTogether runs a changer of each part at once, under the command before it, and looks at what is there in the end.
func changeTogether(t *testing.T, under []string) *History {
	dir := t.TempDir()
	var started []*exec.Cmd
	for part := range changes {
		args := append(slices.Clone(under), os.Args[0], "-test.run=^$")
		cmd := exec.Command(args[0], args[1:]...)
		cmd.Env = append(os.Environ(), changerDir+"="+dir, changerChange+"="+part)
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
		t.Errorf("%d lines, %d of them torn, %v", lines, countInvalid(data), err)
	}
	for i := range changedKeys {
		e, err := h.Get(changedKey(i))
		if err != nil || !e.Star || e.State != Done || len(e.Outputs) != 1 || !slices.Equal(e.Tags, []string{"poster"}) {
			t.Errorf("%+v, %v", e, err)
		}
		if e.Rev != len(changes)*changesEach {
			t.Errorf("%d revisions", e.Rev)
		}
		for part := range changes {
			if e.Metrics[part] != changesEach {
				t.Errorf("%s: %v changes of %d", part, e.Metrics[part], changesEach)
			}
		}
	}
	return h
}
