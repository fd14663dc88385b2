package ui

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api/model"
	"tintype/ui/text"
)

// settingsOf is the settings of a model after some keys.
func settingsOf(id, script string) *settingsBox {
	s := newSettingsBox(id, "replicate", nil)
	typeInto(func(k tea.KeyPressMsg) { s.update(k) }, script)
	return &s
}

func TestSettingsView(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	sameLines(t, plainView(t, s.view(47, 7, false, mono(), newGlyphs(false)), 47), `
 model    flux-schnell
 shape    1:1    1024×1024 ▢
 format   webp
 quality  80
 outputs  1
 seed     random
 more     4 others`)
	s = settingsOf("flux-schnell", "<down><right>")
	sameLines(t, plainView(t, s.view(47, 7, true, mono(), newGlyphs(false)), 47), `
 model    flux-schnell
▌shape   ‹16:9›  1344×768 ▭
 format   webp
 quality  80
 outputs  1
 seed     random
 more     4 others`)
	sameLines(t, plainView(t, s.view(30, 2, true, mono(), newGlyphs(true)), 30), `
 model    flux-schnell
>shape   <16:9>  1344x768 [ ]`)
}

func TestSettingsFolded(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	s.take(model.Default, map[string]any{"prompt": "x", "aspect_ratio": "16:9", "seed": json.Number("62182")})
	g := newGlyphs(false)
	sameLines(t, plainView(t, s.view(33, 2, false, mono(), g), 33), `
 flux-schnell · 16:9 · webp 80
 1 output · seed 62182 · more`)
	sameLines(t, plainView(t, s.view(38, 1, false, mono(), g), 38), " schnell · 16:9 · webp · seed 62182")
	s.setModel("flux-canny-pro") // has no shape, no quality, no number of outputs
	sameLines(t, plainView(t, s.view(38, 2, false, mono(), g), 38), `
 flux-canny-pro · jpg
 seed 62182 · more`)
}

