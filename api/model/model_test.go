package model

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestCatalogue(t *testing.T) {
	t.Parallel()
	all := All()
	if all[0].ID != Default {
		t.Errorf("first is %s, want %s", all[0].ID, Default)
	}
	seen := map[string]bool{}
	for _, m := range all {
		if seen[m.ID] {
			t.Errorf("%s is listed twice", m.ID)
		}
		seen[m.ID] = true
		if !m.Known || m.TypicalDuration <= 0 || CheckID(m.ID) != nil || CheckID(m.Name()) != nil {
			t.Errorf("%s: known %v, usual %v, %v", m.ID, m.Known, m.TypicalDuration, CheckID(m.ID))
		}
		if got := Find(strings.ToUpper(m.Name())); got.ID != m.ID {
			t.Errorf("Find by short name gives %s, want %s", got.ID, m.ID)
		}
		if !slices.Contains(Groups(), m.Group) || m.About == "" || len(m.About) > 60 {
			t.Errorf("%s: group %q, about %q", m.ID, m.Group, m.About)
		}
		for _, p := range m.Parameters {
			checkRow(t, m, p)
		}
	}
	if len(all) != 31 {
		t.Errorf("%d models, want 31", len(all))
	}
}

func checkRow(t *testing.T, m Model, p Parameter) {
	t.Helper()
	if p.Help == "" || len(p.Help) > 60 {
		t.Errorf("%s %s: help %q", m.Name(), p.Name, p.Help)
	}
	if p.Default != nil && p.check(p.Default) != nil {
		t.Errorf("%s: its own default is refused: %v", m.Name(), p.check(p.Default))
	}
	if p.Default != nil && !slices.Contains([]Type{Images, Texts, Numbers}, p.Type) {
		back, err := p.Parse(p.Format(p.Default))
		if err != nil || !reflect.DeepEqual(back, p.Default) {
			t.Errorf("%s %s: %v reads back as %v, %v", m.Name(), p.Name, p.Default, back, err)
		}
	}
}

func TestFind(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, want, name string
		known          bool
	}{
		{"flux-dev:1234", "black-forest-labs/flux-dev", "flux-dev", true},
		{"flux-dev", "black-forest-labs/flux-dev", "flux-dev", true},
		{"black-forest-labs/flux-2-klein-4b", "black-forest-labs/flux-2-klein-4b", "flux-2-klein-4b", true},
		{"stability-ai/sdxl", "stability-ai/sdxl", "stability-ai/sdxl", false},
	} {
		m := Find(c.id)
		if m.ID != c.want || m.Known != c.known || m.Name() != c.name {
			t.Errorf("Find(%q) = %s %v %q", c.id, m.ID, m.Known, m.Name())
		}
	}
	for _, bad := range []string{"flux-dev:", "flux-dev:a b", "flux-dev:a:b", "flux-dev:a/b", "a/b:", ":a", "a/b:\x1b", "flux-dev:hidden", "no-such:1234", "", "/", "a/", "/b", "a/b/c", "a b/c", "no-such", "../..", "a/../b", "a/b?x", "a/\x1b"} {
		if CheckID(bad) == nil {
			t.Errorf("CheckID(%q) accepts it", bad)
		}
	}
}

// TestVersions: a version is kept beside the id, and what providers give where none was asked for is none.
func TestVersions(t *testing.T) {
	t.Parallel()
	const long = "8dab33aa91741c2c07274f97d926b0606b6c38416a8a83fdc8f336512cdd88cf"
	for _, c := range []struct{ id, version, reference, label string }{
		{"flux-dev", "", owner + "flux-dev", "flux-dev"},
		{"flux-dev:" + long, long, owner + "flux-dev:" + long, "flux-dev:8dab33aa"},
		{"some-one/thing:12", "12", "some-one/thing:12", "some-one/thing:12"},
	} {
		m := Find(c.id)
		if m.Version != c.version || m.Reference() != c.reference || m.Label() != c.label || CheckID(c.id) != nil {
			t.Errorf("%s: %q %q %q %v", c.id, m.Version, m.Reference(), m.Label(), CheckID(c.id))
		}
		if again := Find(m.Reference()); again.ID != m.ID || again.Version != m.Version {
			t.Errorf("%s is another model as %s", c.id, m.Reference())
		}
	}
	for written, want := range map[string]string{
		"": "", "hidden": "", "dp-4d0bcc010b3049749a251855f12800be": "", "some-one/thing": "", "some-one/thing:" + long: long, long: long,
	} {
		if got := CleanVersion(written); got != want {
			t.Errorf("the version %q is %q, want %q", written, got, want)
		}
	}
	if catalogue[0].Version != "" {
		t.Error("the catalogue has a version")
	}
}

