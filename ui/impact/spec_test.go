package impact_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"tintype/history"
	"tintype/ui/distance"
	"tintype/ui/impact"
	"tintype/ui/internal/uitest"
	"tintype/ui/params"
	"tintype/ui/plan"
)

const dev = "black-forest-labs/flux-dev"

func entry(model, prompt string, values ...any) history.Entry {
	e := history.Entry{Key: "k", Model: model, Input: map[string]any{params.Prompt: prompt}}
	for i := 0; i < len(values); i += 2 {
		e.Input[values[i].(string)] = values[i+1]
	}
	return e
}

// planned returns the impact of the phrases of a prediction, and its plan.
func planned(t *testing.T, e history.Entry, seeds int) (impact.Experiment, *plan.Plan) {
	t.Helper()
	x, err := impact.New(e, impact.Phrase, seeds)
	if err != nil {
		t.Fatal(err)
	}
	p, err := plan.Build(x.Spec, plan.Options{Provider: "replicate"})
	if err != nil {
		t.Fatal(err)
	}
	return x, p
}

// TestPlan: the plan has the entire prompt and the prompt without each phrase, with the same seeds, one picture each, and nothing else.
func TestPlan(t *testing.T) {
	t.Parallel()
	e := entry(dev, "a boat, at dusk, in {fog|rain}", "seed", 7.0, "num_outputs", 4.0, "guidance", 2.5)
	x, p := planned(t, e, 3)
	prompts := []string{"a boat, at dusk, in {fog|rain}", "at dusk, in {fog|rain}", "a boat, in {fog|rain}", "a boat, at dusk"}
	seeds := map[string]bool{}
	for i, c := range p.Cells {
		if c.Input[params.Prompt] != prompts[i/3] || c.Pictures != 1 || c.State != plan.New || c.Input["guidance"] != 2.5 || c.Parent != e.Key {
			t.Errorf("cell %d: %+v", i, c)
		}
		seeds[fmt.Sprint(i%3, c.Input[params.Seed])] = true
	}
	if len(p.Cells) != 12 || len(seeds) != 3 || !seeds["0 7"] {
		t.Errorf("%d cells, seeds %v", len(p.Cells), seeds)
	}
	again, _ := plan.Build(x.Spec, plan.Options{Provider: "replicate"})
	if again.Key != p.Key || again.Cells[5].Key != p.Cells[5].Key {
		t.Error("planned again, it is another plan")
	}
	for _, n := range []int{0, 1, 51} {
		if _, err := impact.New(entry(dev, "a boat, at dusk"), impact.Phrase, n); err == nil {
			t.Errorf("%d seeds have no error", n)
		}
	}
}

// TestManyPictures: more pictures than are bought at once are refused with their number.
func TestManyPictures(t *testing.T) {
	t.Parallel()
	e := entry(dev, strings.Repeat("boat, ", 200))
	if x, err := impact.New(e, impact.Phrase, 3); err != nil || len(x.Parts) != 200 {
		t.Errorf("%v, %d phrases", err, len(x.Parts))
	}
	_, err := impact.New(e, impact.Phrase, 50)
	if err == nil || !strings.Contains(err.Error(), "200 phrases: with 50 seeds they are 10,050 pictures, and at most 5,000 are bought at once") {
		t.Error(err)
	}
}

// TestNamesOfParts: the values of the prompt's axis are told apart, even if a phrase has the name that another one would get.
func TestNamesOfParts(t *testing.T) {
	t.Parallel()
	x, err := impact.New(entry(dev, "boat, boat (2), boat, entire prompt"), impact.Phrase, 2)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, v := range x.Spec.Axes[0].Values {
		names = append(names, v.Text)
	}
	if got := strings.Join(names, "|"); got != "entire prompt|without boat|without boat (2)|without boat (3)|without entire prompt" {
		t.Error(got)
	}
}

