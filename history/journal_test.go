package history

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAppendIsSeenByOtherPrograms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	key := NewKey(noon)
	first := mustAppend(t, one, key, withPrompt("a paper boat"))
	if first.Rev != 1 || first.V != Version || first.App != "test" || first.Prompt() != "a paper boat" {
		t.Errorf("first line: %+v", first)
	}
	second := mustAppend(t, two, key, func(e Entry) Entry { e.Star = true; return e })
	if second.Rev != 2 || second.Prompt() != "a paper boat" {
		t.Errorf("the other program did not see the first line: %+v", second)
	}
	mustAppend(t, one, key, withState(Done))
	e, err := two.Get(key)
	if err != nil || e.State != Creating {
		t.Errorf("before Refresh: %v %v", e.State, err)
	}
	changed, err := two.Refresh(t.Context())
	if err != nil || len(changed) != 1 || changed[0].State != Done || !changed[0].Star {
		t.Errorf("Refresh: %+v, %v", changed, err)
	}
	if changed, _ := two.Refresh(t.Context()); len(changed) != 0 {
		t.Errorf("the second Refresh returned the same again: %v", keysOf(changed))
	}
	if mine, _ := one.Refresh(t.Context()); len(mine) != 1 || !mine[0].Star {
		t.Errorf("the star of the other program is not returned: %+v", mine)
	}
}

func TestFinalStatesStay(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	for _, c := range []struct{ from, to, want State }{
		{Done, Waiting, Done},
		{Done, Failed, Done},
		{Failed, Waiting, Failed},
		{Stopped, Waiting, Waiting},
		{Stopped, Done, Done},
		{Lost, Saving, Saving},
		{Unconfirmed, Waiting, Waiting},
		{Unconfirmed, Creating, Creating},
		{Waiting, Saving, Saving},
	} {
		key := NewKey(noon)
		mustAppend(t, h, key, withState(c.from))
		if got := mustAppend(t, h, key, withState(c.to)).State; got != c.want {
			t.Errorf("%s then %s is %s, want %s", c.from, c.to, got, c.want)
		}
	}
}

func TestLatestReadsFromTheEnd(t *testing.T) {
	var made []string
	var lines []Entry
	for i := range 3000 {
		e := withPrompt(fmt.Sprintf("boat %d %s", i, strings.Repeat("long ", 60)))(Entry{V: 1, Rev: 1})
		e.Key = NewKey(noon.Add(time.Duration(i) * time.Minute))
		made, lines = append(made, e.Key), append(lines, e)
	}
	for _, e := range lines[:500] { // starred later
		e.Rev, e.Star = 2, true
		lines = append(lines, e)
	}
	last := lines[2999]
	last.Rev, last.Trashed = 2, true
	dir := writeEntries(t, append(lines, last))
	slices.Reverse(made)
	again := openHistory(t, dir)
	newest, err := again.Latest(200)
	if err != nil || !slices.Equal(keysOf(newest), made[1:201]) {
		t.Fatalf("%d entries, %v", len(newest), err)
	}
	if again.isIndexed() {
		t.Error("Latest read the entire file")
	}
	old, err := again.Entries([]string{made[2999], made[5], "unknown", made[2500]})
	if err != nil || !slices.Equal(keysOf(old), []string{made[2999], made[5], made[2500]}) || !old[0].Star {
		t.Errorf("entries: %v %v", keysOf(old), err)
	}
	if err := again.BuildIndex(t.Context()); err != nil || !slices.Equal(again.Keys().All(), made[1:]) || again.Len() != 2999 {
		t.Errorf("%d keys, %v", again.Len(), err)
	}
	if newest, _ := again.Latest(200); !slices.Equal(keysOf(newest), made[1:201]) {
		t.Error("Latest returns other entries once everything is indexed")
	}
}

func TestGetByName(t *testing.T) {
	dir := t.TempDir()
	h := openHistory(t, dir)
	a, b := NewKey(noon), NewKey(noon.Add(time.Hour*24*365))
	mustAppend(t, h, a, func(e Entry) Entry { e.State, e.ID = Waiting, "abc123xyz"; return e })
	mustAppend(t, h, b, func(e Entry) Entry { e.State, e.Input = Waiting, map[string]any{"id": "abc"}; return e })
	again := openHistory(t, dir)
	for _, name := range []string{a, strings.ToUpper(a), a[:8], "abc123xyz"} {
		if e, err := again.Get(name); err != nil || e.Key != a {
			t.Errorf("%s: %v %v", name, e.Key, err)
		}
	}
	for name, want := range map[string]error{"": ErrNotFound, a[:3]: ErrNotFound, "zzzzz": ErrNotFound, "abc": ErrNotFound, "abcd": ErrNotFound} {
		if _, err := again.Get(name); !errors.Is(err, want) {
			t.Errorf("%q: %v", name, err)
		}
	}
	mustAppend(t, h, NewKey(noon), withState(Done))
	if _, err := openHistory(t, dir).Get(a[:6]); !errors.Is(err, ErrAmbiguous) {
		t.Errorf("a prefix of two: %v", err)
	}
}

func TestFileModes(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "deep", "data")
	h := openHistory(t, dir)
	mustAppend(t, h, NewKey(noon), withState(Done))
	for name, want := range map[string]os.FileMode{dir: 0o700, h.journalPath(): 0o600, h.Path("history.lock"): 0o600} {
		if info, err := os.Stat(name); err != nil || os.PathSeparator == '/' && info.Mode().Perm() != want {
			t.Errorf("%s: %v %v", name, info.Mode(), err)
		}
	}
}

func TestDrivers(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	one, two := openHistory(t, dir), openHistory(t, dir)
	a := one.AcquireDriver()
	if a == "" || a != one.AcquireDriver() || !one.DriverAlive(a) || !two.DriverAlive(a) {
		t.Fatalf("driver %q", a)
	}
	if two.AcquireDriver() == a || two.DriverAlive(NewKey(noon)) || two.DriverAlive("") || two.DriverAlive("../history") {
		t.Error("a driver that does not exist counts as alive")
	}
	if err := one.Close(); err != nil || two.DriverAlive(a) {
		t.Errorf("closed, and still alive; %v", err)
	}
}

func TestNewKeysAscend(t *testing.T) {
	last := ""
	for i := range 2000 {
		key := NewKey(noon.Add(time.Duration(-i) * time.Second))
		if u, ok := parseKey(key); !ok || u.String() != key || key <= last {
			t.Fatalf("%s after %s", key, last)
		}
		last = key
	}
}
