package ui

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tintype/ui/keymap"
	"tintype/ui/screen"
)

// TestREADMEListsEveryAction: the README names the actions that settings can bind keys to, all of them and no others,
// those of extra screens too.
func TestREADMEListsEveryAction(t *testing.T) {
	t.Parallel()
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, list, found := strings.Cut(string(readme), "\nActions: ")
	list, _, ended := strings.Cut(list, "\n\n")
	if !found || !ended {
		t.Fatal("the README has no paragraph of actions")
	}
	var listed []string
	for _, group := range regexp.MustCompile("`[^`]*`").FindAllString(list, -1) {
		listed = append(listed, strings.Fields(strings.Trim(group, "`"))...)
	}
	bindable := map[string]bool{}
	for _, c := range declarations(extraScreensOf(t)) {
		if c.Name != "" && len(c.Keys) > 0 {
			bindable[string(c.Name)] = true
		}
	}
	for _, name := range listed {
		if !bindable[name] {
			t.Errorf("the README lists %s, which has no key", name)
		}
		delete(bindable, name)
	}
	for _, name := range slices.Sorted(maps.Keys(bindable)) {
		t.Errorf("the README does not list %s", name)
	}
}

// TestCommandsAreComplete: each action has a function, is named once with one, and whatever a hint shows has a key where it is shown.
func TestCommandsAreComplete(t *testing.T) {
	t.Parallel()
	extra := extraScreensOf(t)
	keys, do := bindKeys(nil, extra)
	named := map[keymap.Action]int{}
	for _, c := range keyTable() {
		if c.do != nil {
			named[c.name]++
		}
		if c.name != "" && do[c.name] == nil {
			t.Errorf("%s does nothing", c.name)
		}
	}
	for _, c := range declarations(extra) {
		for _, h := range c.Hints {
			where := h.Where
			if where == keymap.InParameters {
				where = keymap.InSettings
			}
			for _, act := range append([]keymap.Action{c.Name}, h.With...) {
				if keys.Chord(act, where) == "" {
					t.Errorf("the hint %q shows %s, which has no key there", h.Word, act)
				}
			}
		}
	}
	for _, s := range extra {
		isOpener := func(c keymap.Command) bool { return c.Name == s.OpenedBy() }
		if s.OpenedBy() != "" && !slices.ContainsFunc(s.Commands(), isOpener) {
			t.Errorf("%s opens a screen that does not declare it", s.OpenedBy())
		}
	}
	for name, n := range named {
		if n > 1 {
			t.Errorf("%s has %d functions", name, n)
		}
	}
}

// TestKeysAreUnambiguous: at one place a key has one action.
func TestKeysAreUnambiguous(t *testing.T) {
	t.Parallel()
	type at struct {
		where keymap.Place
		key   string
	}
	means := map[at]keymap.Action{}
	for _, c := range declarations(extraScreensOf(t)) {
		if c.Name == "" {
			continue
		}
		for _, b := range c.Keys {
			for where := keymap.Place(1); where <= b.Where; where <<= 1 {
				for key := range strings.FieldsSeq(b.Keys) {
					if b.Where&where == 0 {
						continue
					}
					if other := means[at{where, key}]; other != "" && other != c.Name {
						t.Errorf("%s at place %b is %s and %s", key, where, other, c.Name)
					}
					means[at{where, key}] = c.Name
				}
			}
		}
	}
}

// TestMenuKeysAreUnambiguous: in one menu a key has one action, and each entry a place of its own.
func TestMenuKeysAreUnambiguous(t *testing.T) {
	t.Parallel()
	for name, menu := range map[string]func(keymap.Command) keymap.Item{
		"ctrl+x": func(c keymap.Command) keymap.Item { return c.Menu },
		"copy":   func(c keymap.Command) keymap.Item { return c.Copies },
	} {
		byKey, byRank := map[string]keymap.Action{}, map[int]keymap.Action{}
		for _, c := range declarations(extraScreensOf(t)) {
			item := menu(c)
			if item.Rank == 0 {
				continue
			}
			if other, taken := byRank[item.Rank]; taken {
				t.Errorf("in the %s menu, %s and %s are both number %d", name, other, c.Name, item.Rank)
			}
			byRank[item.Rank] = c.Name
			for key := range strings.FieldsSeq(item.Keys) {
				if other, taken := byKey[key]; taken {
					t.Errorf("in the %s menu, %s is %s and %s", name, key, other, c.Name)
				}
				byKey[key] = c.Name
			}
		}
	}
}

// TestHintRanksAreUnique: at one place no two hints have the same rank, so that their order is the one that was meant.
func TestHintRanksAreUnique(t *testing.T) {
	t.Parallel()
	type at struct {
		where keymap.Place
		rank  int
	}
	taken := map[at]keymap.Action{}
	for _, c := range declarations(extraScreensOf(t)) {
		for _, h := range c.Hints {
			if other, is := taken[at{h.Where, h.Rank}]; is {
				t.Errorf("at place %b, the hints of %s and %s are both number %d", h.Where, other, c.Name, h.Rank)
			}
			taken[at{h.Where, h.Rank}] = c.Name
		}
	}
}

// extraScreensOf returns the screens that declare their own keys.
func extraScreensOf(t *testing.T) []screen.Screen {
	t.Helper()
	return New(t.Context(), Options{Env: func(string) string { return "" }}).screens.extra
}
