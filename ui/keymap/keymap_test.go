package keymap

import (
	"slices"
	"testing"

	tea "charm.land/bubbletea/v2"
)

// table is a few commands, as a program declares them.
var table = []Command{
	{Name: "develop", Keys: []Binding{{InPrompt, "enter", "develop this prompt"}}, Hints: []Hint{{Where: InPrompt, Rank: 1, Word: "develop"}}},
	{Keys: []Binding{{InPrompt, "up down", "in the text"}}},
	{Name: "star", Keys: []Binding{{OnRows, "* s", "star"}}, Menu: Item{Rank: 2, Keys: "s", Word: "star", Help: "star it"}},
	{Name: "back", Keys: []Binding{{InFull, "q", "back"}}},
	{Name: "newer", Keys: []Binding{{InPrompt, "pgup", "newer"}}, Hints: []Hint{{Where: InPrompt, Rank: 2, Word: "look", With: []Action{"older"}}}},
	{Name: "older", Keys: []Binding{{InPrompt, "pgdown", "older"}}, Menu: Item{Rank: 1, Keys: "o ctrl+o", Word: "older", Help: "the older one"}},
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
	menu := m.MenuNow(State{})
	if len(menu) != 2 || menu[0].Word != "older" || menu[1].Action != "star" || !slices.Equal(menu[0].Keys, []string{"o", "ctrl+o"}) {
		t.Errorf("menu %v", menu)
	}
	if len(m.CopiesNow(State{})) != 0 {
		t.Errorf("copies %v", m.CopiesNow(State{}))
	}
	hints := m.Hints(InPrompt, State{})
	if len(hints) != 2 || hints[0].Word != "develop" || hints[1] != (HintItem{"pgup pgdn", "look", "older"}) {
		t.Errorf("hints %v", hints)
	}
}

// TestHelpBeginsWhereOneIs: the keys of the place and those of everywhere come first, then the others by their groups, with their places.
func TestHelpBeginsWhereOneIs(t *testing.T) {
	here, elsewhere := New(table, nil).Help(InFull)
	if said := sayLines(here); !slices.Equal(said, []string{"*, s star", "q back", "esc one layer up"}) {
		t.Errorf("here: %q", said)
	}
	if said := sayLines(elsewhere); !slices.Equal(said, []string{
		"enter develop this prompt (prompt)", "↑, ↓ in the text (prompt)", "pgup newer (prompt)", "pgdn older (prompt)", "*, s star (list)", "*, s star (gallery)",
	}) {
		t.Errorf("elsewhere: %q", said)
	}
	line, _ := New(table, nil).Help(InList)
	if line[0].Keys(3) != "*" || line[0].Keys(4) != "*, s" || line[0].Help() != "star" {
		t.Errorf("the list's line is %q, %q: %q", line[0].Keys(3), line[0].Keys(4), line[0].Help())
	}
}

// sayLines writes lines of the help.
func sayLines(lines []Line) []string {
	said := make([]string, len(lines))
	for i, l := range lines {
		if said[i] = l.Keys(6) + " " + l.Help(); l.Where != "" {
			said[i] += " (" + l.Where + ")"
		}
	}
	return said
}

// TestPairsShareALine: two actions are one line of the help, unless the settings bind one of them.
func TestPairsShareALine(t *testing.T) {
	pair := []Command{
		{Name: "up", Keys: []Binding{{InList, "up k", "go up"}}, Pair: Pair{"down", "↑ ↓", "go up or down"}},
		{Name: "down", Keys: []Binding{{InList, "down j", "go down"}}},
	}
	for bound, want := range map[string][]string{"": {"↑ ↓ go up or down"}, "down": {"↑, k go up", "n go down"}, "up": {"n go up", "↓, j go down"}} {
		here, _ := New(pair, map[string][]string{bound: {"n"}}).Help(InList)
		if said := sayLines(here); !slices.Equal(said, want) {
			t.Errorf("%q bound: %q, want %q", bound, said, want)
		}
		if runs := here[0].Action; bound == "" && runs != "down" {
			t.Errorf("the line of a pair runs %s", runs)
		}
	}
}

// TestHintsFollowTheState: a hint is shown only when its own condition and its action's hold; one that needs a menu shows the menu's key.
func TestHintsFollowTheState(t *testing.T) {
	m := New([]Command{
		{
			Name: "cancel", When: func(s State) bool { return s.Runs }, Keys: []Binding{{InList, "x", "cancel"}}, Menu: Item{Rank: 1, Keys: "x", Word: "cancel"},
			Hints: []Hint{{Where: InList, Rank: 1, Word: "cancel", Twice: true}, {Where: InPrompt, Rank: 1, Word: "cancel"}},
		},
		{Name: "back", Keys: []Binding{{Everywhere, "esc", "back"}}, Hints: []Hint{
			{Where: InList, Rank: 2, Word: "show all", When: func(s State) bool { return s.Filtered }},
			{Where: InList, Rank: 3, Word: "back", When: func(s State) bool { return !s.Filtered }},
		}},
		{Name: ActMenu, Keys: []Binding{{Everywhere, "ctrl+x", "menu"}}},
		{Name: "demo", When: func(s State) bool { return s.HasDemo }, Menu: Item{Rank: 2, Keys: "d", Word: "demo", Rare: true}},
	}, nil)
	for _, c := range []struct {
		where Place
		now   State
		want  []HintItem
	}{
		{InList, State{}, []HintItem{{"esc", "back", "back"}}},
		{InList, State{Runs: true, Filtered: true}, []HintItem{{"x x", "cancel", "cancel"}, {"esc", "show all", "back"}}},
		{InPrompt, State{Runs: true}, []HintItem{{"ctrl+x x", "cancel", "cancel"}}},
		{InPrompt, State{}, []HintItem{}},
	} {
		if got := m.Hints(c.where, c.now); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.now, got, c.want)
		}
	}
	if menu := m.MenuNow(State{}); len(menu) != 1 || !menu[0].Impossible {
		t.Errorf("the menu has %+v", menu)
	}
	if menu := m.MenuNow(State{Runs: true, HasDemo: true}); len(menu) != 2 || menu[0].Impossible || menu[1].Impossible {
		t.Errorf("the menu has %+v", menu)
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
	if here, _ := m.Help(two); len(here) != 1 || Name(two) != "two" {
		t.Errorf("the help begins with %v, in %s", here, Name(two))
	}
}