// TestPlanWithoutSeed: a model that takes no seed makes several pictures of each prompt.
func TestPlanWithoutSeed(t *testing.T) {
	t.Parallel()
	id := uitest.SeedlessModel(t)
	x, p := planned(t, entry(id, "a boat, at dusk"), 3)
	if !x.Seedless || p.Totals().New != 9 {
		t.Fatalf("%+v %+v", x, p.Totals())
	}
	if got := p.Coordinates(4)[plan.OfLine]; got != "without a boat · 2" {
		t.Errorf("the fifth cell is %q", got)
	}
	for part, cells := range x.Cells(p) {
		for _, c := range cells {
			if got := p.Cells[c].Input[params.Prompt]; got != []string{"a boat, at dusk", "at dusk", "a boat"}[part] {
				t.Errorf("part %d: %v", part, got)
			}
		}
	}
}

// TestPicturesOfAPlan: pictures are those of the cells, also of a cell that is the same as another one, and a cell that was bought twice shows the
// noise.
func TestPicturesOfAPlan(t *testing.T) {
	t.Parallel()
	x, p := planned(t, entry(dev, "boat, boat, dusk"), 2)
	loaded := map[string]*distance.Picture{}
	for i := range p.Cells {
		if c := &p.Cells[i]; c.State == plan.New {
			c.State, c.Entries = plan.Had, []string{fmt.Sprint("key", i)}
			loaded[c.Entries[0]] = picture(t, i, 0)
		}
	}
	p.Cells[0].Entries = append(p.Cells[0].Entries, "key1")
	p.Cells[1].State, p.Cells[1].Entries = plan.New, nil
	got := x.Pictures(p, func(key string) *distance.Picture { return loaded[key] })
	if got.Entire[0] != loaded["key0"] || got.Entire[1] != nil || len(got.Again) != 1 || got.Again[0][1] != loaded["key1"] {
		t.Errorf("%+v", got)
	}
	if len(got.Without) != 3 || got.Without[0][0] != loaded["key2"] || got.Without[1][0] != loaded["key2"] {
		t.Errorf("the phrase that is there twice makes one picture: %+v", got.Without)
	}
}

// TestPicturesOfSeveralPurchases: the newest picture that can be read counts, and any cell that was bought twice shows the noise.
func TestPicturesOfSeveralPurchases(t *testing.T) {
	t.Parallel()
	x, p := planned(t, entry(dev, "boat, dusk", "seed", 7.0), 2)
	loaded := map[string]*distance.Picture{"old": picture(t, 1, 0), "older": picture(t, 1, 0.1), "again": picture(t, 2, 0)}
	p.Cells[0].Job, p.Cells[0].Entries = "failed", []string{"old", "older"}
	p.Cells[2].State, p.Cells[2].Job, p.Cells[2].Entries = plan.Had, "again", []string{"gone", "older", "again"}
	got := x.Pictures(p, func(key string) *distance.Picture { return loaded[key] })
	if got.Unread != 0 || got.Entire[0] != loaded["old"] || got.Without[0][0] != loaded["again"] {
		t.Errorf("%+v", got)
	}
	if want := [][2]*distance.Picture{{loaded["old"], loaded["older"]}, {loaded["again"], loaded["older"]}}; !slices.Equal(got.Again, want) {
		t.Errorf("%+v, want %+v", got.Again, want)
	}
}

