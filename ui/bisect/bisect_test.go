package bisect_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/params"
	"tintype/ui/picturekey"
	"tintype/ui/plan"
)

func entry(prompt string, values ...any) history.Entry {
	e := history.Entry{Model: "black-forest-labs/flux-dev", Input: map[string]any{params.Prompt: prompt}}
	for i := 0; i < len(values); i += 2 {
		e.Input[values[i].(string)] = values[i+1]
	}
	return e
}

func newBisect(good, bad history.Entry) (*bisect.Bisect, error) {
	return bisect.New(good, bad, picturekey.Rule{})
}

// TestOneCell: each step is a plan of one picture, and of nothing else.
func TestOneCell(t *testing.T) {
	t.Parallel()
	good := entry("a red boat at dusk", "guidance", 2.5, "num_outputs", 4.0)
	good.Key = "01m8aaaaaaaaaaaaaaaaaaaaaa"
	b, err := newBisect(good, entry("a blue boat at dawn", "guidance", 4.0, "aspect_ratio", "16:9", "num_outputs", 2.0))
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(1, 1))
	for b.Status().Next != nil {
		p, err := plan.Build(b.Spec(b.Status().Next), plan.Options{Provider: "replicate"})
		if err != nil || len(p.Cells) != 1 || p.Cells[0].Pictures != 1 || p.Cells[0].State != plan.New || p.Cells[0].Parent != good.Key {
			t.Fatalf("%v: %+v", err, p)
		}
		if p.Cells[0].Key != b.Key() {
			t.Errorf("the plan's picture has another key than the search's")
		}
		b.Judge([]bisect.Verdict{bisect.Good, bisect.Bad}[r.IntN(2)])
	}
}

func TestResumeByPictureKeys(t *testing.T) {
	t.Parallel()
	good, bad := entry("a red boat at dusk, in fog, with gulls", "seed", int64(7)), entry("a blue ship at dawn, in rain, with terns", "seed", int64(7))
	b, _ := newBisect(good, bad)
	verdicts := map[picturekey.Key]string{}
	judge := func() {
		v := bisect.Good
		if strings.Contains(b.Spec(b.Status().Next).Prompt, "rain") {
			v = bisect.Bad
		}
		verdicts[b.Key()] = string(v)
		b.Judge(v)
	}
	judge()
	judge()
	again, _ := newBisect(good, bad)
	again.Resume(verdicts)
	if again.Key() != b.Key() || len(again.Steps()) != 2 {
		t.Errorf("resumed at %v, was at %v", again.Status(), b.Status())
	}
	for b.Status().Next != nil {
		judge()
	}
	again.Resume(verdicts)
	if cause := again.Cause(); len(cause) != 1 || cause[0].After != "rain" {
		t.Errorf("%v", cause)
	}
}

// TestWhatIsKnownIsNotAsked: a change that has no effect makes the same picture, which is judged by itself.
func TestWhatIsKnownIsNotAsked(t *testing.T) {
	t.Parallel()
	b, err := newBisect(entry("a boat", "width", 512.0, "seed", 7.0), entry("a ship", "width", 768.0, "seed", 7.0))
	if err != nil {
		t.Fatal(err)
	}
	if b.Status().Next != nil || len(b.Steps()) != 0 || b.Undo() || b.Status().Next != nil {
		t.Errorf("%v is asked for, though width has no effect without a custom shape", b.Changes)
	}
	if told, _ := b.Told(""); told != "Of 2 changes, only this makes another picture. Nothing needs to be made." {
		t.Errorf("%q", told)
	}
	if b, err = newBisect(entry("a boat", "width", 512.0), entry("a boat", "width", 768.0)); err == nil {
		t.Errorf("%v makes no other picture", b.Changes)
	}
}

// TestOnePictureIsJudgedOnce: where sets of changes make one picture, because some have no effect, one verdict counts for all of them, and undo
// takes it from all of them.
func TestOnePictureIsJudgedOnce(t *testing.T) {
	t.Parallel()
	good := entry("a boat", "width", 512.0, "height", 512.0, "seed", 7.0)
	bad := entry("a ship", "width", 768.0, "height", 768.0, "guidance", 4.0, "seed", 7.0)
	b, err := newBisect(good, bad)
	if err != nil {
		t.Fatal(err)
	}
	asked := map[picturekey.Key]bool{}
	for b.Status().Next != nil {
		if asked[b.Key()] {
			t.Fatalf("%v is asked for again", b.Status().Next)
		}
		asked[b.Key()] = true
		v := bisect.Good
		if spec := b.Spec(b.Status().Next); spec.Base["guidance"] != nil && strings.Contains(spec.Prompt, "ship") {
			v = bisect.Bad
		}
		b.Judge(v)
	}
	if cause := b.Cause(); len(cause) != 2 || cause[0].Text() != "boat → ship" || cause[1].Name != "guidance" {
		t.Errorf("%v", cause)
	}
	for n := len(b.Steps()); n > 0; n-- {
		if len(b.Steps()) != n || !b.Undo() {
			t.Fatalf("%d steps, want %d", len(b.Steps()), n)
		}
	}
}

// building returns what makes plans with some options.
func building(o plan.Options) func(plan.Spec) (*plan.Plan, error) {
	return func(spec plan.Spec) (*plan.Plan, error) { return plan.Build(spec, o) }
}

