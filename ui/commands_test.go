package ui

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"tintype/ui/keymap"
)

// TestREADMEListsEveryAction: the README names the actions that settings can bind keys to, all of them and no others.
func TestREADMEListsEveryAction(t *testing.T) {
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
	for _, c := range commands() {
		if c.name != "" && len(c.keys) > 0 {
			bindable[string(c.name)] = true
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
	keys, do := bindCommands(nil, nil)
	named := map[keymap.Action]int{}
	for _, c := range commands() {
		if c.do != nil {
			named[c.name]++
		}
		if c.name != "" && do[c.name] == nil {
			t.Errorf("%s does nothing", c.name)
		}
		for _, h := range c.hints {
			where := h.Where
			if where == keymap.InParameters {
				where = keymap.InSettings
			}
			for _, act := range append([]keymap.Action{c.name}, h.With...) {
				if keys.First(act, where) == "" {
					t.Errorf("the hint %q shows %s, which has no key there", h.Word, act)
				}
			}
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
	type at struct {
		where keymap.Place
		key   string
	}
	means := map[at]keymap.Action{}
	for _, c := range commands() {
		if c.name == "" {
			continue
		}
		for _, b := range c.keys {
			for where := keymap.Place(1); where <= b.Where; where <<= 1 {
				for key := range strings.FieldsSeq(b.Keys) {
					if b.Where&where == 0 {
						continue
					}
					if other := means[at{where, key}]; other != "" && other != c.name {
						t.Errorf("%s at place %b is %s and %s", key, where, other, c.name)
					}
					means[at{where, key}] = c.name
				}
			}
		}
	}
}
