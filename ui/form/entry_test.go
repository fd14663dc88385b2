package form

import (
	"slices"
	"strings"
	"testing"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
)

// entryCase is keys typed into a row, and what they leave.
type entryCase struct {
	keys  string
	want  string // the value; "" for none
	shown string // in the row; "" for the value
	note  string // a part of the sentence; "" for none
}

// typeInto puts the cursor on a row of a model's settings and types.
func typeInto(id, row, keys string) *Settings {
	s := newSettings(id, "")
	s.Set("lora_weights", "https://example.com/a.safetensors")
	if row == "width" {
		s.Set(params.Shape, customSize)
	}
	if !s.MoveTo(row) {
		panic(row)
	}
	uitest.Type(func(k tea.KeyPressMsg) { s.Update(k) }, keys)
	return s
}

func checkEntries(t *testing.T, id, row string, cases []entryCase) {
	t.Helper()
	for _, c := range cases {
		s := typeInto(id, row, c.keys)
		p, _ := s.model.Parameter(row)
		if got := p.Format(s.Value(row)); got != c.want {
			t.Errorf("%s %s: the value is %q, want %q", row, c.keys, got, c.want)
		}
		if got := string(s.rowText(row)); c.shown != "" && got != c.shown {
			t.Errorf("%s %s: shows %q, want %q", row, c.keys, got, c.shown)
		}
		if c.note == "" && s.Note() != "" || !strings.Contains(s.Note(), c.note) {
			t.Errorf("%s %s: says %q, want %q", row, c.keys, s.Note(), c.note)
		}
	}
}

// TestEntryOfWholeNumbers: a number is typed as in any field: backspace takes one digit off, esc restores, and what cannot become a
// number is refused with a sentence in the form's words while what was typed before stays.
func TestEntryOfWholeNumbers(t *testing.T) {
	t.Parallel()
	checkEntries(t, "flux-schnell", params.Outputs, []entryCase{
		{keys: "3", want: "3"},
		{keys: "9", want: "1", note: "outputs takes a whole number from 1 to 4; 9 is not one"},
		{keys: "39", want: "1", shown: "39", note: "outputs takes a whole number from 1 to 4; 39 is not one"}, // 3 was not typed
		{keys: "39<enter>", want: "1", shown: "39", note: "outputs takes a whole number from 1 to 4; 39 is not one"},
		{keys: "39<backspace><enter>", want: "3"},
		{keys: "39<down>", want: "1", note: "39 is not one"},
		{keys: "0", want: "1", note: "outputs takes"},
		{keys: "3.<enter>", want: "1", note: "3. is not one"}, // it may become 3..4
		{keys: "-", want: "1", note: "outputs takes"},
		{keys: "3<esc>", want: "1"},
		{keys: "3<enter><esc>", want: "3"},
		{keys: "3<backspace>", want: "1"},
		{keys: "3<backspace><esc>", want: "1"},
		{keys: "3<enter>2<esc>", want: "3"},
		{keys: "3<enter>2<backspace><backspace><esc>", want: "3"},
		{keys: "3<enter><backspace>", want: "1"},
	})
	checkEntries(t, "flux-schnell", params.Seed, []entryCase{
		{keys: "12<backspace>", want: "1"},
		{keys: "12<enter><backspace>", want: "1"},
		{keys: "12<backspace><backspace>", want: "", shown: "random"},
		{keys: "62182<backspace>3<enter>", want: "62183"},
		{keys: "12<esc>", want: "", shown: "random"},
		{keys: "1234567890123456789", want: "1234567890123456789"},
		{keys: "12345678901234567890", want: "1234567890123456789", note: "seed takes whole numbers up to 9223372036854775807"},
		{keys: strings.Repeat("9", 20), want: strings.Repeat("9", 18), shown: strings.Repeat("9", 18), note: "seed takes whole numbers up to"},
		{keys: strings.Repeat("0", 20), want: "0", note: "seed takes no number with that many digits"},
		{keys: "-5", want: "-5"},
		{keys: "5-", want: "5", note: "seed takes a whole number; 5- is not one"},
		{keys: "12x", want: "12"},
		{keys: "12<down>", want: "12"},
	})
	checkEntries(t, "flux-pro", "width", []entryCase{
		{keys: "25", want: "1024", shown: "25"},
		{keys: "25<enter>", want: "1024", shown: "25", note: "width takes a whole number from 256 to 1440; 25 is not one"},
		{keys: "25<enter>6<enter>", want: "256"},
		{keys: "25<down>", want: "1024", shown: "1024", note: "width takes"},
		{keys: "25<esc>", want: "1024", shown: "1024"},
		{keys: "145", want: "1024", shown: "145", note: "width takes"},
		{keys: "512<backspace>", want: "1024", shown: "51"},
		{keys: "512<enter><backspace>", want: "512", shown: "51"},
		{keys: "2000", want: "1024", shown: "2000", note: "width takes"},
	})
}

