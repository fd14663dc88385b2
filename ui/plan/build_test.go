package plan

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tintype/ui/picturekey"
)

// spec returns a spec with axes that are typed.
func spec(t testing.TB, modelID string, axes ...string) Spec {
	t.Helper()
	s := Spec{Prompt: "a fox", Model: modelID}
	for _, typed := range axes {
		a, err := ParseAxis(typed)
		if err != nil {
			t.Fatal(err)
		}
		s.Axes = append(s.Axes, a)
	}
	return s
}

// build makes the plan of a spec, which must be possible.
func build(t testing.TB, s Spec) *Plan {
	t.Helper()
	p, err := Build(s, Options{Provider: "replicate"})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// states writes the states of cells, in the order of the table, by their first letters; = is the same.
func states(p *Plan) string {
	letters := map[State]string{New: "n", Had: "h", Coming: "c", Same: "=", LeftOut: "-", Invalid: "!"}
	var s strings.Builder
	for _, c := range p.Cells {
		s.WriteString(letters[c.State])
	}
	return s.String()
}

func TestBuild(t *testing.T) {
	for _, test := range []struct {
		why    string
		model  string
		axes   []string
		skip   string
		states string
		notes  []string
	}{
		{"one cell", "flux-dev", nil, "", "n", nil},
		{"a table", "flux-dev", []string{"guidance=2..3:0.5", "aspect_ratio=1:1,16:9"}, "", "nnnnnn", nil},
		{"what one model lacks", "flux-dev", []string{"model=flux-schnell,flux-dev", "guidance=2,3,4"}, "", "n==nnn", []string{"flux-schnell has no guidance: it is left out there."}},
		{
			"values out of range", "flux-dev",
			[]string{"guidance=2,12", "aspect_ratio=1:1,16:9,3:2"},
			"", "nnn!!!",
			[]string{"guidance: 12 is over 10, the most that flux-dev takes; 3 cells are left out."},
		},
		{"skips", "flux-dev", []string{"guidance=2,3", "aspect_ratio=1:1,16:9"}, "guidance>2 aspect_ratio=16:9", "nnn-", nil},
		{"an empty column", "flux-dev", []string{"guidance=2,SKIP: 3,4"}, "", "n-n", nil},
		{"tied settings", "flux-dev", []string{"model+guidance=flux-dev/2.5, flux-schnell/-"}, "", "nn", nil},
		{"tied settings, the model last", "flux-dev", []string{"guidance+model=2.5/black-forest-labs/flux-krea-dev, 3/flux-dev"}, "", "nn", nil},
		{"a skip of what one model lacks", "flux-dev", []string{"model=flux-schnell,flux-dev", "aspect_ratio=1:1,16:9"}, "guidance<5", "nn--", nil},
		{
			"what has no effect", "flux-dev",
			[]string{"prompt_strength=0.5,0.9"},
			"", "n=",
			[]string{"prompt_strength has no effect without image: set that too, or leave out prompt_strength."},
		},
		{"equal values", "flux-dev", []string{"guidance=2,2.0"}, "", "n=", nil},
		{"replacements", "flux-dev", []string{"replace=fox,dog,cat"}, "", "nnn", nil},
		{"seeds", "flux-dev", []string{"seed=7,8,9"}, "", "nnn", nil},
	} {
		s := spec(t, test.model, test.axes...)
		if test.skip != "" {
			skip, err := ParseSkip(test.skip)
			if err != nil {
				t.Fatal(err)
			}
			s.Skips = []Skip{skip}
		}
		p := build(t, s)
		if got := states(p); got != test.states || !slices.Equal(p.Notes, test.notes) {
			t.Errorf("%s: %s %q, want %s %q", test.why, got, p.Notes, test.states, test.notes)
		}
	}
}

func TestBuildErrors(t *testing.T) {
	many := make([]string, 12)
	for i, name := range []string{"guidance", "num_inference_steps", "output_quality", "prompt_strength", "seed"} {
		many[i] = name + "=1..10"
	}
	big := spec(t, "flux-dev", many[:5]...)
	for _, test := range []struct {
		spec Spec
		want string
	}{
		{spec(t, "flux-dev", "replace=wolf,dog"), `replace: "wolf" is not in the prompt. The first value is the text that is looked for.`},
		{spec(t, "flux-dev", "model=flux-dev,flux-devv"), "model: no model is called \"flux-devv\"; see `tintype models`, or name any other as owner/name. Did you mean flux-dev?"},
		{spec(t, "flux-dev", "cfg=2,3"), `no model here takes "cfg". Did you mean guidance?`},
		{spec(t, "flux-schnell", "guidence=2,3"), `no model here takes "guidence". Did you mean guidance?`},
		{spec(t, "flux-schnell", "model=flux-schnell,flux-dev", "zzz=2,3"), `no model here takes "zzz".`},
		{spec(t, "", "acme_weight=2,3"), `no model here takes "acme_weight".`},
		{spec(t, "flux-schnell", "guidance=2,3"), `no model here takes "guidance"; flux-dev, flux-krea-dev, flux-pro and 13 others do.`},
		{spec(t, "flux-dev", "seed=1,2", "seed=3"), "seed is an axis twice. Give all its values in one."},
		{spec(t, "flux-dev", "model+guidance=flux-dev/2", "guidance=3"), "guidance is an axis twice. Give all its values in one."},
		{spec(t, "flux-3-image", "seed=1,2"), `no model here takes "seed"; flux-schnell, flux-dev, flux-krea-dev and 27 others do.`},
		{Spec{Prompt: "a", Model: "flux-dev", Skips: []Skip{{{"guidence", ">", "2"}}}}, `skip: nothing here is called "guidence". Did you mean guidance?`},
		{big, "This makes 100,000 cells, and a plan has at most 10,000. Take each value once, each pair once, or a number of them at random."},
		{Spec{Prompt: "a", Model: "flux-dev", How: "some"}, `"some" is no way of choosing cells. Take all, each-value, each-pair, or a number of them at random.`},
		{Spec{Prompt: "a", Model: "flux-dev", How: "10001"}, "A plan has at most 10,000 cells; 10,001 are too many."},
	} {
		if _, err := Build(test.spec, Options{}); err == nil || err.Error() != test.want {
			t.Errorf("got %v\nwant %s", err, test.want)
		}
	}
}

// TestSeedsOfATable: a table shares one seed, which depends on the lab seed alone.
func TestSeedsOfATable(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "guidance=2,3"))
	q := build(t, spec(t, "flux-dev", "aspect_ratio=1:1,16:9"))
	if p.Seed == nil || p.Cells[0].Input["seed"] != *p.Seed || p.Cells[1].Input["seed"] != *p.Seed || *q.Seed != *p.Seed {
		t.Errorf("the seeds are %v and %v", p.Cells, q.Seed)
	}
	s := spec(t, "flux-dev", "guidance=2,3")
	s.LabSeed = 2
	if other := build(t, s); *other.Seed == *p.Seed || other.Key == p.Key {
		t.Error("another lab seed draws the same seed")
	}
	if one := build(t, spec(t, "flux-dev")); one.Seed != nil || one.Cells[0].Input["seed"] != nil {
		t.Error("a single cell gets a seed")
	}
	each := build(t, spec(t, "flux-dev", "seed=each", "guidance=2,3"))
	if each.Cells[0].Input["seed"] == each.Cells[1].Input["seed"] {
		t.Error("two cells share a seed")
	}
	drawn := build(t, spec(t, "flux-dev", "seed=3 drawn", "guidance=2,3"))
	if drawn.Cells[0].Input["seed"] != drawn.Cells[1].Input["seed"] || drawn.Cells[0].Input["seed"] == drawn.Cells[2].Input["seed"] {
		t.Errorf("%v", drawn.Cells)
	}
	if drawn.Axes[0].Values[0].Text != fmt.Sprint(drawn.Cells[0].Input["seed"]) {
		t.Errorf("the axis shows %q", drawn.Axes[0].Values[0].Text)
	}
	third := drawn.Cells[4].Input["seed"]
	beside := Axis{Of: []string{OfSeed}, Values: []Value{{Text: "own", Set: map[string]any{OfSeed: third}}, {Text: "drawn 2"}, {Text: "drawn 3"}}}
	p = build(t, Spec{Prompt: "A fox", Model: "flux-dev", Axes: []Axis{beside}})
	if slices.ContainsFunc(p.Cells, func(c Cell) bool { return c.State == Same }) || p.Cells[0].Input["seed"] != third {
		t.Errorf("a seed is drawn that the axis has: %+v", p.Cells)
	}
}

