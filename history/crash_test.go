package history

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// The kill tests run this test binary again as a writer, and kill it.
const writerDir, writerBytes = "TINTYPE_TEST_WRITER", "TINTYPE_TEST_WRITER_BYTES"

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		writeUntilKilled(dir)
	}
	if dir := os.Getenv(changerDir); dir != "" {
		change(dir, os.Getenv(changerPart))
	}
	code := m.Run()
	endBenchmarks()
	os.Exit(code)
}

// writeUntilKilled appends entries and changes of shared ones, and says on standard output what is durable.
func writeUntilKilled(dir string) {
	h, err := Open(Options{Dir: dir})
	if err != nil {
		panic(err)
	}
	size, _ := strconv.Atoi(os.Getenv(writerBytes))
	me := h.Driver()
	fmt.Println("driver", me)
	for i := 0; ; i++ {
		key := NewKey(time.Now())
		text := strings.Repeat("boat ", rand.IntN(size/5+1))
		if _, err := h.Append(key, prompt(text)); err != nil {
			panic(err)
		}
		fmt.Println("acked", key)
		tag := fmt.Sprintf("%s-%d", me, i)
		if _, err := h.Append(sharedKey, func(e Entry) Entry {
			e.State = Waiting
			e.Tags = append(e.Tags[max(len(e.Tags)-20, 0):], tag)
			return e
		}); err != nil {
			panic(err)
		}
		fmt.Println("tagged", tag)
	}
}

// sharedKey is changed by all writers.
const sharedKey = "00000000000000000000000001"

// A writer is a process that writes until it is killed.
type writer struct {
	cmd    *exec.Cmd
	out    *bufio.Reader
	driver string
	acked  []string
	tagged []string
}

func start(t *testing.T, dir string, size int) *writer {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(os.Environ(), writerDir+"="+dir, writerBytes+"="+strconv.Itoa(size))
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	w := &writer{cmd: cmd, out: bufio.NewReader(out)}
	for range 2 { // its driver, and one line: from then on every moment is a good one
		w.read(t)
	}
	return w
}

func (w *writer) read(t *testing.T) bool {
	line, err := w.out.ReadString('\n')
	if err != nil {
		return false
	}
	what, name, _ := strings.Cut(strings.TrimSpace(line), " ")
	switch what {
	case "driver":
		w.driver = name
	case "acked":
		w.acked = append(w.acked, name)
	case "tagged":
		w.tagged = append(w.tagged, name)
	default:
		t.Fatalf("the writer says %q", line)
	}
	return true
}

// kill ends the writer after as many more lines as chance wants, in the middle of whatever it does then.
func (w *writer) kill(t *testing.T, lines int) {
	for range lines {
		w.read(t)
	}
	_ = w.cmd.Process.Kill()
	for w.read(t) {
	}
	_ = w.cmd.Wait()
}

// TestKills: kill -9 at any moment loses nothing that was acknowledged, and what others write stays whole. The number of kills is
// small by default; TINTYPE_KILLS sets another (2000 takes some minutes).
func TestKills(t *testing.T) {
	if testing.Short() {
		t.Skip("kills take a while")
	}
	kills := 40
	if n, err := strconv.Atoi(os.Getenv("TINTYPE_KILLS")); err == nil {
		kills = n
	}
	for _, c := range []struct {
		writers, bytes, share int
	}{{1, 300, 4}, {4, 300, 2}, {4, 30000, 4}} {
		t.Run(fmt.Sprintf("%d writers of %d bytes", c.writers, c.bytes), func(t *testing.T) {
			r := rand.New(rand.NewPCG(1, uint64(c.bytes)))
			dir := t.TempDir()
			var before []byte
			acked, cut := 0, 0
			for done := 0; done < kills/c.share; done += c.writers {
				writers := make([]*writer, c.writers)
				for i := range writers {
					writers[i] = start(t, dir, c.bytes)
				}
				for _, w := range writers {
					w.kill(t, r.IntN(12))
					acked += len(w.acked) + len(w.tagged)
				}
				before = checkKilled(t, dir, before, writers)
				if len(before) > 4<<20 { // a long file makes each look at it slow, and shows nothing more
					cut += torn(before)
					dir, before = t.TempDir(), nil
				}
			}
			t.Logf("%d acknowledged, %d torn lines", acked, cut+torn(before))
		})
	}
}

func torn(data []byte) (n int) {
	for line := range bytes.Lines(data) {
		if !json.Valid(line) {
			n++
		}
	}
	return n
}

