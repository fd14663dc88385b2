package form

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
	"tintype/ui/picker"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// newSettings returns the settings of a model after some keys.
func newSettings(id, script string) *Settings {
	s := NewSettings(id, "replicate", nil)
	uitest.Type(func(k tea.KeyPressMsg) { s.Update(k) }, script)
	return &s
}

// ascii and unicode draw without colours.
var (
	ascii   = theme.Look{Glyphs: theme.NewGlyphs(true)}
	unicode = theme.Look{Glyphs: theme.NewGlyphs(false)}
)

func TestView(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(47, 7, false, unicode), 47), `
 model    flux-schnell
 shape    1:1    1024×1024 ▢
 format   webp
 quality  80
 outputs  1
 seed     random
 more     4 settings`)
	s = newSettings("flux-schnell", "<down><right>")
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(47, 7, true, unicode), 47), `
 model    flux-schnell
▌shape   ‹5:4›   1088×896 ▭
 format   webp
 quality  80
 outputs  1
 seed     random
 more     4 settings`)
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(30, 2, true, ascii), 30), `
 model    flux-schnell
>shape   <5:4>   1088x896 [ ]`)
}

func TestCompactView(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	s.Load(model.Default, map[string]any{"prompt": "x", "aspect_ratio": "16:9", "seed": json.Number("62182")})
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(33, 2, false, unicode), 33), `
 flux-schnell · 16:9 · webp 80
 1 output · seed 62182 · more`)
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(38, 1, false, unicode), 38), " schnell · 16:9 · webp · seed 62182")
	s.SetModel("flux-canny-pro") // has no shape, no quality, no number of outputs
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(38, 2, false, unicode), 38), `
 flux-canny-pro · jpg
 seed 62182 · more`)
	s.SetModel("flux-schnell")
	for _, set := range [][2]string{{params.Shape, "1:1, 16:9"}, {params.Seed, "7,8,9"}, {"num_inference_steps", "1,2"}, {params.Quality, "10..90/9"}} {
		if err := s.SetSeveral(set[0], set[1]); err != nil {
			t.Fatal(err)
		}
	}
	uitest.CheckLines(t, uitest.PlainLines(t, s.View(50, 2, false, unicode), 50), `
 flux-schnell · 1:1, 16:9 · webp 10..90/9
 1 output · seed 7, 8, 9 · steps 1, 2 · more`)
}

func TestEveryParameterOfAModelHasARow(t *testing.T) {
	t.Parallel()
	for _, m := range model.All() {
		s := NewSettings(m.ID, "replicate", nil)
		seen := append(s.visibleNames(), s.extraNames()...)
		for _, p := range m.Parameters {
			idle := m.CheckEffect(p.Name, nil) != nil
			if p.Name != params.Prompt && slices.Contains(seen, p.Name) == idle {
				t.Errorf("%s: a row for %s: %v, has no effect: %v", m.Name(), p.Name, !idle, idle)
			}
		}
		for _, line := range s.View(33, 40, true, unicode) {
			if text.Width(text.Safe(line)) != 33 {
				t.Errorf("%s: %q", m.Name(), line)
			}
		}
		input := s.Input("a boat")
		for _, p := range m.Parameters {
			if p.Required && (p.Type == model.Image || p.Type == model.Images) {
				input[p.Name] = "https://example.com/a.png"
			}
		}
		if err := m.Check(input); err != nil {
			t.Errorf("%s refuses its own defaults: %v", m.Name(), err)
		}
	}
}