// TestEntryOfOtherNumbers: a point or a comma, and a minus where the range has negative numbers.
func TestEntryOfOtherNumbers(t *testing.T) {
	t.Parallel()
	checkEntries(t, "flux-dev", "guidance", []entryCase{
		{keys: "3.5", want: "3.5"},
		{keys: "3,5<enter>", want: "3.5"},
		{keys: "3..<enter>", want: "3", note: "guidance takes a number from 0 to 10"},
		{keys: "3/", want: "3", note: "guidance takes"},
		{keys: "-1", want: "1", note: ""}, // the minus is refused, the 1 is not
		{keys: "11", want: "3", shown: "11", note: "guidance takes a number from 0 to 10; 11 is not one"},
		{keys: ".5", want: "0.5"},
		{keys: "7.25<backspace><backspace><backspace>", want: "7"},
	})
	checkEntries(t, "flux-dev-lora", "lora_scale", []entryCase{
		{keys: "-0.5", want: "-0.5"},
		{keys: "-2", want: "1", shown: "-2", note: "lora scale takes a number from -1 to 3; -2 is not one"},
		{keys: "-<down>", want: "1", note: "lora scale takes"},
	})
	checkEntries(t, "flux-pro", "guidance", []entryCase{
		{keys: "1", want: "3", note: "guidance takes a number from 2 to 5; 1 is not one"},
		{keys: "2.", want: "2", shown: "2."},
	})
}

// TestEntryOfChoices: a choice that begins with a digit is typed, too; the beginning of a single choice is enough.
func TestEntryOfChoices(t *testing.T) {
	t.Parallel()
	checkEntries(t, "flux-schnell", params.Shape, []entryCase{
		{keys: "16:9", want: "16:9"},
		{keys: "16/9", want: "16:9"},
		{keys: "16<enter>", want: "16:9", shown: "16:9"},
		{keys: "21<down>", want: "21:9"},
		{keys: "1", want: "1:1", shown: "1"},
		{keys: "9<enter>", want: "1:1", shown: "9", note: "shape takes 1:1, "},
		{keys: "16:9<esc>", want: "1:1"},
		{keys: "7", want: "1:1", note: "; 7 is not one"},
		{keys: "9:12<enter>", want: "1:1", shown: "9:12", note: "9:12 is not one"},
		{keys: "16:9<enter><backspace>", want: "1:1"},
		{keys: ":", want: "1:1", note: "shape takes"},
	})
	checkEntries(t, "flux-schnell", "megapixels", []entryCase{{keys: "0,25", want: "0.25"}, {keys: "0.<enter>", want: "0.25"}})
	checkEntries(t, "flux-schnell", params.Format, []entryCase{{keys: "16:9.-", want: "webp"}})
}

// TestEntryOfEveryParameter: of each parameter of the catalogue each allowed value can be typed, and enter takes it without opening the
// choices. A refusal never names the parameter as it is sent.
func TestEntryOfEveryParameter(t *testing.T) {
	t.Parallel()
	for _, m := range model.All() {
		for _, p := range m.Parameters {
			if !takesEntry(p) {
				continue
			}
			for _, value := range append(slices.Clone(p.Choices), p.Format(p.Step(nil, 1)), p.Format(p.Step(nil, -1)), "99999", "-99999", "7:") {
				s := NewSettings(m.ID, "replicate", nil)
				s.Set(params.Shape, customSize)
				if !s.MoveTo(p.Name) || !IsEntryText(value) {
					continue
				}
				for _, r := range value {
					s.Update(tea.KeyPressMsg{Code: r, Text: string(r)})
				}
				note := s.Note()
				_, request := s.Update(uitest.Key("enter"))
				if request != noRequest && s.entry.isOpen {
					t.Errorf("%s %s: enter opens the choices", m.Name(), p.Name)
				}
				if _, err := p.Parse(value); err == nil && p.Format(s.Value(p.Name)) != value {
					t.Errorf("%s %s: %s was typed, the value is %v; %s", m.Name(), p.Name, value, s.Value(p.Name), note)
				}
				if strings.Contains(note+s.Note(), "_") {
					t.Errorf("%s %s: says %q", m.Name(), p.Name, note+s.Note())
				}
			}
		}
	}
}

// TestEnterEndsAnEntry: enter opens the choices of a row only when nothing is being typed.
func TestEnterEndsAnEntry(t *testing.T) {
	t.Parallel()
	s := typeInto("flux-schnell", params.Outputs, "3")
	if _, request := s.Update(uitest.Key("enter")); request != noRequest || s.IsTyping() {
		t.Errorf("enter after a digit asks for %d", request)
	}
	if _, request := s.Update(uitest.Key("enter")); request != RequestChoices {
		t.Errorf("the next enter asks for %d", request)
	}
	s = typeInto("flux-schnell", params.Outputs, "3")
	if _, request := s.Update(uitest.Key("esc")); request != noRequest {
		t.Errorf("esc in an entry asks for %d", request)
	}
	if _, request := s.Update(uitest.Key("esc")); request != RequestLeave {
		t.Errorf("the next esc asks for %d", request)
	}
}

