package history

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

// Tests run this test binary again as a writer, which they kill.
const writerDir, writerBytes = "TINTYPE_TEST_WRITER", "TINTYPE_TEST_WRITER_BYTES"

// withoutFlock tells a program that the tests run to behave as on a system without file locks.
const withoutFlock = "TINTYPE_TEST_WITHOUT_FLOCK"

// openIn opens a history as a program of its own would, with flock or with lock files.
func openIn(dir string, flock bool) (*History, error) {
	var o filelock.Options
	if !flock {
		o.FileLock = noFlock
	}
	h := newHistory(Options{Dir: dir}, disk.System{}, o)
	return h, h.open()
}

func hasFlock() bool { return os.Getenv(withoutFlock) == "" }

// flockEnv is the environment of a program that has flock, or has not.
func flockEnv(flock bool) []string {
	if flock {
		return os.Environ()
	}
	return append(os.Environ(), withoutFlock+"=yes")
}

func TestMain(m *testing.M) {
	if dir := os.Getenv(writerDir); dir != "" {
		writeUntilKilled(dir)
	}
	if dir := os.Getenv(changerDir); dir != "" {
		runChanger(dir, os.Getenv(changerChange))
	}
	if dir := os.Getenv(duelerDir); dir != "" {
		runDueler(dir, os.Getenv(duelerName))
	}
	if dir := os.Getenv(smallDiskDir); dir != "" {
		runOnDisk(dir, os.Getenv(smallDiskKind))
	}
	code := m.Run()
	endBenchmarks()
	os.Exit(code)
}

// writeUntilKilled appends entries and changes to a shared one, and prints what is durable.
func writeUntilKilled(dir string) {
	h, err := openIn(dir, hasFlock())
	if err != nil {
		panic(err)
	}
	size, _ := strconv.Atoi(os.Getenv(writerBytes))
	me := h.AcquireDriver()
	fmt.Println("driver", me)
	for i := 0; ; i++ {
		key := NewKey(time.Now())
		text := strings.Repeat("boat ", rand.IntN(size/5+1))
		if _, err := h.Append(key, withPrompt(text)); err != nil {
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

// A child is a process of this test binary that prints lines of a word and what it is about, until it is killed.
type child struct {
	cmd *exec.Cmd
	out *bufio.Reader
}

func startChild(t *testing.T, flock bool, env ...string) child {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^$")
	cmd.Env = append(flockEnv(flock), env...)
	out, err := cmd.StdoutPipe()
	if err = errors.Join(err, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	return child{cmd, bufio.NewReader(out)}
}

// line reads a line; ok is false after the last one.
func (c child) line() (what, about string, ok bool) {
	line, err := c.out.ReadString('\n')
	what, about, _ = strings.Cut(strings.TrimSpace(line), " ")
	return what, about, err == nil
}

// kill kills the process after a number of further lines, in the middle of whatever it is doing. read reads one.
func (c child) kill(t *testing.T, lines int, read func(*testing.T) bool) {
	for range lines {
		read(t)
	}
	_ = c.cmd.Process.Kill()
	for read(t) {
	}
	_ = c.cmd.Wait()
}

// A writer is a process that writes until it is killed.
type writer struct {
	child
	driver string
	acked  []string
	tagged []string
}

func startWriter(t *testing.T, dir string, size int, flock bool) *writer {
	t.Helper()
	w := &writer{child: startChild(t, flock, writerDir+"="+dir, writerBytes+"="+strconv.Itoa(size))}
	for range 2 { // its driver and one line; from then on it may be killed at any moment
		w.read(t)
	}
	return w
}

func (w *writer) read(t *testing.T) bool {
	what, name, ok := w.line()
	if !ok {
		return false
	}
	switch what {
	case "driver":
		w.driver = name
	case "acked":
		w.acked = append(w.acked, name)
	case "tagged":
		w.tagged = append(w.tagged, name)
	default:
		t.Fatalf("the writer printed %q %q", what, name)
	}
	return true
}

// TestFaultSIGKILL: kill -9 at any moment loses nothing that was acknowledged and damages no line of others; the next line can be
// written, and the killed program counts as dead, so that its predictions are taken over: with flock and with lock files. It shows
// I7 (TestI07AnyByte) as well. The number of kills is small by default; TINTYPE_KILLS sets another (2000 takes some minutes).
func TestFaultSIGKILL(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("kills take a while")
	}
	kills := 40
	if n, err := strconv.Atoi(os.Getenv("TINTYPE_KILLS")); err == nil {
		kills = n
	}
	for _, c := range []struct {
		name           string
		writers, bytes int
		flock          bool
	}{
		{"one writer", 1, 300, true},
		{"four writers", 4, 300, true},
		{"four writers of long lines", 4, 30000, true},
		{"four writers with lock files", 4, 300, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			r := rand.New(rand.NewPCG(1, uint64(c.bytes)))
			dir := t.TempDir()
			var before []byte
			acked, cut := 0, 0
			for done := 0; done < kills/4; done += c.writers {
				writers := make([]*writer, c.writers)
				for i := range writers {
					writers[i] = startWriter(t, dir, c.bytes, c.flock)
				}
				for _, w := range writers {
					w.kill(t, r.IntN(12), w.read)
					acked += len(w.acked) + len(w.tagged)
				}
				before = checkKilled(t, dir, c.flock, before, writers)
				if len(before) > 4<<20 { // a longer file only makes each check slower
					cut += countInvalid(before)
					dir, before = t.TempDir(), nil
				}
			}
			t.Logf("%d acknowledged, %d incomplete lines", acked, cut+countInvalid(before))
		})
	}
}

// checkKilled checks I6 and I7 after a kill, and returns the file's bytes. What was acknowledged earlier is covered by the check that
// old bytes did not change.
func checkKilled(t *testing.T, dir string, flock bool, before []byte, dead []*writer) []byte {
	t.Helper()
	after, err := os.ReadFile(filepath.Join(dir, "history.jsonl"))
	if err != nil || !bytes.HasPrefix(after, before) {
		t.Fatalf("old bytes changed (%v)", err)
	}
	h, err := openIn(dir, flock)
	if err != nil {
		t.Fatal(err)
	}
	defer h.Close()
	h.now = func() time.Time { return noon } // so that keys of other tests do not follow those of the writers
	if err := h.BuildIndex(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, w := range dead {
		for _, key := range w.acked {
			if e, err := h.Get(key); err != nil || e.Key != key {
				t.Fatalf("%s was acknowledged and is lost: %v", key, err)
			}
		}
		for _, tag := range w.tagged {
			if !bytes.Contains(after[len(before):], []byte(`"`+tag+`"`)) {
				t.Fatalf("the change %s was acknowledged and is lost", tag)
			}
		}
		if h.DriverAlive(w.driver) {
			t.Fatalf("the killed driver %s counts as alive", w.driver)
		}
	}
	if _, err := h.Append(NewKey(noon), withPrompt("after the kill")); err != nil {
		t.Fatal(err)
	}
	after, _ = os.ReadFile(h.journalPath())
	return after
}
