package watchfile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A step is what happened at a time, and the text of the file from then on.
type step struct {
	at    time.Duration
	event fsnotify.Event
	text  string
	here  bool
}

// readSteps reads recorded events.
func readSteps(t *testing.T, name string) []step {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	ops := map[string]fsnotify.Op{"CREATE": fsnotify.Create, "WRITE": fsnotify.Write, "REMOVE": fsnotify.Remove, "RENAME": fsnotify.Rename, "CHMOD": fsnotify.Chmod}
	var steps []step
	for line := range strings.Lines(string(data)) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		ms, _ := strconv.Atoi(fields[0])
		s := step{at: time.Duration(ms) * time.Millisecond, here: fields[3] != "-"}
		s.event = fsnotify.Event{Name: filepath.Join("/w", fields[2]), Op: ops[fields[1]]}
		if s.event.Op == 0 {
			t.Fatalf("%s: what is %q?", name, fields[1])
		}
		if s.here {
			if s.text, err = strconv.Unquote(fields[3]); err != nil {
				t.Fatal(err)
			}
		}
		steps = append(steps, s)
	}
	return steps
}

// replay plays steps to a follower, and returns what it tells.
func replay(t *testing.T, steps []step) (told []Save) {
	synctest.Test(t, func(t *testing.T) {
		type content struct {
			text string
			here bool
		}
		var file atomic.Pointer[content]
		file.Store(&content{"a fox\n", true})
		touched := make(chan struct{}, 1)
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan struct{})
		go func() {
			defer close(done)
			follow(ctx, touched, func() ([]byte, error) {
				now := file.Load()
				if !now.here {
					return nil, fs.ErrNotExist
				}
				return []byte(now.text), nil
			}, func(s Save) { told = append(told, s) })
		}()
		synctest.Wait()
		start := time.Now()
		for _, s := range steps {
			time.Sleep(s.at - time.Since(start))
			file.Store(&content{s.text, s.here})
			if concerns(s.event, []string{"/w/fox.txt"}) {
				touched <- struct{}{}
			}
			synctest.Wait()
		}
		time.Sleep(2 * restTime)
		cancel()
		<-done
	})
	return told
}

// Each way of saving that was recorded is one save, of the text that the file has at the end.
func TestRecordedEditors(t *testing.T) {
	files, err := filepath.Glob("testdata/events/*.txt")
	if err != nil || len(files) < 10 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		steps := readSteps(t, file)
		told := replay(t, steps)
		if len(told) != 2 || told[0].Change != Saved || told[1].Change != Saved {
			t.Errorf("%s: %+v, not the text at first and one save", file, told)
			continue
		}
		if last := steps[len(steps)-1]; string(told[1].Data) != last.text {
			t.Errorf("%s: saved %q, not %q", file, told[1].Data, last.text)
		}
	}
}

func at(ms int, text string) step {
	s := step{at: time.Duration(ms) * time.Millisecond, text: text, here: text != "-"}
	s.event = fsnotify.Event{Name: "/w/fox.txt", Op: fsnotify.Write}
	return s
}

