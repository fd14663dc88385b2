package bisect_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/bisect"
	"tintype/ui/params"
	"tintype/ui/plan"
)

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

// TestPlantedCauses: whichever changes are bad only together, the finished bisect names just these, buys no more than was told each time, and
// nothing that no plan named.
func TestPlantedCauses(t *testing.T) {
	t.Parallel()
	count := 60
	if os.Getenv("TINTYPE_LONG") != "" {
		count = 5000
	}
	r := rand.New(rand.NewPCG(12, 13))
	for range count {
		n := 2 + r.IntN(31)
		planted := r.Perm(n)[:1+r.IntN(min(3, n))]
		slices.Sort(planted)
		b, err := newBisect(planting(n, "good", 7), planting(n, "bad", 7+r.IntN(2)))
		if err != nil || len(b.Changes) != n {
			t.Fatal(err, n)
		}
		bought, told, asked := buyPlanted(t, b, planted)
		var named []int
		for _, c := range b.Cause() {
			i, _ := strconv.Atoi(strings.TrimPrefix(c.After, "bad"))
			named = append(named, i)
		}
		if !slices.Equal(named, planted) || !b.Status().Sure || bought > told || len(planted) == 1 && asked > 1 {
			t.Fatalf("planted %v of %d: %v, %d bought, %d told, asked %d times", planted, n, named, bought, told, asked)
		}
	}
}

// buyPlanted finishes a bisect whose bad pictures have all planted words. It returns how many pictures were bought, how many were told before, and how
// often a person was asked.
func buyPlanted(t *testing.T, b *bisect.Bisect, planted []int) (bought, told, asked int) {
	t.Helper()
	usd := 0.003
	agreed := bisect.Agreement{Dearest: &usd}
	for b.Status().Next != nil {
		p, err := b.Plan(building(plan.Options{Provider: "replicate"}))
		if err != nil || len(p.Cells) != 1 || p.Cells[0].Key != b.Key() {
			t.Fatalf("%v: %+v", err, p)
		}
		p.Cells[0].Estimate = &model.Estimate{USD: usd}
		if !agreed.Take(&p.Cells[0]) {
			told, asked = told+b.Status().AtMost, asked+1
			agreed.Agree(b.Status())
			continue
		}
		bought++
		prompt := p.Cells[0].Input[params.Prompt].(string) + " "
		v := bisect.Bad
		for _, i := range planted {
			if !strings.Contains(prompt, fmt.Sprintf("bad%d ", i)) {
				v = bisect.Good
			}
		}
		b.Judge(v)
	}
	return bought, told, asked
}

// planting returns a prediction of n words, each in a sentence of its own.
func planting(n int, word string, seed int) history.Entry {
	var words []string
	for i := range n {
		words = append(words, fmt.Sprintf("the word %s%d", word, i))
	}
	return entry(strings.Join(words, " "), "seed", float64(seed))
}

// TestSeedIsTheCause: two of different seeds may differ by nothing else. That is found, and costs one picture more than was told for the changes.
func TestSeedIsTheCause(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 9; n++ {
		b, err := newBisect(planting(n, "good", 7), planting(n, "bad", 9))
		if err != nil || !strings.Contains(b.Warning, "different seeds") {
			t.Fatal(err, b)
		}
		most, pictures := b.Status().AtMost, 0
		for ; b.Status().Next != nil; pictures++ {
			b.Judge(bisect.Good)
		}
		cause := b.Cause()
		if len(cause) != 1 || cause[0].Text() != "seed 7 → 9" || !b.Status().Sure || pictures > most || !strings.Contains(b.CauseSentence(), "the seed makes it bad") {
			t.Errorf("%d changes: %v after %d pictures, at most %d", n, cause, pictures, most)
		}
	}
	b, err := newBisect(entry("a boat", "seed", 7.0), entry("a ship"))
	if err != nil || b.Status().AtMost != 1 {
		t.Fatal(err, b.Status())
	}
	if said, more := b.Told("at most 1 picture, free"); said != "1 change: at most 1 picture, free." || more != "" {
		t.Error(said, more)
	}
	if b.Judge(bisect.Bad); len(b.Cause()) != 1 || b.Cause()[0].Text() != "boat → ship" || b.CauseSentence() != "This makes it bad." {
		t.Error(b.Cause())
	}
}