// TestPicturesWithoutSeedCountOnce: after a purchase the newest pictures of a prompt are those of its first cells, whichever were bought for them.
// Each counts once.
func TestPicturesWithoutSeedCountOnce(t *testing.T) {
	t.Parallel()
	x, p := planned(t, entry(uitest.SeedlessModel(t), "boat, dusk"), 3)
	for i, c := range []struct{ job, had string }{{"", "new2"}, {"new1", "new1"}, {"new2", "old"}} {
		p.Cells[i].State, p.Cells[i].Job, p.Cells[i].Entries = plan.Had, c.job, []string{c.had}
	}
	loaded := map[string]*distance.Picture{"old": picture(t, 1, 0), "new1": picture(t, 2, 0), "new2": picture(t, 3, 0)}
	got := x.Pictures(p, func(key string) *distance.Picture { return loaded[key] })
	if want := []*distance.Picture{loaded["new2"], loaded["new1"], loaded["old"]}; !slices.Equal(got.Entire, want) {
		t.Errorf("%v, want %v", got.Entire, want)
	}
	for i, want := range []string{"new2", "new1", "old"} {
		if got := p.Cells[i].NewestKey(); got != want {
			t.Errorf("cell %d shows %s, want %s", i, got, want)
		}
	}
}

// TestUnreadPictures: a picture that is here and cannot be read counts as missing, and is told.
func TestUnreadPictures(t *testing.T) {
	t.Parallel()
	x, p := planned(t, entry(dev, "boat, dusk"), 2)
	loaded := map[string]*distance.Picture{}
	for i := range p.Cells {
		key := fmt.Sprint("k", i)
		p.Cells[i].State, p.Cells[i].Entries, loaded[key] = plan.Had, []string{key}, picture(t, i%2, float64(i/2)/3)
	}
	load := func(key string) *distance.Picture { return loaded[key] }
	delete(loaded, "k2")
	r, err := impact.Measure(x.Pictures(p, load))
	if err != nil || !strings.HasSuffix(r.NoiseSentence(), " 1 picture could not be read.") || r.Parts[0].Seeds != 1 {
		t.Errorf("%v %s %+v", err, r.NoiseSentence(), r.Parts)
	}
	delete(loaded, "k0")
	if _, err := impact.Measure(x.Pictures(p, load)); err == nil || !strings.Contains(err.Error(), "2 pictures that are here could not be read") {
		t.Error(err)
	}
}

// TestOf: the experiment of a plan is found from its spec, also from one that was kept in a file. Other plans are none.
func TestOf(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		model, prompt string
		by            impact.By
	}{
		{dev, "a boat, at dusk\nin {fog|rain}", impact.Phrase},
		{dev, "a boat", impact.Word},
		{dev, "boat, boat (2), boat", impact.Phrase},
		{uitest.SeedlessModel(t), "a boat, at dusk", impact.Phrase},
		{uitest.SeedlessModel(t), "a red boat", impact.Word},
	} {
		x, err := impact.New(entry(c.model, c.prompt, "seed", 7.0), c.by, 4)
		if err != nil {
			t.Fatal(err)
		}
		file, err := plan.Encode(x.Spec)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := plan.Decode(file, "kept.toml")
		if err != nil {
			t.Fatal(err)
		}
		got, by, ok := impact.Of(kept)
		if !ok || by != c.by || got.Seeds != 4 || got.Seedless != x.Seedless || !slices.Equal(got.Parts, x.Parts) || kept.Parent != "k" {
			t.Errorf("%q: %v %s %+v", c.prompt, ok, by, got)
		}
		if len(kept.Rows) > 1 && kept.Rows[1].Name != "entire prompt · 2" {
			t.Errorf("%q: the second row is %q", c.prompt, kept.Rows[1].Name)
		}
		if len(kept.Axes) > 0 {
			kept.Axes[0].Label = "other"
		} else {
			kept.Rows = kept.Rows[1:]
		}
		if _, _, ok := impact.Of(kept); ok {
			t.Errorf("%q: another plan counts as an impact", c.prompt)
		}
	}
}

// TestVersionIsKept: pictures are made with the version that the prediction was asked for.
func TestVersionIsKept(t *testing.T) {
	t.Parallel()
	e := entry(dev, "a boat, at dusk", "seed", 7.0)
	e.Version = "8dab33aa"
	if x, err := impact.New(e, impact.Phrase, 2); err != nil || x.Spec.Model != dev+":8dab33aa" || x.Seedless {
		t.Errorf("%v %+v", err, x.Spec)
	}
}