// TestOrder: the corners come first, then the middle, and all of the first seed before the second.
func TestOrder(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "guidance=2..4/5", "num_inference_steps=10..50/5", "seed=2 drawn"))
	order := p.Order()
	if len(order) != 50 {
		t.Fatalf("%d cells", len(order))
	}
	var first [][]int
	for _, i := range order[:5] {
		first = append(first, p.Cells[i].At[:2])
	}
	if want := [][]int{{0, 0}, {4, 0}, {0, 4}, {4, 4}, {2, 2}}; !sameSet(first, want) || !slices.Equal(first[4], []int{2, 2}) {
		t.Errorf("%v, want %v", first, want)
	}
	for i, cell := range order {
		if seed := p.Cells[cell].At[2]; seed != i/25 {
			t.Errorf("number %d has seed %d", i, seed)
		}
	}
}

func sameSet(a, b [][]int) bool {
	return reflect.DeepEqual(sorted(slices.Clone(a)), sorted(slices.Clone(b)))
}

func TestCoarseToFine(t *testing.T) {
	for n := range 40 {
		ranks := slices.Clone(coarseToFine(n))
		slices.Sort(ranks)
		for i, r := range ranks {
			if i != r {
				t.Fatalf("%d values have the ranks %v", n, coarseToFine(n))
			}
		}
	}
}