func TestInput(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	want := map[string]any{
		"prompt": "a boat", "aspect_ratio": "1:1", "output_format": "webp", params.Quality: int64(80), params.Outputs: int64(1),
	}
	if got := s.Input("a boat"); !reflect.DeepEqual(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
	// seed 7, then steps 3 behind "more"
	s = newSettings("flux-schnell", "<down><down><down><down><down>7<down><enter>3<enter><esc>")
	if got := s.Values(); got["seed"] != int64(7) || got["num_inference_steps"] != int64(3) || len(got) != 6 {
		t.Errorf("sent %v", got)
	}
	if s.Title() != "Settings" || s.row != RowMore || string(s.rowText(RowMore)) != "steps 3" {
		t.Errorf("%s, on %s: %s", s.Title(), s.row, s.rowText(RowMore))
	}
}

func TestKeysChangeValues(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ keys, name, want string }{
		{"<down><right>", "aspect_ratio", "5:4"},
		{"<down><left>", "aspect_ratio", "1:1"}, // stops at the end
		{"<down><right><right><backspace>", "aspect_ratio", "1:1"},
		{"<down><down><down>95", params.Quality, "95"},
		{"<down><down><down>100", params.Quality, "100"},
		{"<down><down><down>1003", params.Quality, "80"}, // no quality, and not 100 either
		{"<down><down><down>5<backspace>", params.Quality, "80"},
		{"<down><down><down><right>", params.Quality, "85"},
		{"<down><down><down><down>3<right><right>", params.Outputs, "4"},
		{"<down><down><down><down>7", params.Outputs, "1"},
		{"<down><down><down><down><down><left>", "seed", ""},
		{"<down><down><down><down><down><right><right>", "seed", "2"},
		{"<down><down><down><down><down>62182<backspace><right>", "seed", "6219"},
		{"<down><down><down><down><down>0<left>", "seed", ""},
		{"<down><down>xyq-.", "output_format", "webp"},
		{"<down><up><up><left>", "aspect_ratio", "1:1"},
	} {
		s := newSettings("flux-schnell", c.keys)
		p, _ := s.model.Parameter(c.name)
		if got := p.Format(s.Value(c.name)); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.keys, c.name, got, c.want)
		}
	}
}

func TestNoteNamesTheRangeOfANumber(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "<down><down><down><down>7")
	if !strings.Contains(s.Note(), "1 to 4") {
		t.Errorf("said %q", s.Note())
	}
	s = newSettings("flux-pro", "<down><right><right><right><right><right><right><right><right><right><down>25") // custom: the width, 256 to 1440
	if s.row != "width" || s.entry.text != "25" || s.Values()["width"] != int64(1024) {
		t.Errorf("on %s, %q, %v", s.row, s.entry.text, s.Values()["width"])
	}
	if x, y, ok := s.Cursor(47, 7); x != valueColumn+2 || y != 2 || !ok {
		t.Errorf("the cursor is at %d,%d (%v)", x, y, ok)
	}
	s.Update(uitest.Key("down"))
	if !strings.Contains(s.Note(), "256 to 1440") || s.Values()["width"] != int64(1024) {
		t.Errorf("said %q, width %v", s.Note(), s.Values()["width"])
	}
}

func TestRequests(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	for _, c := range []struct {
		key  string
		want Request
	}{
		{"enter", RequestChoices},
		{" ", RequestChoices},
		{"esc", RequestLeave},
	} {
		key := uitest.Key(c.key)
		if c.key == " " {
			key = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
		}
		if changed, want := s.Update(key); changed || want != c.want {
			t.Errorf("%q: %v, %d, want %d", c.key, changed, want, c.want)
		}
	}
	s = newSettings("flux-schnell", "<down><down><down><down><down><down><enter>")
	if s.Title() != "More for flux-schnell" || s.row != "num_inference_steps" {
		t.Errorf("%s, on %s", s.Title(), s.row)
	}
	if _, want := s.Update(uitest.Key("esc")); want != noRequest || s.Title() != "Settings" {
		t.Errorf("esc on the page: %d, %s", want, s.Title())
	}
}

func TestGoingThroughTheModelsLosesNothing(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-dev", "")
	before := map[string]any{
		"prompt": "x", "aspect_ratio": "9:21", params.Outputs: int64(3), "num_inference_steps": int64(40), "guidance": 4.5,
		"seed": int64(62182), "output_format": "jpg", params.Quality: int64(75),
	}
	s.Load("flux-dev", before)
	s.row = RowModel
	steps := 0
	for ; s.step(+1); steps++ {
		if err := s.model.Check(s.Values()); err != nil && strings.Contains(err.Error(), "takes") {
			t.Errorf("%s: %v", s.model.Name(), err)
		}
	}
	for range steps {
		s.step(-1)
	}
	delete(before, "prompt")
	if got := s.Values(); s.model.Name() != "flux-dev" || !reflect.DeepEqual(got, before) {
		t.Errorf("back at %s with %v, want %v", s.model.Name(), got, before)
	}
	if steps < 5 {
		t.Errorf("only %d models", steps)
	}
}