// checkKilled checks I6 and I7 after a kill, and returns the file's bytes. That old bytes do not change keeps what was
// acknowledged before.
func checkKilled(t *testing.T, dir string, before []byte, dead []*writer) []byte {
	t.Helper()
	after, err := os.ReadFile(filepath.Join(dir, "history.jsonl"))
	if err != nil || !bytes.HasPrefix(after, before) {
		t.Fatalf("old bytes changed (%v)", err)
	}
	h := open(t, dir)
	defer h.Close()
	if err := h.Build(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, w := range dead {
		for _, key := range w.acked {
			if e, err := h.Get(key); err != nil || e.Key != key {
				t.Fatalf("%s was acknowledged and is lost (%v)", key, err)
			}
		}
		for _, tag := range w.tagged {
			if !bytes.Contains(after[len(before):], []byte(`"`+tag+`"`)) {
				t.Fatalf("the change %s was acknowledged and is lost", tag)
			}
		}
		if h.Alive(w.driver) {
			t.Fatalf("the killed %s counts as alive", w.driver)
		}
	}
	if _, err := h.Append(NewKey(noon), prompt("after the kill")); err != nil {
		t.Fatal(err)
	}
	after, _ = os.ReadFile(h.journal())
	return after
}

// TestTwoWritersLoseNothing: programs that change the same entry at the same moment all keep their change.
func TestTwoWritersLoseNothing(t *testing.T) {
	dir := t.TempDir()
	one, two := open(t, dir), open(t, dir)
	key := NewKey(noon)
	const times = 60
	done := make(chan error, 2)
	for i, h := range []*History{one, two} {
		go func() {
			var err error
			for n := range times {
				_, err = h.Append(key, func(e Entry) Entry {
					e.State = Waiting
					if e.Metrics == nil {
						e.Metrics = map[string]float64{}
					}
					e.Metrics[fmt.Sprintf("writer %d", i)]++
					if n == times-1 && i == 0 {
						e.Star = true
					}
					return e
				})
				if err != nil {
					break
				}
			}
			done <- err
		}()
	}
	for range 2 {
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	}
	e := must(t, one, key, func(e Entry) Entry { return e })
	if e.Rev != 2*times || !e.Star || e.Metrics["writer 0"] != times || e.Metrics["writer 1"] != times {
		t.Errorf("%+v", e)
	}
}

// TestAllAtOnce lets everything run beside everything else; the race detector and the end result watch.
func TestAllAtOnce(t *testing.T) {
	dir := t.TempDir()
	h, other := open(t, dir), open(t, dir)
	q, _ := ParseQuery("boat -cat is:running", noon)
	var wg sync.WaitGroup
	times := func(n int, do func(i int) error) {
		wg.Go(func() {
			for i := range n {
				if err := do(i); err != nil {
					t.Error(err)
				}
			}
		})
	}
	times(40, func(i int) error { _, err := h.Append(NewKey(noon), prompt(fmt.Sprint("boat ", i))); return err })
	times(40, func(i int) error { _, err := other.Append(sharedKey, prompt(fmt.Sprint("cat ", i))); return err })
	times(40, func(int) error {
		_, err := h.Append(sharedKey, func(e Entry) Entry { e.State, e.Star = Waiting, !e.Star; return e })
		return err
	})
	times(3, func(int) error { _, err := other.Compact(t.Context()); return err })
	times(60, func(int) error { _, _, err := h.Search(t.Context(), q, 5); return err })
	times(60, func(int) error { _, err := h.Entries(h.Keys()); return err })
	times(20, func(int) error { _, err := h.Refresh(t.Context()); return err })
	times(20, func(int) error { _, err := other.Newest(10); return err })
	times(20, func(int) error { _, err := h.Unended(); return err })
	times(20, func(int) error { h.Prompts("b", 3); h.Durations("x", 3); h.Len(); return h.Trouble() })
	wg.Wait()
	for _, x := range []*History{h, other, open(t, dir)} {
		if _, err := x.Refresh(t.Context()); err != nil || x.Build(t.Context()) != nil || x.Len() != 41 {
			t.Errorf("%d entries, %v", x.Len(), err)
		}
	}
}

// TestEveryCut: a file that ends anywhere loads all whole lines, and takes the next.
func TestEveryCut(t *testing.T) {
	source := open(t, t.TempDir())
	for i := range 6 {
		key := NewKey(noon.Add(time.Duration(i) * time.Second))
		must(t, source, key, prompt(fmt.Sprintf("boat \"%d\" \\ – лодка", i)))
		must(t, source, key, to(Done))
	}
	whole, err := os.ReadFile(source.journal())
	if err != nil {
		t.Fatal(err)
	}
	h, disk := inMemory(t)
	for cut := range len(whole) + 1 {
		disk.reset("history.jsonl", whole[:cut])
		h.restart(t)
		lines := bytes.Count(whole[:cut], []byte("\n"))
		key := NewKey(noon.Add(time.Hour))
		must(t, h.History, key, prompt("after the cut"))
		h.restart(t)
		want := wholeEntries(disk.bytes("history.jsonl"))
		if err := h.Build(t.Context()); err != nil || h.Len() != len(want) || h.Len() < (lines+1)/2+1 {
			t.Fatalf("cut at %d: %d entries, want %d (%v)", cut, h.Len(), len(want), err)
		}
		got, err := h.Entries(h.Keys())
		if err != nil || len(got) != len(want) {
			t.Fatalf("cut at %d: %d entries (%v)", cut, len(got), err)
		}
		for _, e := range got {
			if e.Rev != want[e.Key] {
				t.Fatalf("cut at %d: %s at %d, want %d", cut, e.Key, e.Rev, want[e.Key])
			}
		}
		if after := disk.bytes("history.jsonl"); !bytes.HasPrefix(after, whole[:cut]) {
			t.Fatalf("cut at %d: old bytes changed", cut)
		}
	}
}

// wholeEntries is the simplest reading of a journal: the greatest revision of each key.
func wholeEntries(data []byte) map[string]int {
	found := map[string]int{}
	for line := range bytes.Lines(data) {
		var e struct {
			Key string
			Rev int
		}
		if json.Unmarshal(line, &e) == nil && e.Key != "" {
			found[e.Key] = max(found[e.Key], e.Rev)
		}
	}
	return found
}