func TestUnknownModelTakesAnyKey(t *testing.T) {
	t.Parallel()
	m := Find("someone/else")
	if err := m.Check(map[string]any{"prompt": "a boat", "scheduler": "K_EULER", "aspect_ratio": "7:5"}); err != nil {
		t.Error(err)
	}
	if err := m.Check(map[string]any{"seed": "x", "prompt": "a"}); err == nil {
		t.Error("a seed that is no number is accepted")
	}
	if got := m.Defaults(); len(got) != 0 {
		t.Errorf("defaults are %v, want none: what was not chosen is not sent", got)
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ model, input, want string }{
		{"flux-schnell", `{"prompt":"a boat"}`, ""},
		{"flux-schnell", `{"prompt":"a","num_outputs":4,"seed":12345678901,"go_fast":false,"megapixels":"0.25"}`, ""},
		{"flux-schnell", `{}`, "flux-schnell needs prompt: what the picture shows"},
		{"flux-schnell", `{"prompt":"  "}`, "the prompt is empty"},
		{"flux-schnell", `{"prompt":"a","num_outputs":5}`, `num_outputs takes a whole number from 1 to 4; "5" is not`},
		{"flux-schnell", `{"prompt":"a","num_outputs":1.5}`, `num_outputs takes a whole number from 1 to 4; "1.5" is not`},
		{"flux-schnell", `{"prompt":"a","output_format":"gif"}`, `output_format takes webp, jpg or png; "gif" is not`},
		{"flux-schnell", `{"prompt":"a","go_fast":"yes"}`, `go_fast takes on or off; "yes" is not`},
		{"flux-2-pro", `{"prompt":"a","input_images":["https://x/1.png","data:image/png;base64,AA"]}`, ""},
		{"flux-2-pro", `{"prompt":"a","input_images":["/a/boat.png","https://x/a.png","data:image/png;base64,AA=="]}`, ""},
		{"flux-2-pro", `{"prompt":"a","input_images":["ftp://x/a.png"]}`, "input_images takes up to 8 files, https URLs or data: URIs"},
		{"flux-kontext-pro", `{"prompt":"a","input_image":"./boat.png"}`, ""},
		{"flux-kontext-pro", `{"prompt":"a","input_image":" "}`, "input_image takes a file, an https URL or a data: URI"},
		{"flux-kontext-pro", `{"prompt":"a","input_image":"a\u0000b"}`, "input_image takes a file, an https URL or a data: URI"},
		{"flux-2-dev", `{"prompt":"a","input_images":["data:1","data:2","data:3","data:4","data:5"]}`, "input_images takes at most 4 pictures; these are 5"},
		{"flux-fill-pro", `{"prompt":"a"}`, "flux-fill-pro needs image: the picture to fill"},
	} {
		var input map[string]any
		if err := json.Unmarshal([]byte(c.input), &input); err != nil {
			t.Fatal(err)
		}
		got := ""
		if err := Find(c.model).Check(input); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s %s:\n got %q\nwant %q", c.model, c.input, got, c.want)
		}
	}
	err := Find("flux-schnell").Check(map[string]any{"prompt": "a", "guidance": 3})
	if err == nil || !strings.HasPrefix(err.Error(), "flux-schnell has no guidance; it takes prompt, aspect_ratio") {
		t.Errorf("an unknown key: %v", err)
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model, name, text string
		want              any
	}{
		{"flux-schnell", "num_outputs", " 3 ", int64(3)},
		{"flux-schnell", "go_fast", "off", false},
		{"flux-schnell", "output_format", "PNG", "png"},
		{"flux-dev", "guidance", "3.5", 3.5},
		{"flux-fill-pro", "outpaint", "make square", "Make square"},
		{"flux-2-pro", "input_images", "https://a/b data:x", []string{"https://a/b", "data:x"}},
		{"flux-schnell", "num_outputs", "many", nil},
		{"flux-schnell", "num_outputs", "9", nil},
		{"flux-dev", "guidance", "NaN", nil},
		{"flux-kontext-pro", "output_format", "webp", nil},
	} {
		p, _ := Find(c.model).Parameter(c.name)
		got, err := p.Parse(c.text)
		if (err != nil) != (c.want == nil) || c.want != nil && !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s %s=%q gives %#v, %v; want %#v", c.model, c.name, c.text, got, err, c.want)
		}
	}
}