func TestLoadInput(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "<down><right>")
	dropped := s.Load("flux-dev", map[string]any{
		"prompt": "a boat", "guidance": json.Number("3.5"), "seed": float64(7), "go_fast": false, "nonsense": "x", params.Outputs: "many",
	})
	if !slices.Equal(dropped, []string{"nonsense", params.Outputs}) {
		t.Errorf("dropped %v", dropped)
	}
	got := s.Values()
	if got["guidance"] != 3.5 || got["seed"] != int64(7) || got["go_fast"] != false || got["aspect_ratio"] != "1:1" {
		t.Errorf("took %v", got)
	}
	if err := s.LoadOne("steps", 3); err == nil || !strings.Contains(err.Error(), "flux-dev takes no steps") {
		t.Errorf("loaded a parameter that the model does not take: %v", err)
	}
	if err := s.LoadOne(params.Seed, int64(9)); err != nil || s.Values()["seed"] != int64(9) {
		t.Errorf("seed: %v, %v", s.Values()["seed"], err)
	}
}

func TestUnknownModelKeepsItsParameters(t *testing.T) {
	t.Parallel()
	input := map[string]any{"prompt": "x", "strength": 0.5, "style": "ink", "seed": int64(3)}
	s := newSettings("flux-schnell", "")
	if dropped := s.Load("someone/model", input); len(dropped) > 0 {
		t.Errorf("dropped %v", dropped)
	}
	if got := s.Input("x"); !reflect.DeepEqual(got, input) {
		t.Errorf("sent %v", got)
	}
	back := newSettings("flux-schnell", "")
	back.Restore(s.State())
	if got := back.Input("x"); !reflect.DeepEqual(got, input) {
		t.Errorf("after a restart %v", got)
	}
}

func TestRestore(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-dev", "<down><right><down><right>")
	s.Set("guidance", 4.0)
	s.Set(params.Seed, int64(1)<<53)
	b, err := encode(State{Settings: s.State()})
	if err != nil {
		t.Fatal(err)
	}
	f, err := decode(b)
	if err != nil {
		t.Fatal(err)
	}
	back := newSettings("flux-schnell", "")
	back.Restore(f.Settings)
	if !reflect.DeepEqual(back.Values(), s.Values()) || back.row != s.row || back.ModelID() != s.ModelID() {
		t.Errorf("%v on %s, want %v on %s", back.Values(), back.row, s.Values(), s.row)
	}
	back.Restore(SettingsState{Model: "\x1b[0m", Row: "nowhere", Chosen: map[string]any{"seed": map[string]any{}, "prompt": "x"}})
	if back.ModelID() != model.Default || back.row != RowModel || len(back.chosen) != 0 {
		t.Errorf("damaged: %s on %s with %v", back.ModelID(), back.row, back.chosen)
	}
}

func TestMouse(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	click := func(x, y int) (bool, Request) { return s.Click(x, y, 47, 7, true) }
	if changed, want := click(3, 1); changed || want != noRequest || s.row != params.Shape {
		t.Errorf("a click did not select: %s", s.row)
	}
	// ▌shape   ‹1:1›
	if changed, _ := click(13, 1); !changed || s.Value(params.Shape) != "5:4" {
		t.Errorf("› left it at %v", s.Value(params.Shape))
	}
	if changed, _ := click(9, 1); !changed || s.Value(params.Shape) != "1:1" {
		t.Errorf("‹ left it at %v", s.Value(params.Shape))
	}
	if _, want := click(30, 1); want != RequestChoices {
		t.Errorf("a second click did not open: %d", want)
	}
	if _, want := s.Click(3, 0, 33, 2, false); want != noRequest {
		t.Errorf("the compact form opened: %d", want)
	}
	s.Scroll(+3)
	if s.row != params.Outputs {
		t.Errorf("the wheel went to %s", s.row)
	}
}