// TestEntryEndsWithTheRow: a row that is left in any way keeps what was typed, if it is a value.
func TestEntryEndsWithTheRow(t *testing.T) {
	t.Parallel()
	for name, leave := range map[string]func(*Settings){
		"the focus": (*Settings).Leave,
		"the wheel": func(s *Settings) { s.Scroll(-1) },
		"a click":   func(s *Settings) { s.Click(3, 0, 47, 7, true) },
		"a model":   func(s *Settings) { s.SetModel("flux-dev") },
		"a choice":  func(s *Settings) { _ = s.Choose(params.Format, "png") },
	} {
		s := typeInto("flux-schnell", params.Outputs, "3")
		leave(s)
		if s.IsTyping() || s.Values()[params.Outputs] != int64(3) {
			t.Errorf("%s: still typing %v, outputs %v", name, s.IsTyping(), s.Values()[params.Outputs])
		}
	}
}

// TestSentencesNameRowsAsTheFormDoes: what a provider would refuse is said in the form's words, which are different for each parameter
// of a model.
func TestSentencesNameRowsAsTheFormDoes(t *testing.T) {
	t.Parallel()
	for _, m := range model.All() {
		labels := map[string]bool{}
		for _, p := range m.Parameters {
			if label := params.Label(p.Name); labels[label] {
				t.Errorf("%s has two parameters %q", m.Name(), label)
			}
			labels[params.Label(p.Name)] = true
		}
		s := NewSettings(m.ID, "replicate", nil)
		for _, p := range m.Parameters {
			s.chosen[p.Name], s.fitted[p.Name] = struct{}{}, struct{}{}
		}
		err := s.Check("")
		for _, p := range m.Parameters {
			if err == nil || strings.Contains(p.Name, "_") && strings.Contains(err.Error(), p.Name+" takes") {
				t.Errorf("%s: %v", m.Name(), err)
			}
		}
	}
	s := newSettings("flux-schnell", "")
	if err := s.Choose(params.Outputs, "9"); err == nil || !strings.Contains(err.Error(), "outputs takes a whole number from 1 to 4; 9 is not one") {
		t.Errorf("said %v", err)
	}
	c, _ := s.Picker(params.Outputs)
	endOf(c, "9<enter>")
	if view := strings.Join(c.View(60, 9, unicode), "\n"); !strings.Contains(view, "outputs takes") {
		t.Errorf("the choices say\n%s", view)
	}
	s = newSettings("flux-pro", "")
	if err := s.CheckEffect("width"); err == nil || !strings.Contains(err.Error(), "only when shape is custom") {
		t.Errorf("said %v", err)
	}
}

// TestShapesAreInOrder: the square, then wider and wider, then taller and taller shapes, each with its sign and its size.
func TestShapesAreInOrder(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "<down>")
	p, _ := s.model.Parameter(params.Shape)
	var got []string
	for _, c := range s.choices(p) {
		got = append(got, c.Text)
	}
	want := []string{"1:1", "5:4", "4:3", "3:2", "16:9", "21:9", "4:5", "3:4", "2:3", "9:16", "9:21"}
	if !slices.Equal(got, want) {
		t.Errorf("the shapes are %q", got)
	}
	for i, c := range s.choices(p) {
		if sign := []rune(c.Middle); sign[len(sign)-1] != []rune("▢▭▭▭▭▭▯▯▯▯▯")[i] || !strings.Contains(c.Middle, "×") {
			t.Errorf("%s: %q", c.Text, c.Middle)
		}
	}
	for _, next := range want[1:] {
		s.Step(+1)
		if s.Value(params.Shape) != next {
			t.Errorf("the next value is %v, want %s", s.Value(params.Shape), next)
		}
	}
}

// TestSafetyCheckIsShownAsItIs: the parameter that turns the check off is shown as the check, in the row and in its choices.
func TestSafetyCheckIsShownAsItIs(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	const name = "disable_safety_checker"
	s.MoveTo(name)
	if got := string(s.describeRow(name, unicode.Glyphs).value); params.Label(name) != "safety check" || got != "on" {
		t.Errorf("%s %s", params.Label(name), got)
	}
	c, _ := s.Picker(name)
	if c.Value() != "false" {
		t.Errorf("its choices start on %q", c.Value())
	}
	endOf(c, "off")
	if err := s.Choose(name, c.Value()); err != nil || s.Values()[name] != true || s.Text(name, true) != "off" {
		t.Errorf("off sends %v, %v", s.Values()[name], err)
	}
}