func TestStep(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model, name string
		from        any
		by          int
		want        any
	}{
		{"flux-schnell", "aspect_ratio", "1:1", 1, "16:9"},
		{"flux-schnell", "aspect_ratio", "9:21", 1, "9:21"},
		{"flux-schnell", "num_outputs", float64(4), 1, int64(4)},
		{"flux-schnell", "num_outputs", nil, 1, int64(2)},
		{"flux-schnell", "output_quality", int64(83), 1, int64(85)},
		{"flux-schnell", "output_quality", int64(83), -1, int64(80)},
		{"flux-schnell", "output_quality", int64(2), -1, int64(0)},
		{"flux-dev", "prompt_strength", 0.8, 1, 0.85},
		{"flux-dev", "guidance", 3.0, -1, 2.5},
		{"flux-1.1-pro", "width", nil, 1, int64(1024)},
		{"flux-1.1-pro", "width", int64(1024), 1, int64(1056)},
		{"flux-schnell", "go_fast", true, -1, false},
		{"flux-schnell", "seed", int64(7), 1, int64(8)},
	} {
		p, _ := Find(c.model).Parameter(c.name)
		if got := p.Step(c.from, c.by); got != c.want {
			t.Errorf("%s %s: %v by %d is %#v, want %#v", c.model, c.name, c.from, c.by, got, c.want)
		}
	}
}

func TestCoerce(t *testing.T) {
	t.Parallel()
	from := map[string]any{
		"prompt": "a boat", "aspect_ratio": "21:9", "num_inference_steps": int64(28), "guidance": 3.0,
		"output_format": "webp", "seed": int64(5),
	}
	got, dropped := Find("flux-kontext-pro").Coerce(from)
	want := map[string]any{"prompt": "a boat", "aspect_ratio": "21:9", "output_format": "png", "seed": int64(5)}
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(dropped, []string{"guidance", "num_inference_steps"}) {
		t.Errorf("fits as %v, drops %v", got, dropped)
	}
	got, _ = Find("flux-2-pro").Coerce(from)
	if got["aspect_ratio"] != "16:9" {
		t.Errorf("21:9 becomes %v, want the nearest, 16:9", got["aspect_ratio"])
	}
	got, _ = Find("flux-schnell").Coerce(from)
	if got["num_inference_steps"] != int64(4) {
		t.Errorf("28 steps become %v, want 4", got["num_inference_steps"])
	}
	for _, a := range All() {
		for _, b := range All() {
			fitted, _ := b.Coerce(a.Defaults())
			for name, v := range fitted {
				if p, _ := b.Parameter(name); p.check(v) != nil {
					t.Errorf("%s to %s: %v", a.Name(), b.Name(), p.check(v))
				}
			}
		}
	}
}

func TestSize(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model string
		input map[string]any
		w, h  int
	}{
		{"flux-schnell", nil, 1024, 1024},
		{"flux-schnell", map[string]any{"aspect_ratio": "16:9"}, 1344, 768},
		{"flux-schnell", map[string]any{"aspect_ratio": "9:21", "megapixels": "0.25"}, 320, 768},
		{"flux-1.1-pro", map[string]any{"aspect_ratio": "custom", "width": 500, "height": 1440.0}, 512, 1440},
		{"flux-1.1-pro", map[string]any{"aspect_ratio": "custom"}, 0, 0},
		{"flux-2-pro", map[string]any{"resolution": "4 MP"}, 2048, 2048},
		{"flux-2-pro", map[string]any{"resolution": "0.5 MP"}, 736, 736},
		{"flux-kontext-pro", nil, 0, 0},
		{"flux-dev", map[string]any{"image": "https://x/y.png"}, 0, 0},
		{"flux-fill-dev", nil, 0, 0},
		{"someone/else", nil, 0, 0},
	} {
		w, h, ok := Find(c.model).Size(c.input)
		if w != c.w || h != c.h || ok != (c.w > 0) {
			t.Errorf("%s %v is %d×%d %v, want %d×%d", c.model, c.input, w, h, ok, c.w, c.h)
		}
	}
}