// TestImageUnderTheSameName: a file that was another image then is a change, though its path is the same.
func TestImageUnderTheSameName(t *testing.T) {
	t.Parallel()
	good, bad := entry("a red boat", "image", "/tmp/a.png", "seed", 7.0), entry("a blue boat", "image", "/tmp/a.png", "seed", 7.0)
	good.Images, bad.Images = map[string]string{"/tmp/a.png": "12"}, map[string]string{"/tmp/a.png": "13"}
	b, err := newBisect(good, bad)
	if err != nil || len(b.Changes) != 2 || b.Status().Next == nil {
		t.Fatal(err, b)
	}
	for sum, isSame := range map[string]bool{"12": true, "13": false} {
		p, err := b.Plan(building(plan.Options{Images: map[string]string{"/tmp/a.png": sum}}))
		if isSame && (err != nil || p == nil) || !isSame && (err == nil || !strings.HasPrefix(err.Error(), "An input image is another one now")) {
			t.Errorf("with the image %s: %v %v", sum, err, p)
		}
	}
}

func TestPairsThatCannotBe(t *testing.T) {
	t.Parallel()
	in := func(state history.State, key string) history.Entry {
		e := entry("a boat "+key, "seed", 7.0)
		e.State, e.Key = state, key
		return e
	}
	for _, c := range []struct {
		good, bad history.Entry
		want      string
	}{
		{in(history.Done, "a"), in(history.Done, "a"), "the same prediction"},
		{in(history.Failed, "a"), in(history.Done, "b"), "The good one failed"},
		{in(history.Stopped, "a"), in(history.Done, "b"), "The good one was cancelled"},
		{in(history.Done, "a"), in(history.Stopped, "b"), "The bad one was cancelled"},
		{in(history.Done, "a"), in(history.Waiting, "b"), "The bad one is not made yet"},
		{in(history.Unconfirmed, "a"), in(history.Done, "b"), "The good one is not made yet"},
		{in(history.Done, "a"), in(history.Failed, "b"), ""},
		{in(history.Done, "a"), in(history.Done, "b"), ""},
	} {
		_, err := newBisect(c.good, c.bad)
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
			t.Errorf("%s and %s: %v, want %q", c.good.State, c.bad.State, err, c.want)
		}
	}
}

func TestNothingToSearch(t *testing.T) {
	t.Parallel()
	same, withFormat := entry("a boat", "seed", 7.0), entry("a boat", "seed", 8.0, "output_format", "png")
	if _, err := newBisect(same, withFormat); err == nil || !strings.Contains(err.Error(), "differ in nothing") {
		t.Errorf("%v", err)
	}
	b, err := newBisect(entry("a boat"), entry("a ship"))
	if err != nil || b.Status().Next != nil || b.Cause()[0].Text() != "boat → ship" {
		t.Fatalf("%v %v", err, b.Status())
	}
	if said, _ := b.Told(""); said != "One change only. Nothing needs to be made." {
		t.Error(said)
	}
}

// TestWarning: why the pictures may differ by more than the changes.
func TestWarning(t *testing.T) {
	t.Parallel()
	seedless := func(prompt string) history.Entry {
		e := entry(prompt)
		for _, m := range model.All() {
			_, text := m.Parameter(params.Prompt)
			if _, seed := m.Parameter(params.Seed); text && !seed {
				e.Model = m.ID
			}
		}
		return e
	}
	for _, c := range []struct {
		good, bad history.Entry
		want      string
	}{
		{entry("a boat"), entry("a ship"), "The seed of the good one is not known"},
		{entry("a boat", "seed", 7.0), entry("a ship"), "different seeds"},
		{entry("a boat", "seed", 7.0), entry("a ship", "seed", 8.0), "different seeds"},
		{entry("a boat", "seed", 7.0), entry("a ship", "seed", 7.0), ""},
		{seedless("a boat"), entry("a ship", "seed", 7.0), "takes no seed"},
		{entry("a boat", "seed", 7.0), seedless("a ship"), "takes no seed"},
	} {
		b, err := newBisect(c.good, c.bad)
		if err != nil || c.want == "" && b.Warning != "" || !strings.Contains(b.Warning, c.want) {
			t.Errorf("%v: %q, want %q", err, b.Warning, c.want)
			continue
		}
		if b.Status().Next == nil {
			continue
		}
		p, err := b.Plan(building(plan.Options{Provider: "replicate"}))
		if err != nil || p.Cells[0].State != plan.New {
			t.Errorf("%s: %v %+v", c.want, err, p)
		}
	}
}

// TestVersionIsKept: pictures are made with the version that the good one was asked for.
func TestVersionIsKept(t *testing.T) {
	t.Parallel()
	good, bad := entry("a red boat", "seed", 7.0), entry("a blue ship", "seed", 7.0)
	good.Version, bad.Version = "8dab33aa", "8dab33aa"
	b, err := newBisect(good, bad)
	if err != nil || len(b.Changes) == 0 {
		t.Fatal(err, b)
	}
	if spec := b.Spec(nil); spec.Model != "black-forest-labs/flux-dev:8dab33aa" || spec.Base[params.Seed] != int64(7) {
		t.Errorf("%+v", spec)
	}
}
