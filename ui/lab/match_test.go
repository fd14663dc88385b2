package lab

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"tintype/api"
	"tintype/history"
	"tintype/ui/plan"
	"tintype/ui/runner"
)

// world is a history, and what plans are made with.
type world struct {
	*Lab
	t    *testing.T
	keys int
}

func newWorld(t *testing.T) *world {
	t.Helper()
	h, err := history.Open(history.Options{Dir: t.TempDir()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return &world{Lab: &Lab{Provider: "replicate", History: h}, t: t}
}

// add adds a prediction to the history, with n pictures on the disk.
func (w *world) add(state history.State, modelID string, input map[string]any, n int) string {
	w.t.Helper()
	w.keys++
	key := fmt.Sprintf("01m8jyft11p2m89nybj6%06d", w.keys)
	_, err := w.History.Append(key, func(e history.Entry) history.Entry {
		e.State, e.Model, e.Input = state, modelID, input
		for i := range n {
			path := fmt.Sprintf("pictures/%s-%d.webp", key, i)
			if err := os.MkdirAll(w.History.Path("pictures"), 0o700); err != nil {
				w.t.Fatal(err)
			}
			if err := os.WriteFile(w.History.Path(path), []byte("x"), 0o600); err != nil {
				w.t.Fatal(err)
			}
			e.Outputs = append(e.Outputs, history.Output{Path: path})
		}
		return e
	})
	if err != nil {
		w.t.Fatal(err)
	}
	return key
}

// plan makes the plan of a prompt and of axes that are typed.
func (w *world) plan(prompt, modelID string, axes ...string) *plan.Plan {
	w.t.Helper()
	spec := plan.Spec{Prompt: prompt, Model: modelID}
	for _, typed := range axes {
		a, err := plan.ParseAxis(typed)
		if err != nil {
			w.t.Fatal(err)
		}
		spec.Axes = append(spec.Axes, a)
	}
	p, err := w.Make(context.Background(), spec)
	if err != nil {
		w.t.Fatal(err)
	}
	return p
}

// TestHadAndComing: what is on the disk is had, what has not ended is coming, and anything else is to be bought.
func TestHadAndComing(t *testing.T) {
	w := newWorld(t)
	const dev = "black-forest-labs/flux-dev"
	with := func(guidance float64) map[string]any {
		return map[string]any{"prompt": "a fox", "seed": 7, "guidance": guidance, "output_format": "png"}
	}
	w.add(history.Done, dev, with(2), 1)
	w.add(history.Waiting, dev, with(3), 0)
	w.add(history.Unconfirmed, dev, with(4), 0)
	w.add(history.Failed, dev, with(5), 0)
	gone := w.add(history.Done, dev, with(6), 1)
	if err := os.Remove(w.History.Path("pictures/" + gone + "-0.webp")); err != nil {
		t.Fatal(err)
	}
	w.add(history.Done, "black-forest-labs/flux-schnell", with(7), 1)
	p := w.plan("a fox", "flux-dev", "guidance=2..7", "seed=7,8")
	var got []plan.State
	for _, c := range p.Cells {
		got = append(got, c.State)
	}
	want := "[had new coming new coming new new new new new new new]"
	if fmt.Sprint(got) != want {
		t.Errorf("got  %v\nwant %s", got, want)
	}
	if p.Matched.IsZero() {
		t.Error("the time is not kept")
	}
}

// TestSeedThatTheProviderDrew: a cell that asks for the seed with which a picture was made has that picture.
func TestSeedThatTheProviderDrew(t *testing.T) {
	w := newWorld(t)
	key := w.add(history.Done, "black-forest-labs/flux-dev", map[string]any{"prompt": "a fox"}, 1)
	drawn := int64(42)
	if _, err := w.History.Append(key, func(e history.Entry) history.Entry { e.Seed = &drawn; return e }); err != nil {
		t.Fatal(err)
	}
	p := w.plan("a fox", "flux-dev", "seed=41,42")
	if p.Cells[0].State != plan.New || p.Cells[1].State != plan.Had || p.Cells[1].NewestKey() != key {
		t.Errorf("%+v", p.Cells)
	}
}

// TestVersionsAreOtherPictures: a picture is had with the version that was asked for. What a provider named where none was asked for, and
// older programs wrote down, makes no difference.
func TestVersionsAreOtherPictures(t *testing.T) {
	w := newWorld(t)
	for seed, version := range []string{"", "1234", "dp-4d0bcc010b3049749a251855f12800be", "hidden"} {
		key := w.add(history.Done, "black-forest-labs/flux-dev", map[string]any{"prompt": "a fox", "seed": seed + 1}, 1)
		if _, err := w.History.Append(key, func(e history.Entry) history.Entry { e.Version = version; return e }); err != nil {
			t.Fatal(err)
		}
	}
	for id, want := range map[string]string{
		"flux-dev": "[had new had had]", "flux-dev:1234": "[new had new new]", "flux-dev:56": "[new new new new]",
	} {
		var got []plan.State
		for _, c := range w.plan("a fox", id, "seed=1..4").Cells {
			got = append(got, c.State)
		}
		if fmt.Sprint(got) != want {
			t.Errorf("%s: %v, want %s", id, got, want)
		}
	}
}

// TestPicturesWithoutASeed: a cell without a seed wants as many pictures as it asks for, and takes those that are there.
func TestPicturesWithoutASeed(t *testing.T) {
	for _, test := range []struct {
		there, wanted int
		want          plan.State
	}{{0, 1, plan.New}, {1, 1, plan.Had}, {1, 4, plan.New}, {4, 4, plan.Had}} {
		w := newWorld(t)
		input := map[string]any{"prompt": "a fox", "num_outputs": test.wanted}
		if test.there > 0 {
			w.add(history.Done, "black-forest-labs/flux-schnell", input, test.there)
		}
		spec := plan.Spec{Prompt: "a fox", Model: "flux-schnell", Base: map[string]any{"num_outputs": int64(test.wanted)}}
		p, err := w.Make(context.Background(), spec)
		if err != nil || p.Cells[0].State != test.want {
			t.Errorf("%+v: %v, %v", test, p.Cells[0].State, err)
		}
	}
}

// TestOneWordCostsItsCells: after a word was added, only its cells are to be bought.
func TestOneWordCostsItsCells(t *testing.T) {
	w := newWorld(t)
	p := w.plan("A {red|blue} fox, {ink|oil} study", "flux-dev", "guidance=2,3")
	for _, c := range p.Cells {
		w.add(history.Done, c.Model, c.Input, 1)
	}
	again := w.plan("A {red|blue} fox, {ink|oil} study", "flux-dev", "guidance=2,3").Totals()
	more := w.plan("A {red|blue|green} fox, {ink|oil} study", "flux-dev", "guidance=2,3").Totals()
	if again.New != 0 || again.Had != 8 || more.New != 4 || more.Had != 8 {
		t.Errorf("%+v, then %+v", again, more)
	}
}

// TestKeptPlan: a plan that was kept is the same plan when it is loaded, also by the beginning of its key.
func TestKeptPlan(t *testing.T) {
	w := newWorld(t)
	p := w.plan("A {red|blue} fox", "flux-dev", "guidance=2,3", "seed=2 drawn")
	if err := w.Save(p); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{p.Key, p.Key[:6], filepath.Join(w.History.Path("labs"), p.Key+".toml")} {
		spec, err := w.Load(name)
		if err != nil {
			t.Fatal(err)
		}
		if q, err := w.Make(context.Background(), spec); err != nil || q.Key != p.Key || len(q.Cells) != len(p.Cells) || q.Cells[3].Key != p.Cells[3].Key {
			t.Errorf("%s: %v, %v", name, q, err)
		}
	}
	if _, err := w.Load("zzzz"); err == nil || err.Error() != `no plan "zzzz" is kept here` {
		t.Errorf("%v", err)
	}
}

// TestUnusedVariable: an axis of a variable that the prompt does not have would buy the same picture for each value.
func TestUnusedVariable(t *testing.T) {
	w := newWorld(t)
	a, err := plan.ParseAxis("${q}=1,2")
	if err != nil {
		t.Fatal(err)
	}
	_, err = w.Make(context.Background(), plan.Spec{Prompt: "A {fox|dog}", Model: "flux-dev", Axes: []plan.Axis{a}})
	if err == nil || err.Error() != "the prompt has no ${q}, which an axis sets. Write it where its values go." {
		t.Errorf("%v", err)
	}
}

// TestVariables: an axis of a variable sets it, and comes before the groups of the prompt.
func TestVariables(t *testing.T) {
	w := newWorld(t)
	p := w.plan("A ${colour:grey} {fox|dog}", "flux-dev", "${colour}=red,blue|green")
	var prompts []string
	for _, c := range p.Cells {
		prompts = append(prompts, c.Input["prompt"].(string))
	}
	if got := fmt.Sprintf("%q", prompts); got != `["A red fox" "A red dog" "A blue|green fox" "A blue|green dog"]` {
		t.Errorf("%s", got)
	}
}

// TestBuyer: whatever happens to the jobs in whatever order, each new cell is submitted once, never more at once than allowed, and nothing
// after a stop.
func TestBuyer(t *testing.T) {
	w := newWorld(t)
	ends := []history.State{history.Done, history.Done, history.Failed, history.Stopped, history.Lost, history.Unconfirmed}
	for seed := range uint64(300) {
		rng := rand.New(rand.NewPCG(seed, 11))
		p := w.plan("A {red|blue|green} fox", "flux-dev", "guidance=2,3,4")
		p.Cells[rng.IntN(9)].State = plan.Had
		want := len(p.Order())
		jobs := 1 + rng.IntN(4)
		b := NewBuyer(p, Terms{Jobs: jobs})
		submitted, number, stopAt := map[int]bool{}, 0, rng.IntN(40)
		var running []string
		for step := 0; !b.IsDone(); step++ {
			for {
				cell, draft, ok := b.Next()
				if !ok {
					break
				}
				if submitted[cell] || draft.Batch != p.Key || !draft.Claim || p.Cells[cell].State == plan.Had {
					t.Fatalf("seed %d: cell %d is submitted as %+v", seed, cell, draft)
				}
				submitted[cell] = true
				number++
				key := fmt.Sprint("job", number)
				b.Started(cell, key)
				running = append(running, key)
			}
			if len(running) > jobs {
				t.Fatalf("seed %d: %d jobs run", seed, len(running))
			}
			if step == stopAt {
				b.Stop()
			}
			if len(running) == 0 {
				continue
			}
			i := rng.IntN(len(running))
			e := history.Entry{Key: running[i], State: history.Waiting}
			if rng.IntN(2) == 0 {
				e.State = ends[rng.IntN(len(ends))]
				running = append(running[:i], running[i+1:]...)
			}
			if !b.OnChange(runner.Change{Row: runner.Row{Entry: e}}) {
				t.Fatalf("seed %d: the change of %s is not of the plan", seed, e.Key)
			}
		}
		made, total, left := b.Counts()
		if total != want || len(submitted)+left != want || made > len(submitted) || len(b.Running()) != 0 {
			t.Fatalf("seed %d: %d of %d made, %d left, %d submitted", seed, made, total, left, len(submitted))
		}
	}
}

// TestBuyAgain: cells that are had are bought again if that is asked for, except those that came since the price was told.
func TestBuyAgain(t *testing.T) {
	p := newWorld(t).plan("A fox", "flux-dev", "guidance=2..5")
	p.Cells[0].State, p.Cells[2].State = plan.Had, plan.Had
	b := NewBuyer(p, Terms{Again: true, Except: []int{2}})
	var bought []int
	for cell, draft, ok := b.Next(); ok; cell, draft, ok = b.Next() {
		if draft.Claim {
			t.Errorf("cell %d is bought only if nobody has it", cell)
		}
		b.Started(cell, fmt.Sprint("job", cell))
		bought = append(bought, cell)
	}
	if slices.Sort(bought); !slices.Equal(bought, []int{0, 1, 3}) {
		t.Errorf("bought %v", bought)
	}
}

// TestBudgetStopsTheBuyer: after a refusal nothing more is submitted, and the sentence has the counts.
func TestBudgetStopsTheBuyer(t *testing.T) {
	w := newWorld(t)
	p := w.plan("A fox", "flux-dev", "guidance=2..6")
	b := NewBuyer(p, Terms{Jobs: 2})
	first, _, _ := b.Next()
	b.Started(first, "a")
	second, _, _ := b.Next()
	b.Started(second, "b")
	b.OnChange(runner.Change{Row: runner.Row{Entry: history.Entry{Key: "a", State: history.Done}}})
	b.OnChange(runner.Change{Row: runner.Row{Entry: history.Entry{Key: "b", State: history.Stopped}}, Notice: runner.Notice{Kind: runner.OverBudget, Detail: "Stopped at $1.98 of $2.00."}})
	if _, _, ok := b.Next(); ok || !b.IsDone() || !b.IsOverBudget() {
		t.Error("it goes on")
	}
	if got := b.Why(); got != "Stopped at $1.98 of $2.00: 1 of 5 made, 4 not sent." {
		t.Errorf("%s", got)
	}
	if c := p.Cells[second]; c.State != plan.New || c.Job != "" {
		t.Errorf("%+v", c)
	}
}

// TestBuyerStopsWhereNobodyIsReached: a provider that cannot be reached, or refuses the key or the credit, stops the plan, unless it is
// to go on; other failures do not. What ended without pictures is counted.
func TestBuyerStopsWhereNobodyIsReached(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		code      api.Code
		keepGoing bool
		stops     bool
	}{
		{api.CodeUnreachable, false, true},
		{api.CodeOffline, false, true},
		{api.CodeTLS, false, true},
		{api.CodeUnauthorized, false, true},
		{api.CodeCredit, false, true},
		{api.CodeInvalid, false, false},
		{api.CodeServer, false, false},
		{api.CodeUnreachable, true, false},
	} {
		p := newWorld(t).plan("A fox", "flux-dev", "guidance=2..6")
		b := NewBuyer(p, Terms{Jobs: 1, KeepGoing: c.keepGoing})
		first, _, _ := b.Next()
		b.Started(first, "a")
		failed := history.Entry{Key: "a", State: history.Failed, Error: &history.EntryError{Code: string(c.code), Sentence: "Nobody answers."}}
		b.OnChange(runner.Change{Row: runner.Row{Entry: failed}})
		if _, _, goesOn := b.Next(); goesOn == c.stops || b.IsStopped() != c.stops || b.Unmade(history.Failed) != 1 {
			t.Errorf("%s, keep going %v: goes on: %v, %d failed", c.code, c.keepGoing, goesOn, b.Unmade(history.Failed))
		}
	}
}
