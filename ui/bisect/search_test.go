package bisect

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"tintype/ui/internal/uitest"
)

// named gives each set of changes a name of its own.
func named(changes []int) string { return fmt.Sprint(changes) }

// search runs a search among n changes, and returns its end and how many pictures it took. isBad: all of them are known to be bad.
func search(t *testing.T, n int, isBad bool, verdict func(changes []int) Verdict) (Status, int) {
	t.Helper()
	s := newSearch(n, isBad, named)
	seen := map[string]bool{}
	for {
		status := s.Status()
		if status.Next == nil {
			return status, len(s.Steps())
		}
		name := ""
		for _, c := range status.Next {
			name += string(rune('!' + c))
		}
		if seen[name] || len(status.Next) == 0 || isBad && len(status.Next) == n || !slices.IsSorted(status.Next) {
			t.Fatalf("%v is asked for, of %d", status.Next, n)
		}
		seen[name] = true
		s.Judge(verdict(status.Next))
	}
}

// has reports whether a set has all of some changes.
func has(set, all []int) bool {
	return !slices.ContainsFunc(all, func(c int) bool { return !slices.Contains(set, c) })
}

// badWith says bad of each set that has all of some changes.
func badWith(cause ...int) func([]int) Verdict {
	return func(set []int) Verdict {
		if has(set, cause) {
			return Bad
		}
		return Good
	}
}

// TestOneCause: one change among up to 40 is found in no more pictures than were told first, and among 32 in at most 10.
func TestOneCause(t *testing.T) {
	t.Parallel()
	for n := 1; n <= 40; n++ {
		most := newSearch(n, true, named).Status().AtMost
		for cause := range n {
			end, pictures := search(t, n, true, badWith(cause))
			if !slices.Equal(end.Cause, []int{cause}) || !end.Sure || pictures > most {
				t.Errorf("%d of %d: %+v after %d pictures, at most %d", cause, n, end, pictures, most)
			}
		}
	}
	for n, want := range map[int]int{1: 0, 2: 2, 4: 3, 32: 6, 33: 7} {
		if got := newSearch(n, true, named).Status().AtMost; got != want {
			t.Errorf("at most %d pictures for %d changes, want %d", got, n, want)
		}
	}
}

// TestBoundShrinks: after each picture at most as many are left as were told before it, less one.
func TestBoundShrinks(t *testing.T) {
	t.Parallel()
	for cause := range 32 {
		s := newSearch(32, true, named)
		for left := s.Status().AtMost; s.Status().Next != nil; {
			s.Judge(badWith(cause)(s.Status().Next))
			if now := s.Status(); now.Next != nil && now.AtMost >= left {
				t.Fatalf("cause %d: at most %d are left, before it were %d", cause, now.AtMost, left)
			}
			left = s.Status().AtMost
		}
	}
}

// TestSeveralTogether: where several changes are bad only together, just these are found.
func TestSeveralTogether(t *testing.T) {
	t.Parallel()
	count := uitest.Times(2000, 100_000)
	r := rand.New(rand.NewPCG(8, 9))
	for range count {
		n := 1 + r.IntN(32)
		cause := r.Perm(n)[:1+r.IntN(min(n, 4))]
		slices.Sort(cause)
		isBad := r.IntN(2) == 0
		end, pictures := search(t, n, isBad, badWith(cause...))
		if !slices.Equal(end.Cause, cause) || !end.Sure || pictures > len(cause)*newSearch(n, isBad, named).Status().AtMost {
			t.Fatalf("%v of %d: %+v after %d pictures", cause, n, end, pictures)
		}
	}
}

// TestAnyAnswers: whatever is answered, the search ends, asks for nothing twice, and its cause was judged bad, if the answers do not change.
func TestAnyAnswers(t *testing.T) {
	t.Parallel()
	count := uitest.Times(2000, 100_000)
	r := rand.New(rand.NewPCG(10, 11))
	for range count {
		n := 1 + r.IntN(24)
		asked := map[int]Verdict{}
		mask := func(set []int) (bits int) {
			for _, c := range set {
				bits |= 1 << c
			}
			return bits
		}
		skips, isBad := r.IntN(4), r.IntN(2) == 0
		end, _ := search(t, n, isBad, func(set []int) Verdict {
			v := []Verdict{Good, Bad, Good, Bad}[r.IntN(4)]
			if skips > 0 && r.IntN(4) < skips {
				v = Skip
			}
			asked[mask(set)] = v
			return v
		})
		all := 1<<n - 1
		if isBad {
			asked[all] = Bad
		}
		got := mask(end.Cause)
		isSeed := got == 0 && asked[all] == Good
		if !isSeed && (got == 0 || asked[got] != Bad && (end.Sure || got != all)) {
			t.Fatalf("of %d: %+v, which was judged %q", n, end, asked[got])
		}
	}
}

// TestSkippedNearTheCause: a picture that cannot be told leaves two changes that cannot be told apart, and the search says so.
func TestSkippedNearTheCause(t *testing.T) {
	t.Parallel()
	end, pictures := search(t, 8, true, func(set []int) Verdict {
		if len(set) == 5 && has(set, []int{0, 1, 2, 3, 4}) {
			return Skip
		}
		return badWith(5)(set)
	})
	if !slices.Equal(end.Cause, []int{4, 5}) || end.Sure || pictures > 8 {
		t.Errorf("%+v after %d pictures", end, pictures)
	}
	end, _ = search(t, 8, true, func([]int) Verdict { return Skip })
	if len(end.Cause) != 8 || end.Sure {
		t.Errorf("nothing could be told, and the cause is %+v", end)
	}
}

// TestResumeAndUndo: a search that is told the same verdicts again is where it was, and undo goes one step back.
func TestResumeAndUndo(t *testing.T) {
	t.Parallel()
	s := newSearch(32, true, named)
	verdict := badWith(3, 17)
	var before []Status
	for s.Status().Next != nil {
		before = append(before, s.Status())
		s.Judge(verdict(s.Status().Next))
	}
	again := newSearch(32, true, named)
	for _, step := range s.Steps() {
		if !slices.Equal(again.Status().Next, step.Changes) {
			t.Fatalf("%v is asked for, not %v", again.Status().Next, step.Changes)
		}
		again.Judge(step.Verdict)
	}
	if !slices.Equal(again.Status().Cause, []int{3, 17}) {
		t.Errorf("%+v", again.Status())
	}
	for _, want := range slices.Backward(before) {
		if !again.Undo() || !slices.Equal(again.Status().Next, want.Next) || again.Status().AtMost != want.AtMost {
			t.Fatalf("after undo %+v, was %+v", again.Status(), want)
		}
	}
	if again.Undo() {
		t.Error("there was one more to undo")
	}
}