// TestWays: each value once, and a number at random, of tables of every size.
func TestWays(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		var axes []string
		for i, name := range []string{"guidance", "num_inference_steps", "prompt_strength", "seed"}[:1+rng.IntN(4)] {
			axes = append(axes, fmt.Sprintf("%s=%d..%d", name, 1, 1+rng.IntN(4+i)))
		}
		s := spec(t, "flux-dev", axes...)
		s.How = EachValue
		p := build(t, s)
		for i, a := range p.Axes {
			seen := map[int]bool{}
			for _, c := range p.Cells {
				seen[c.At[i]] = true
			}
			if len(seen) != len(a.Values) {
				t.Fatalf("%v: %d values of %s occur", axes, len(seen), a.Name())
			}
		}
		s.How = "7"
		total := int(product(p.Axes).Int64())
		if p = build(t, s); len(p.Cells) != min(7, total) {
			t.Fatalf("%v: %d cells", axes, len(p.Cells))
		}
		if again := build(t, s); !reflect.DeepEqual(p.Cells, again.Cells) {
			t.Fatalf("%v: other cells are drawn", axes)
		}
	}
	huge := spec(t, "flux-dev")
	for i := range 12 {
		huge.Axes = append(huge.Axes, Axis{Of: []string{"replace"}, Label: fmt.Sprint(i), Values: slices.Repeat([]Value{{Text: "fox"}}, 10)})
	}
	huge.How = "50"
	if p := build(t, huge); len(p.Cells) != 50 {
		t.Errorf("of 10^12, %d cells are drawn", len(p.Cells))
	}
}

// TestLeaveOut: a cell that is the same as one that is left out takes its place, whatever is left out in whatever order.
func TestLeaveOut(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "model=flux-schnell,flux-dev", "guidance=2,3,4"))
	p.Cells[0].State, p.Cells[0].Entries = Had, []string{"k"}
	p.LeaveOut([]int{0}, true)
	if got := states(p); got != "-h=nnn" || len(p.Cells[1].Entries) != 1 {
		t.Errorf("%s", got)
	}
	p.LeaveOut([]int{0}, false)
	if got := states(p); got != "h==nnn" {
		t.Errorf("%s", got)
	}
	rng := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		p.LeaveOut([]int{rng.IntN(6)}, rng.IntN(2) == 0)
		first := map[picturekey.Key]bool{}
		for i, c := range p.Cells {
			if c.State != LeftOut && c.State != Same {
				if first[c.Key] {
					t.Fatalf("%s: cell %d would be bought twice", states(p), i)
				}
				first[c.Key] = true
			}
		}
		for i, c := range p.Cells {
			if c.State == Same && !first[c.Key] {
				t.Fatalf("%s: cell %d is the same as none", states(p), i)
			}
			if c.Key == p.Cells[0].Key && c.State == New {
				t.Fatalf("%s: cell %d is bought, and its picture is had", states(p), i)
			}
		}
	}
}