func TestSettingsFollowTheModel(t *testing.T) {
	for _, m := range model.All() {
		s := newSettingsBox(m.ID, "replicate", nil)
		seen := append(s.visibleNames(), s.extraNames()...)
		for _, p := range m.Parameters {
			side := isSide(p.Name)
			if p.Name != promptName && !side && !slices.Contains(seen, p.Name) {
				t.Errorf("%s: no row for %s", m.Name(), p.Name)
			}
		}
		for _, line := range s.view(33, 40, true, mono(), newGlyphs(false)) {
			if text.Width(text.Safe(line)) != 33 {
				t.Errorf("%s: %q", m.Name(), line)
			}
		}
		input := s.input("a boat")
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

func TestSettingsValues(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	want := map[string]any{
		"prompt": "a boat", "aspect_ratio": "1:1", "output_format": "webp", "output_quality": int64(80), "num_outputs": int64(1),
	}
	if got := s.input("a boat"); !reflect.DeepEqual(got, want) {
		t.Errorf("sent %v, want %v", got, want)
	}
	// seed 7, then steps 3 behind "more"
	s = settingsOf("flux-schnell", "<down><down><down><down><down>7<down><enter>3<esc>")
	if got := s.values(); got["seed"] != int64(7) || got["num_inference_steps"] != int64(3) || len(got) != 6 {
		t.Errorf("sent %v", got)
	}
	if s.title() != "Settings" || s.row != rowMore || string(s.valueWord(rowMore)) != "steps 3" {
		t.Errorf("%s, on %s: %s", s.title(), s.row, s.valueWord(rowMore))
	}
}

func TestSettingsKeys(t *testing.T) {
	for _, c := range []struct{ keys, name, want string }{
		{"<down><right>", "aspect_ratio", "16:9"},
		{"<down><left>", "aspect_ratio", "1:1"}, // stops at the end
		{"<down><right><right><backspace>", "aspect_ratio", "1:1"},
		{"<down><down><down>95", "output_quality", "95"},
		{"<down><down><down>100", "output_quality", "100"},
		{"<down><down><down>1003", "output_quality", "3"}, // the digit begins anew
		{"<down><down><down>5<backspace>", "output_quality", "80"},
		{"<down><down><down><right>", "output_quality", "85"},
		{"<down><down><down><down>3<right><right>", "num_outputs", "4"},
		{"<down><down><down><down>7", "num_outputs", "1"},
		{"<down><down><down><down><down><left>", "seed", ""},
		{"<down><down><down><down><down><right><right>", "seed", "2"},
		{"<down><down><down><down><down>62182<backspace><right>", "seed", "62182"},
		{"<down><down><down><down><down>0<left>", "seed", ""},
		{"<down><down>xyq-.", "output_format", "webp"},
		{"<down><up><up><left>", "aspect_ratio", "1:1"},
	} {
		s := settingsOf("flux-schnell", c.keys)
		p, _ := s.model.Parameter(c.name)
		if got := p.Format(s.value(c.name)); got != c.want {
			t.Errorf("%s: %s is %q, want %q", c.keys, c.name, got, c.want)
		}
	}
}

func TestSettingsSayWhatANumberTakes(t *testing.T) {
	s := settingsOf("flux-schnell", "<down><down><down><down>7")
	if !strings.Contains(s.note(), "1 to 4") {
		t.Errorf("said %q", s.note())
	}
	s = settingsOf("flux-pro", "<down><left><down>25") // custom: the width, 256 to 1440
	if s.row != "width" || s.digits != "25" || s.values()["width"] != int64(1024) {
		t.Errorf("on %s, %q, %v", s.row, s.digits, s.values()["width"])
	}
	if x, y, ok := s.cursor(47, 7); x != valueColumn+2 || y != 2 || !ok {
		t.Errorf("the cursor is at %d,%d (%v)", x, y, ok)
	}
	s.update(keyNamed("down"))
	if !strings.Contains(s.note(), "256 to 1440") || s.values()["width"] != int64(1024) {
		t.Errorf("said %q, width %v", s.note(), s.values()["width"])
	}
}

func TestSettingsWants(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	for _, c := range []struct {
		key  string
		want settingsWant
	}{
		{"enter", settingsChoose},
		{" ", settingsChoose},
		{"esc", settingsLeave},
	} {
		key := keyNamed(c.key)
		if c.key == " " {
			key = tea.KeyPressMsg{Code: tea.KeySpace, Text: " "}
		}
		if changed, want := s.update(key); changed || want != c.want {
			t.Errorf("%q: %v, %d, want %d", c.key, changed, want, c.want)
		}
	}
	s = settingsOf("flux-schnell", "<down><down><down><down><down><down><enter>")
	if s.title() != "More for flux-schnell" || s.row != "num_inference_steps" {
		t.Errorf("%s, on %s", s.title(), s.row)
	}
	if _, want := s.update(keyNamed("esc")); want != settingsNothing || s.title() != "Settings" {
		t.Errorf("esc on the page: %d, %s", want, s.title())
	}
}

func TestLeafingThroughModelsLosesNothing(t *testing.T) {
	s := settingsOf("flux-dev", "")
	before := map[string]any{
		"prompt": "x", "aspect_ratio": "9:21", "num_outputs": int64(3), "num_inference_steps": int64(40), "guidance": 4.5,
		"seed": int64(62182), "output_format": "png", "output_quality": int64(80),
	}
	s.take("flux-dev", before)
	s.row = rowModel
	steps := 0
	for ; s.step(+1); steps++ {
		if err := s.model.Check(s.values()); err != nil && strings.Contains(err.Error(), "takes") {
			t.Errorf("%s: %v", s.model.Name(), err)
		}
	}
	for range steps {
		s.step(-1)
	}
	delete(before, "prompt")
	if got := s.values(); s.model.Name() != "flux-dev" || !reflect.DeepEqual(got, before) {
		t.Errorf("back at %s with %v, want %v", s.model.Name(), got, before)
	}
	if steps < 5 {
		t.Errorf("only %d models", steps)
	}
}

func TestSettingsTake(t *testing.T) {
	s := settingsOf("flux-schnell", "<down><right>")
	dropped := s.take("flux-dev", map[string]any{
		"prompt": "a boat", "guidance": json.Number("3.5"), "seed": float64(7), "go_fast": false, "nonsense": "x", "num_outputs": "many",
	})
	if !slices.Equal(dropped, []string{"nonsense", "num_outputs"}) {
		t.Errorf("dropped %v", dropped)
	}
	got := s.values()
	if got["guidance"] != 3.5 || got["seed"] != int64(7) || got["go_fast"] != false || got["aspect_ratio"] != "1:1" {
		t.Errorf("took %v", got)
	}
	if err := s.takeOne("steps", 3); err == nil || !strings.Contains(err.Error(), "flux-dev takes no steps") {
		t.Errorf("took what the model has not: %v", err)
	}
	if err := s.takeOne(seedName, int64(9)); err != nil || s.values()["seed"] != int64(9) {
		t.Errorf("seed: %v, %v", s.values()["seed"], err)
	}
}

func TestAnUnknownModelKeepsItsKeys(t *testing.T) {
	input := map[string]any{"prompt": "x", "strength": 0.5, "style": "ink", "seed": int64(3)}
	s := settingsOf("flux-schnell", "")
	if dropped := s.take("someone/model", input); len(dropped) > 0 {
		t.Errorf("dropped %v", dropped)
	}
	if got := s.input("x"); !reflect.DeepEqual(got, input) {
		t.Errorf("sent %v", got)
	}
	back := settingsOf("flux-schnell", "")
	back.restore(s.saved())
	if got := back.input("x"); !reflect.DeepEqual(got, input) {
		t.Errorf("after a restart %v", got)
	}
}

func TestSettingsSurviveARestart(t *testing.T) {
	s := settingsOf("flux-dev", "<down><right><down><right>")
	s.set("guidance", 4.0)
	s.set(seedName, int64(1)<<53)
	b, err := encodeForm(form{Settings: s.saved()})
	if err != nil {
		t.Fatal(err)
	}
	f, err := decodeForm(b)
	if err != nil {
		t.Fatal(err)
	}
	back := settingsOf("flux-schnell", "")
	back.restore(f.Settings)
	if !reflect.DeepEqual(back.values(), s.values()) || back.row != s.row || back.modelID() != s.modelID() {
		t.Errorf("%v on %s, want %v on %s", back.values(), back.row, s.values(), s.row)
	}
	back.restore(savedSettings{Model: "\x1b[0m", Row: "nowhere", Chosen: map[string]any{"seed": map[string]any{}, "prompt": "x"}})
	if back.modelID() != model.Default || back.row != rowModel || len(back.chosen) != 0 {
		t.Errorf("damaged: %s on %s with %v", back.modelID(), back.row, back.chosen)
	}
}

func TestSettingsMouse(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	click := func(x, y int) (bool, settingsWant) { return s.click(x, y, 47, 7, true) }
	if changed, want := click(3, 1); changed || want != settingsNothing || s.row != shapeName {
		t.Errorf("a click did not select: %s", s.row)
	}
	// ▌shape   ‹1:1›
	if changed, _ := click(13, 1); !changed || s.value(shapeName) != "16:9" {
		t.Errorf("› left it at %v", s.value(shapeName))
	}
	if changed, _ := click(9, 1); !changed || s.value(shapeName) != "1:1" {
		t.Errorf("‹ left it at %v", s.value(shapeName))
	}
	if _, want := click(30, 1); want != settingsChoose {
		t.Errorf("a second click did not open: %d", want)
	}
	if _, want := s.click(3, 0, 33, 2, false); want != settingsNothing {
		t.Errorf("the folded form opened: %d", want)
	}
	s.scroll(+3)
	if s.row != "num_outputs" {
		t.Errorf("the wheel went to %s", s.row)
	}
}

func TestSettingsChoosers(t *testing.T) {
	s := newSettingsBox("flux-schnell", "replicate", func(id string) time.Duration {
		if id == model.Find("flux-dev").ID {
			return 8 * time.Second
		}
		return 0
	})
	c, ok := s.chooserOf(rowModel)
	if !ok || c.taken() != model.Default {
		t.Fatalf("the model's chooser starts on %q", c.taken())
	}
	i := slices.IndexFunc(c.choices, func(ch choice) bool { return ch.text == "flux-dev" })
	if ch := c.choices[i]; ch.middle != "8.0 s" || ch.right != "about $0.025" {
		t.Errorf("flux-dev: %+v", ch)
	}
	typeInto(func(k tea.KeyPressMsg) { c.update(k) }, "flux-dev")
	if err := s.choose(rowModel, c.taken()); err != nil || s.model.Name() != "flux-dev" {
		t.Errorf("chose %q: %v", c.taken(), err)
	}
	for _, name := range append(s.visibleNames(), s.extraNames()...) {
		c, ok := s.chooserOf(name)
		if !ok || len(c.choices) == 0 {
			t.Errorf("no choices of %s", name)
			continue
		}
		if err := s.choose(name, c.taken()); err != nil {
			t.Errorf("%s refuses what it has: %v", name, err)
		}
	}
	if _, ok := s.chooserOf("resolution"); ok {
		t.Error("a chooser of what the model has not")
	}
	if err := s.choose("guidance", "99"); err == nil {
		t.Error("took guidance 99")
	}
	if err := s.choose("guidance", "4.5"); err != nil || s.values()["guidance"] != 4.5 || !s.more {
		t.Errorf("guidance %v: %v", s.values()["guidance"], err)
	}
}

func TestChooserNumberIsWhatIsTyped(t *testing.T) {
	s := settingsOf("flux-schnell", "")
	c, _ := s.chooserOf("output_quality")
	if endOf(c, "8<enter>") != chooserTaken || c.taken() != "8" {
		t.Errorf("an 8 was taken for %q", c.taken())
	}
	c, _ = s.chooserOf("output_quality")
	end := endOf(c, "101<enter>")
	if view := strings.Join(c.view(40, 6, mono(), newGlyphs(false)), "\n"); end != chooserOpen || !strings.Contains(view, "0 to 100") {
		t.Errorf("101:\n%s", view)
	}
}

// endOf presses keys and returns how the last of them left the picker.
func endOf(c *chooser, script string) (end chooserEnd) {
	typeInto(func(k tea.KeyPressMsg) { end = c.update(k) }, script)
	return end
}