func TestFollow(t *testing.T) {
	for name, test := range map[string]struct {
		steps []step
		want  string
	}{
		"blanks":          {[]step{at(0, "a  fox"), at(1000, "\n a fox \n\n"), at(2000, "a\nfox\n")}, "saved:a fox"},
		"a word":          {[]step{at(0, "a foxy"), at(1000, "a foxy"), at(2000, "a fox y")}, "saved:a fox|saved:a foxy|saved:a fox y"},
		"back and forth":  {[]step{at(0, "a hare"), at(200, "a fox")}, "saved:a fox"},
		"restless":        {[]step{at(0, "1"), at(250, "2"), at(500, "3"), at(750, "4")}, "saved:a fox|saved:4"},
		"vanished":        {[]step{at(0, "-"), at(1000, "-"), at(5000, "a fox")}, "saved:a fox|gone|back"},
		"vanished, other": {[]step{at(0, "-"), at(5000, "a hare")}, "saved:a fox|gone|saved:a hare"},
		"renamed quickly": {[]step{at(0, "-"), at(100, "a hare")}, "saved:a fox|saved:a hare"},
		"a remark ends":   {[]step{at(0, "# a\nfox"), at(1000, "# a fox"), at(2000, "#  a fox\n")}, "saved:a fox|saved:# a fox|saved:# a fox"},
		"settings":        {[]step{at(0, "+++\nseed = 1\n+++\na fox"), at(1000, "+++\nseed  =  1\n\n+++\n\na fox\n")}, "saved:a fox|saved:+++ seed = 1 +++ a fox"},
	} {
		var told []string
		for _, s := range replay(t, test.steps) {
			switch s.Change {
			case Saved:
				told = append(told, "saved:"+strings.Join(strings.Fields(string(s.Data)), " "))
			case Gone:
				told = append(told, "gone")
			case Back:
				told = append(told, "back")
			}
		}
		if got := strings.Join(told, "|"); got != test.want {
			t.Errorf("%s: %s\nwant %s", name, got, test.want)
		}
	}
}

// A mistake in reading is told once, until the file can be read.
func TestFollowUnreadable(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		touched := make(chan struct{}, 1)
		ctx, cancel := context.WithCancel(t.Context())
		var told []string
		var readable atomic.Bool
		read := func() ([]byte, error) {
			if !readable.Load() {
				return nil, errors.New("fox.txt cannot be read: permission denied.")
			}
			return []byte("a fox"), nil
		}
		go follow(ctx, touched, read, func(s Save) { told = append(told, fmt.Sprint(s.Change, s.Err)) })
		for range 3 {
			touched <- struct{}{}
			time.Sleep(time.Second)
		}
		readable.Store(true)
		touched <- struct{}{}
		time.Sleep(time.Second)
		cancel()
		synctest.Wait()
		if len(told) != 2 {
			t.Errorf("told %q", told)
		}
	})
}

// Whatever happens, the last text is the one that was told last, and there are never more saves than distinct rests.
func TestStateProperties(t *testing.T) {
	for seed := range uint64(2000) {
		r := rand.New(rand.NewPCG(seed, 1))
		var s State
		now, text, saves := time.Unix(0, 0), "a", 0
		var told string
		for range 40 {
			now = now.Add(time.Duration(r.IntN(500)) * time.Millisecond)
			if at, ok := s.Due(); ok && !now.Before(at) {
				if s.Look([]byte(text), true) == Saved {
					saves++
					if told == text {
						t.Fatalf("seed %d: %q was told twice", seed, text)
					}
					told = text
				}
			}
			text = string(rune('a' + r.IntN(3)))
			s.Touch(now)
		}
		if s.Look([]byte(text), true); saves > 40 {
			t.Fatalf("seed %d: %d saves", seed, saves)
		}
	}
}

// A real folder: a file that is written, renamed over, removed and made again, and a link.
func TestWatchFolder(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "fox.txt"), filepath.Join(t.TempDir(), "link.txt")
	write := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	write("fox.txt", "one")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	saves := make(chan Save)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); Watch(ctx, link, func(s Save) { saves <- s }) }()
	want := func(change Change, text string) {
		t.Helper()
		if got := <-saves; got.Change != change || string(got.Data) != text {
			t.Errorf("%v %q, not %v %q", got.Change, got.Data, change, text)
		}
	}
	want(Saved, "one")
	write("fox.txt", "two")
	want(Saved, "two")
	write("other.txt", "three")
	if err := os.Rename(filepath.Join(dir, "other.txt"), path); err != nil {
		t.Fatal(err)
	}
	want(Saved, "three")
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	want(Gone, "")
	write("fox.txt", "three")
	want(Back, "three")
	cancel()
	<-ended
}
