package guard

import (
	"slices"
	"testing"
	"time"
)

var start = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)

func ms(n int) time.Time { return start.Add(time.Duration(n) * time.Millisecond) }

func TestTyping(t *testing.T) {
	type press struct {
		key    string
		at     int // milliseconds
		typing bool
	}
	for name, presses := range map[string][]press{
		"a sentence":                      {{"a", 0, false}, {"f", 100, false}, {"o", 200, true}, {"x", 300, true}},
		"verbs with time between":         {{"s", 0, false}, {"r", 700, false}, {"x", 1400, false}},
		"one letter held":                 {{"x", 0, false}, {"x", 30, false}, {"x", 60, false}, {"x", 90, false}},
		"walking the list":                {{"j", 0, false}, {"k", 50, false}, {"l", 100, false}, {"g", 150, false}},
		"a pause ends the sentence":       {{"a", 0, false}, {"f", 100, false}, {"o", 200, true}, {"s", 800, false}},
		"keys that are no letters":        {{"up", 0, false}, {"enter", 50, false}, {"ctrl+x", 100, false}, {"esc", 150, false}},
		"a blank counts":                  {{"a", 0, false}, {"space", 100, false}, {"b", 200, true}},
		"the third letter comes too late": {{"a", 0, false}, {"f", 100, false}, {"o", 701, false}},
	} {
		var g Guard
		for i, p := range presses {
			if got := g.IsTyping(p.key, ms(p.at)); got != p.typing {
				t.Errorf("%s: key %d (%s) is typing: %v, want %v", name, i, p.key, got, p.typing)
			}
		}
	}
}

func TestArming(t *testing.T) {
	var g Guard
	if _, armed := g.ArmedFor(start); armed || g.Confirm(start) != nil {
		t.Error("the zero guard is armed")
	}
	g.Arm([]string{"a", "b"}, start)
	if !g.IsArmed("a", ms(3000)) || g.IsArmed("a", ms(3001)) || g.IsArmed("c", start) {
		t.Error("what is armed is wrong, or for how long")
	}
	if left, armed := g.ArmedFor(ms(1000)); !armed || left != 2*time.Second {
		t.Errorf("armed for %v, %v", left, armed)
	}
	g.Expire(ms(3000))
	if got := g.Confirm(ms(3000)); !slices.Equal(got, []string{"a", "b"}) {
		t.Errorf("confirmed %v", got)
	}
	if g.Confirm(ms(3000)) != nil {
		t.Error("confirmed twice")
	}
	g.Arm([]string{"a"}, start)
	g.Expire(ms(3001))
	if _, armed := g.ArmedFor(ms(3001)); armed {
		t.Error("armed for ever")
	}
	g.Arm([]string{"a"}, start)
	if g.Confirm(ms(3001)) != nil {
		t.Error("confirmed too late")
	}
}

// TestPresses: of a key that is held the first press counts, and quick presses of the same key may count.
func TestPresses(t *testing.T) {
	for name, c := range map[string]struct {
		at   []int // milliseconds
		want []Press
	}{
		"held, without a delay": {[]int{0, 30, 60}, []Press{NewPress, HeldPress, HeldPress}},
		"held, after 250 ms":    {[]int{0, 250, 283, 316}, []Press{NewPress, MaybePress, HeldPress, HeldPress}},
		"pressed quickly":       {[]int{0, 200, 400}, []Press{NewPress, MaybePress, MaybePress}},
		"pressed slowly":        {[]int{0, 800, 1600}, []Press{NewPress, NewPress, NewPress}},
	} {
		var p Presses
		for i, at := range c.at {
			if got := p.Kind("left", ms(at)); got != c.want[i] {
				t.Errorf("%s: press %d is %d, want %d", name, i, got, c.want[i])
			}
		}
	}
	var p Presses
	p.Kind("left", start)
	if got := p.Kind("right", ms(30)); got != NewPress {
		t.Errorf("another key is %d", got)
	}
}

func TestHeldEnterBuysOnce(t *testing.T) {
	for name, c := range map[string]struct {
		at   []int // milliseconds
		want []Press
	}{
		"held, without a delay":   {[]int{0, 30, 60, 90}, []Press{NewPress, HeldPress, HeldPress, HeldPress}},
		"held, after 250 ms":      {[]int{0, 250, 283, 316}, []Press{NewPress, HeldPress, HeldPress, HeldPress}},
		"held, after 400 ms":      {[]int{0, 400, 430, 460}, []Press{NewPress, MaybePress, HeldPress, HeldPress}},
		"held, after 660 ms":      {[]int{0, 660, 700, 740}, []Press{NewPress, MaybePress, HeldPress, HeldPress}},
		"pressed again at 0.5 s":  {[]int{0, 500}, []Press{NewPress, MaybePress}},
		"pressed again at 0.8 s":  {[]int{0, 800}, []Press{NewPress, NewPress}},
		"pressed again at 1.2 s":  {[]int{0, 500, 1100}, []Press{NewPress, MaybePress, MaybePress}},
		"pressed after a hold":    {[]int{0, 30, 60, 470}, []Press{NewPress, HeldPress, HeldPress, NewPress}},
		"held twice, with 0.39 s": {[]int{0, 30, 420, 450}, []Press{NewPress, HeldPress, HeldPress, HeldPress}},
	} {
		var g Guard
		for i, at := range c.at {
			if got := g.SubmitKind("boat", ms(at)); got != c.want[i] {
				t.Errorf("%s: enter %d is %d, want %d", name, i, got, c.want[i])
			}
		}
	}
	var g Guard
	g.SubmitKind("boat", start)
	if got := g.SubmitKind("ship", ms(30)); got != NewPress {
		t.Errorf("another input is %d", got)
	}
	g.AllowResubmit()
	if got := g.SubmitKind("ship", ms(40)); got != NewPress {
		t.Errorf("what was not bought is %d at once", got)
	}
}

func TestPasteAndEarlyEnter(t *testing.T) {
	var g Guard
	if g.InPaste(start) || g.TakeHeldEnter() {
		t.Error("the zero guard has a paste or an enter")
	}
	g.RecordPaste(start)
	if !g.InPaste(ms(199)) || g.InPaste(ms(200)) {
		t.Error("an enter belongs to a paste for the wrong time")
	}
	g.HoldEnter()
	if !g.TakeHeldEnter() || g.TakeHeldEnter() {
		t.Error("a held enter is not taken once")
	}
}

func TestOnlyMoves(t *testing.T) {
	for text, want := range map[string]bool{"jjk": true, "Gjj\n": true, "jjx": false, "like this": false} {
		if got := OnlyMoves(text); got != want {
			t.Errorf("%q only moves: %t", text, got)
		}
	}
}
