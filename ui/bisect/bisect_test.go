package bisect_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

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

func TestPlantedWord(t *testing.T) {
	t.Parallel()
	for planted := range 32 {
		var good, bad []string
		for i := range 32 {
			good = append(good, fmt.Sprintf("the word good%d", i))
			bad = append(bad, fmt.Sprintf("the word bad%d", i))
		}
		b, err := newBisect(entry(strings.Join(good, " "), "seed", 7.0), entry(strings.Join(bad, " "), "seed", 9.0))
		if err != nil || len(b.Changes) != 32 || b.Status().AtMost > 10 {
			t.Fatalf("%v, %d changes, %+v", err, len(b.Changes), b.Status())
		}
		pictures := 0
		for b.Status().Next != nil {
			spec := b.Spec(b.Status().Next)
			if spec.Base[params.Seed] != int64(7) || !spec.AsWritten || len(spec.Axes) != 0 {
				t.Fatalf("%+v", spec)
			}
			verdict := bisect.Good
			if strings.Contains(spec.Prompt+" ", fmt.Sprintf("bad%d ", planted)) {
				verdict = bisect.Bad
			}
			b.Judge(verdict)
			pictures++
		}
		if cause := b.Cause(); len(cause) != 1 || cause[0].After != fmt.Sprintf("bad%d", planted) || pictures > 10 {
			t.Errorf("planted %d: %v after %d pictures", planted, cause, pictures)
		}
	}
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
	verdicts := map[picturekey.Key]bisect.Verdict{}
	judge := func() {
		v := bisect.Good
		if strings.Contains(b.Spec(b.Status().Next).Prompt, "rain") {
			v = bisect.Bad
		}
		verdicts[b.Key()] = v
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
	b, err := newBisect(entry("a boat", "width", 512.0), entry("a ship", "width", 768.0))
	if err != nil {
		t.Fatal(err)
	}
	if b.Status().Next != nil || len(b.Steps()) != 0 || b.Undo() || b.Status().Next != nil {
		t.Errorf("%v is asked for, though width has no effect without a custom shape", b.Changes)
	}
}

func TestNothingToSearch(t *testing.T) {
	t.Parallel()
	same, withFormat := entry("a boat", "seed", 7.0), entry("a boat", "seed", 8.0, "output_format", "png")
	if _, err := newBisect(same, withFormat); err == nil || !strings.Contains(err.Error(), "differ in nothing") {
		t.Errorf("%v", err)
	}
	b, err := newBisect(entry("a boat"), entry("a ship"))
	if err != nil || b.Status().Next != nil || b.Cause()[0].Text() != "boat → ship" || !strings.Contains(b.Told(), "One change") {
		t.Errorf("%v %v %s", err, b.Status(), b.Told())
	}
	if b.Warning() == "" {
		t.Error("no warning though no seed is known")
	}
	if b, _ = newBisect(entry("a boat", "seed", 7.0), entry("a ship")); b.Warning() != "" {
		t.Error(b.Warning())
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