// TestLeftOutIsKept: the file of a plan has the cells that a person left out, and making it again leaves them out.
func TestLeftOutIsKept(t *testing.T) {
	p := build(t, spec(t, "flux-dev", "guidance=2,3", "aspect_ratio=1:1,16:9", "seed=2 drawn"))
	p.LeaveOut([]int{1, 2, 5}, true)
	p.LeaveOut([]int{2}, false)
	data, err := Encode(p.Spec)
	if err != nil {
		t.Fatal(err)
	}
	s, err := Decode(data, "a.toml")
	if err != nil {
		t.Fatal(err)
	}
	if q := build(t, s); states(q) != "n-nnn-nn" || q.Key != p.Key {
		t.Errorf("%s, %s\n%s", states(q), q.Key, data)
	}
}

// TestSkipOfALabel: a skip may name a group of the prompt, with or without the signs of a variable.
func TestSkipOfALabel(t *testing.T) {
	axis := Axis{Of: []string{OfPrompt}, Label: "colour", Values: []Value{{Text: "dark red"}, {Text: "blue"}}}
	for _, typed := range []string{"colour=dark red", "${colour}=dark red"} {
		skip, err := ParseSkip(typed)
		if err != nil {
			t.Fatal(err)
		}
		s := Spec{Model: "flux-dev", Skips: []Skip{skip}}
		p, err := Build(s, Options{PromptAxes: []Axis{axis}, Prompt: func(at []int) string { return axis.Values[at[0]].Text }})
		if err != nil || states(p) != "-n" {
			t.Errorf("%s: %v", typed, err)
		}
	}
}

// TestSharedValueOutOfRange: a setting of all cells that one of the models does not take says which one, and is never changed.
func TestSharedValueOutOfRange(t *testing.T) {
	s := spec(t, "flux-dev", "model=flux-dev,flux-schnell")
	s.Base = map[string]any{"num_inference_steps": int64(30)}
	p := build(t, s)
	if got, want := p.Cells[1].Why, "num_inference_steps: 30 is over 4, the most that flux-schnell takes"; states(p) != "n!" || got != want {
		t.Errorf("%s: %s", states(p), got)
	}
}

// TestKeyOfAPlan: leaving cells out makes no other plan.
func TestKeyOfAPlan(t *testing.T) {
	s := spec(t, "flux-dev", "guidance=2,3")
	a := build(t, s)
	s.How, s.Skips = EachPair, []Skip{{{"guidance", "=", "2"}}}
	if b := build(t, s); b.Key != a.Key || len(a.Key) != 16 {
		t.Errorf("%s and %s", a.Key, b.Key)
	}
	s.Prompt = "a dog"
	if b := build(t, s); b.Key == a.Key {
		t.Error("another prompt is the same plan")
	}
}

func BenchmarkBuild5000(b *testing.B) {
	s := spec(b, "flux-dev", "guidance=0..10/50", "seed=1..100")
	for b.Loop() {
		if p := build(b, s); len(p.Cells) != 5000 {
			b.Fatal(len(p.Cells))
		}
	}
}

func TestUnusedSkips(t *testing.T) {
	s := spec(t, "flux-dev", "guidance=2,3")
	s.Skips = []Skip{{{"guidance", ">", "2"}}, {{"model", "=", "flux-dev"}, {"guidance", "=", "4"}}}
	p, err := Build(s, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"skip model=flux-dev guidance=4 leaves out nothing."}; !slices.Equal(p.Notes, want) {
		t.Errorf("got notes %q, want %q", p.Notes, want)
	}
}
