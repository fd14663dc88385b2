package keymap

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// table is a few commands, as a program declares them.
var table = []Command{
	{Name: "develop", Keys: []Binding{{InPrompt, "enter", "develop this prompt"}}, Hints: []Hint{{InPrompt, 1, "develop", nil}}},
	{Keys: []Binding{{InPrompt, "up down", "in the text"}}},
	{Name: "star", Keys: []Binding{{OnRows, "* s", "star"}}, Menu: Item{2, "s", "star", "star it"}},
	{Name: "back", Keys: []Binding{{InFull, "q", "back"}}},
	{Name: "newer", Keys: []Binding{{InPrompt, "pgup", "newer"}}, Hints: []Hint{{InPrompt, 2, "look", []Action{"older"}}}},
	{Name: "older", Keys: []Binding{{InPrompt, "pgdown", "older"}}, Menu: Item{1, "o ctrl+o", "older", "the older one"}},
	{Name: "back", Keys: []Binding{{Everywhere, "esc", "one layer up"}}},
}

func TestFind(t *testing.T) {
	m := New(table, nil)
	for _, c := range []struct {
		key   string
		where Place
		want  Action
	}{
		{"enter", InPrompt, "develop"},
		{"enter", InList, ""},
		{"*", InGallery, "star"},
		{"s", InList, "star"},
		{"*", InCompare, ""},
		{"esc", Everywhere, "back"},
		{"esc", InFull, ""},
		{"up", InPrompt, ""},
	} {
		if got := m.Find(c.key, c.where); got != c.want {
			t.Errorf("%s is %q, want %q", c.key, got, c.want)
		}
	}
	if got := m.First("back", InFull); got != "q" {
		t.Errorf("back on the full screen is %q", got)
	}
	if got := m.First("back", InList); got != "esc" {
		t.Errorf("back in the list is %q", got)
	}
	if got := m.FindNonText(tea.KeyPressMsg{Code: 'q', Text: "q"}, InFull); got != "" {
		t.Errorf("a letter means %q everywhere", got)
	}
}

func TestBoundKeysReplaceTheUsualOnes(t *testing.T) {
	m := New(table, map[string][]string{"back": {"ctrl+b"}})
	for _, where := range []Place{InFull, Everywhere} {
		if m.Find("ctrl+b", where) != "back" || m.Find("esc", where) != "" || m.Find("q", where) != "" {
			t.Errorf("back is not bound to ctrl+b alone at %b", where)
		}
	}
	if got := m.Unknown(map[string][]string{"star": {"x"}, "strar": {"x"}, "": {"y"}}); got != "The settings bind keys to what does not exist: , strar." {
		t.Errorf("unknown: %q", got)
	}
	if got := m.Unknown(map[string][]string{"older": {"x"}}); got != "" {
		t.Errorf("a known name is reported: %q", got)
	}
	menuOnly := New([]Command{{Name: "demo", Menu: Item{Rank: 1, Keys: "d", Word: "demo"}}}, nil)
	if got := menuOnly.Unknown(map[string][]string{"demo": {"x"}}); got == "" {
		t.Error("an action without keys cannot be bound, and is not reported")
	}
}

func TestMenusAndHintsHaveTheirOrder(t *testing.T) {
	m := New(table, nil)
	menu := m.Menu()
	if len(menu) != 2 || menu[0].Word != "older" || menu[1].Action != "star" || !slices.Equal(menu[0].Keys, []string{"o", "ctrl+o"}) {
		t.Errorf("menu %v", menu)
	}
	if len(m.Copies()) != 0 {
		t.Errorf("copies %v", m.Copies())
	}
	hints := m.Hints(InPrompt)
	if len(hints) != 2 || hints[0].Word != "develop" || !slices.Equal(hints[1].Actions, []Action{"newer", "older"}) {
		t.Errorf("hints %v", hints)
	}
}

func TestHelpBeginsWhereOneIs(t *testing.T) {
	var names []string
	for _, s := range New(table, nil).Help(InFull) {
		if len(s.Lines) > 0 {
			names = append(names, s.Name)
		}
	}
	if want := []string{"full screen", "everywhere", "prompt", "list", "gallery"}; !slices.Equal(names, want) {
		t.Errorf("sections %v, want %v", names, want)
	}
	line := New(table, nil).Help(InList)[0].Lines[0]
	if line.Keys(3) != "*" || line.Keys(4) != "*, s" || line.Help() != "star" {
		t.Errorf("the list's line is %q, %q: %q", line.Keys(3), line.Keys(4), line.Help())
	}
}

// TestNewPlace: a further screen has a place that no other has, and a section of the help.
func TestNewPlace(t *testing.T) {
	one, two := NewPlace("one"), NewPlace("two")
	t.Cleanup(func() { places = places[:len(places)-2] })
	if one == two || one&(Everywhere|InPrompt|InSettings|InParameters|OnAny) != 0 || two&one != 0 {
		t.Errorf("places %b and %b", one, two)
	}
	m := New([]Command{{Name: "go", Keys: []Binding{{two, "g", "go on"}}}}, nil)
	if m.Find("g", two) != "go" || m.Find("g", one) != "" {
		t.Error("a key of the one place works in the other")
	}
	if s := m.Help(two)[0]; s.Name != "two" || len(s.Lines) != 1 {
		t.Errorf("the help begins with %v", s)
	}
}
