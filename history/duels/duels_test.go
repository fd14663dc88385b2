package duels

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tintype/history/disk"
	"tintype/history/filelock"
)

var noon = time.Date(2026, 11, 20, 12, 0, 0, 0, time.UTC)

// newLog returns the log of a folder, with a clock that does not move.
func newLog(dir string) *Log {
	var mu sync.Mutex
	return New(Options{Dir: dir, Disk: disk.System{}, Now: func() time.Time { return noon }, Lock: func() (filelock.Lock, error) {
		mu.Lock()
		defer mu.Unlock()
		return filelock.Lock{}, nil
	}})
}

func aDuel(n int) Duel {
	return Duel{A: Picture{"01m8", n}, B: Picture{"01mz", 1}, Won: B, Left: "a", Of: "k3y"}
}

func mustAppend(t *testing.T, l *Log, d Duel) Duel {
	t.Helper()
	d, err := l.Append(d)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func mustRead(t *testing.T, l *Log) Report {
	t.Helper()
	r, err := l.Read()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestALineOfTheFile: the line has the promised fields, and is read as it was.
func TestALineOfTheFile(t *testing.T) {
	t.Parallel()
	l := newLog(t.TempDir())
	if r := mustRead(t, l); len(r.Duels)+r.Lines > 0 {
		t.Errorf("%+v", r)
	}
	d := mustAppend(t, l, aDuel(2))
	mustAppend(t, l, Duel{A: Picture{"x", 1}, B: Picture{"y", 1}, Won: Tie})
	data, _ := os.ReadFile(l.Path())
	want := `{"v":1,"time":"2026-11-20T12:00:00Z","a":"01m8#2","b":"01mz#1","won":"b","left":"a","of":"k3y"}
{"v":1,"time":"2026-11-20T12:00:00.000000001Z","a":"x#1","b":"y#1","won":"tie"}
`
	if string(data) != want {
		t.Errorf("%s", data)
	}
	if r := mustRead(t, l); len(r.Duels) != 2 || r.Duels[0] != d || r.Lines != 2 || len(r.Bad) > 0 {
		t.Errorf("%+v", r)
	}
	if info, err := os.Stat(l.Path()); err != nil || info.Mode().Perm()&0o077 != 0 && os.PathSeparator == '/' {
		t.Errorf("%v %v", info.Mode(), err)
	}
}

// TestUndo: a duel that was undone does not count, whichever program wrote it and wherever the line is.
func TestUndo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	mine, other := newLog(dir), newLog(dir)
	first := mustAppend(t, mine, aDuel(1))
	second := mustAppend(t, other, aDuel(2))
	third := mustAppend(t, mine, aDuel(3))
	for range 2 { // twice is once
		if err := mine.Undo(first); err != nil {
			t.Fatal(err)
		}
	}
	if r := mustRead(t, other); !slices.Equal(r.Duels, []Duel{second, third}) || r.Lines != 5 || len(r.Bad) > 0 {
		t.Errorf("%+v", r)
	}
	again := mustAppend(t, mine, aDuel(1)) // the same pictures
	if r := mustRead(t, mine); !slices.Equal(r.Duels, []Duel{second, third, again}) {
		t.Errorf("%+v", r.Duels)
	}
	data, _ := os.ReadFile(mine.Path())
	lines := strings.SplitAfter(strings.TrimSpace(string(data))+"\n", "\n")
	slices.Reverse(lines) // the line that undoes is before the duel
	if err := os.WriteFile(mine.Path(), []byte(strings.Join(lines, "")+string(data)), 0o600); err != nil {
		t.Fatal(err)
	}
	if r := mustRead(t, mine); !slices.Equal(r.Duels, []Duel{again, third, second}) {
		t.Errorf("two files that were joined: %+v", r.Duels)
	}
}

// TestDamagedLines: each bad line costs one line, is counted, and stays.
func TestDamagedLines(t *testing.T) {
	t.Parallel()
	good := `{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"a"}`
	for _, c := range []struct {
		line, reason string // "": it is read
	}{
		{"\ufeff" + good + "\r", ""},
		{"\x00\x00" + good, ""},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x","b":"y#2","won":"bad","left":"b","mood":{"x":[1]}}`, ""},
		{`{"v":1,"time":"2026-11-20T12:00`, "was not written to its end"},
		{"\x00\x00\x00", "is empty bytes"},
		{"boat", "is no duel"},
		{"null", "is no duel"},
		{"[]", "is no duel"},
		{`{"v":1}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"x#1","won":"a"}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#0","b":"y#1","won":"a"}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"#1","won":"a"}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"c"}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"a","left":"c"}`, "is no duel"},
		{"{\"v\":1,\"time\":\"2026-11-20T12:00:00Z\",\"a\":\"x\xff#1\",\"b\":\"y#1\",\"won\":\"a\"}", "is no duel"},
		{`{"v":1,"time":"noon","a":"x#1","b":"y#1","won":"a"}`, "is no duel"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"` + strings.Repeat("x", lineLimit) + `#1","b":"y#1","won":"a"}`, "is longer than a line may be"},
		{`{"v":1,"time":"2026-11-20T12:00:00Z","a":"` + strings.Repeat("x", 3*lineLimit) + `#1","b":"y#1","won":"a"}`, "is longer than a line may be"},
	} {
		l := newLog(t.TempDir())
		first := mustAppend(t, l, aDuel(1))
		data, _ := os.ReadFile(l.Path())
		data = append(data, c.line...)
		if err := os.WriteFile(l.Path(), data, 0o600); err != nil {
			t.Fatal(err)
		}
		last := mustAppend(t, newLog(filepath.Dir(l.Path())), aDuel(3)) // the line has no end yet
		after, _ := os.ReadFile(l.Path())
		if !strings.HasPrefix(string(after), string(data)+"\n") {
			t.Errorf("%.60q: old bytes changed", c.line)
		}
		r := mustRead(t, l)
		if c.reason == "" {
			if len(r.Duels) != 3 || len(r.Bad) > 0 || r.Lines != 3 {
				t.Errorf("%.60q: %+v", c.line, r)
			}
			continue
		}
		if !slices.Equal(r.Duels, []Duel{first, last}) || len(r.Bad) != 1 || r.Bad[0].Number != 2 || r.Lines != 3 ||
			!strings.HasPrefix(r.Bad[0].Reason, "Line 2 ") || !strings.Contains(r.Bad[0].Reason, c.reason) {
			t.Errorf("%.60q: %+v", c.line, r)
		}
	}
}

// TestManyBadLines: a file of another kind is counted in full, and described in part.
func TestManyBadLines(t *testing.T) {
	t.Parallel()
	r := reader{undone: map[id]bool{}, seen: map[id]bool{}}
	if err := r.read(strings.NewReader(strings.Repeat("{}\n", 5*MaxBad))); err != nil {
		t.Fatal(err)
	}
	if report := r.finish(); report.Unread != 5*MaxBad || report.Lines != 5*MaxBad || len(report.Bad) != MaxBad {
		t.Errorf("%d of %d lines, %d described", report.Unread, report.Lines, len(report.Bad))
	}
}

// TestNewerLines: of a line of a newer version what is known is read, and it is never a bad line.
func TestNewerLines(t *testing.T) {
	t.Parallel()
	l := newLog(t.TempDir())
	mustAppend(t, l, aDuel(1))
	f, _ := os.OpenFile(l.Path(), os.O_APPEND|os.O_WRONLY, 0)
	_, _ = f.WriteString(`{"v":2,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"a","sure":0.5}` + "\n" +
		`{"v":2,"time":"2026-11-20T12:00:00Z","among":["x#1","y#1","z#1"],"won":2}` + "\n")
	_ = f.Close()
	if r := mustRead(t, l); len(r.Duels) != 2 || r.Newer != 2 || r.Lines != 3 || len(r.Bad) > 0 {
		t.Errorf("%+v", r)
	}
}

// TestNoDuel: what is no duel is refused and leaves no line.
func TestNoDuel(t *testing.T) {
	t.Parallel()
	l := newLog(t.TempDir())
	for _, d := range []Duel{{}, {A: Picture{"x", 1}, B: Picture{"x", 1}, Won: A}, {A: Picture{"x", 1}, B: Picture{"y", 0}, Won: A}, {A: Picture{"x", 1}, B: Picture{"y", 1}, Won: "c"}} {
		if _, err := l.Append(d); err == nil {
			t.Errorf("%+v was recorded", d)
		}
	}
	if _, err := os.Stat(l.Path()); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}

// TestPictures: what String returns is read again.
func TestPictures(t *testing.T) {
	t.Parallel()
	for s, want := range map[string]Picture{"01m8#1": {"01m8", 1}, "01m8": {"01m8", 1}, "a#b#2": {}, "#1": {}, "": {}, "a#": {}, "a#-1": {}, "a#x": {}} {
		got, err := parsePicture(s)
		if got != want || (err != nil) != (want == Picture{}) {
			t.Errorf("%q: %v %v", s, got, err)
		}
		if err == nil && strings.Contains(s, "#") && got.String() != s {
			t.Errorf("%q: %s", s, got)
		}
	}
}

// TestTwoWritersAtOnce: no two duels have the same time, so none is taken for another.
func TestTwoWritersAtOnce(t *testing.T) {
	t.Parallel()
	l := newLog(t.TempDir())
	var writers sync.WaitGroup
	for range 4 {
		writers.Go(func() {
			for range 25 {
				_, _ = l.Append(aDuel(1))
			}
		})
	}
	writers.Wait()
	if r := mustRead(t, l); len(r.Duels) != 100 {
		t.Errorf("%d duels", len(r.Duels))
	}
}

// FuzzRead: no file makes reading fail, and each line is a duel, undoes one, or is bad.
func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"v":1,"time":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1","won":"a"}` + "\n{\n\x00"))
	f.Add([]byte(`{"v":1,"time":"2026-11-20T12:00:00Z","undo":"2026-11-20T12:00:00Z","a":"x#1","b":"y#1"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r := reader{undone: map[id]bool{}, seen: map[id]bool{}}
		if err := r.read(strings.NewReader(string(data))); err != nil {
			t.Fatal(err)
		}
		report := r.finish()
		if len(report.Duels)+len(report.Bad) > report.Lines {
			t.Errorf("%+v", report)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	l := newLog(b.TempDir())
	var data []byte
	for i := range 10_000 {
		line, _ := encode(Duel{Time: noon.Add(time.Duration(i) * time.Second), A: Picture{fmt.Sprintf("01m8%022d", i%500), 1}, B: Picture{"01mz0000000000000000000000", 1}, Won: A, Left: "a", Of: "0123456789abcdef"}.toLine())
		data = append(data, line...)
	}
	if err := os.WriteFile(l.Path(), data, 0o600); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if r, err := l.Read(); err != nil || len(r.Duels) != 10_000 {
			b.Fatal(err)
		}
	}
}