func TestPickers(t *testing.T) {
	t.Parallel()
	s := NewSettings("flux-schnell", "replicate", func(id string) time.Duration {
		if id == model.Find("flux-dev").ID {
			return 8 * time.Second
		}
		return 0
	})
	c, ok := s.Picker(RowModel)
	if !ok || c.Value() != model.Default {
		t.Fatalf("the model's chooser starts on %q", c.Value())
	}
	choices := s.modelChoices()
	i := slices.IndexFunc(choices, func(ch picker.Choice) bool { return ch.Text == "flux-dev" })
	if ch := choices[i]; ch.Middle != "8.0 s" || ch.Right != "about $0.025" {
		t.Errorf("flux-dev: %+v", ch)
	}
	uitest.Type(func(k tea.KeyPressMsg) { c.Update(k) }, "flux-dev")
	if err := s.Choose(RowModel, c.Value()); err != nil || s.model.Name() != "flux-dev" {
		t.Errorf("chose %q: %v", c.Value(), err)
	}
	for _, name := range append(s.visibleNames(), s.extraNames()...) {
		c, ok := s.Picker(name)
		if p, _ := s.model.Parameter(name); !ok || len(s.choices(p)) == 0 {
			t.Errorf("no choices of %s", name)
			continue
		}
		if err := s.Choose(name, c.Value()); err != nil {
			t.Errorf("%s refuses what it has: %v", name, err)
		}
	}
	if _, ok := s.Picker("resolution"); ok {
		t.Error("a picker for a parameter that the model does not have")
	}
	if err := s.Choose("guidance", "99"); err == nil {
		t.Error("took guidance 99")
	}
	if err := s.Choose("guidance", "4.5"); err != nil || s.Values()["guidance"] != 4.5 || !s.moreOpen {
		t.Errorf("guidance %v: %v", s.Values()["guidance"], err)
	}
}

func TestPickerTakesTheTypedNumber(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-schnell", "")
	c, _ := s.Picker(params.Quality)
	if endOf(c, "8<enter>") != picker.Taken || c.Value() != "8" {
		t.Errorf("an 8 was taken for %q", c.Value())
	}
	c, _ = s.Picker(params.Quality)
	end := endOf(c, "101<enter>")
	if view := strings.Join(c.View(40, 6, unicode), "\n"); end != picker.Open || !strings.Contains(view, "0 to 100") {
		t.Errorf("101:\n%s", view)
	}
}

// endOf presses keys and returns the result of the last one.
func endOf(c *picker.Picker, script string) (end picker.Result) {
	uitest.Type(func(k tea.KeyPressMsg) { end = c.Update(k) }, script)
	return end
}

// TestModelsSayWhatTheyAreFor: the models are in groups, each with a sentence, what it takes, its time and its price; the words find it.
// In the demo the price is what the pictures would cost.
func TestModelsSayWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	for provider, price := range map[string]string{"demo": "($0.003)", "replicate": "about $0.003", "cometapi": "guess $0.0024"} {
		s := NewSettings("flux-schnell", provider, nil)
		first := s.modelChoices()[0]
		if first.Text != "flux-schnell" || first.Group.Name != "Fast" || first.Right != price || first.Middle != "1.2 s" {
			t.Errorf("%s: %+v", provider, first)
		}
	}
	s := newSettings("flux-schnell", "")
	for id, want := range map[string]string{
		"flux-schnell": "Takes no image.", "flux-dev": "Takes an image.", "flux-2-pro": "Takes up to 8 images.", "flux-fill-dev": "Needs: image.", "flux-fill-pro": "Needs: image.",
	} {
		if got := s.terms.about(model.Find(id)); !strings.Contains(got, want) || !strings.Contains(got, "Usually ") {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
	seen := map[string]bool{}
	before := ""
	for _, c := range s.modelChoices() {
		if c.Group.Name != before && seen[c.Group.Name] {
			t.Errorf("the group %s is in two parts", c.Group.Name)
		}
		before, seen[c.Group.Name] = c.Group.Name, true
	}
	for _, c := range []struct{ typed, want string }{{"edit night", "flux-kontext-pro"}, {"tools mask", "flux-fill-pro"}, {"best raw", "flux-1.1-pro-ultra"}} {
		p, _ := s.Picker(RowModel)
		if endOf(p, c.typed); p.Value() != model.Find(c.want).ID {
			t.Errorf("%q finds %s", c.typed, p.Value())
		}
	}
	p := s.ImageModelPicker()
	if p.Value() != model.Find("flux-kontext-pro").ID {
		t.Errorf("the first model for an image is %s", p.Value())
	}
	if endOf(p, "schnell"); strings.HasSuffix(p.Value(), "/flux-schnell") {
		t.Error("schnell takes no image")
	}
	s.row = RowModel
	for range len(models()) {
		s.step(+1)
	}
	if last := models()[len(models())-1]; s.ModelID() != last.ID {
		t.Errorf("the last model is %s", s.ModelID())
	}
}
