package job

import (
	"math"
	"math/rand/v2"
	"testing"
	"time"
)

const roundTrip = 150 * time.Millisecond

// follow polls a run of that length as the machine would, and counts. A poll takes a round trip, and sees what was half-way.
func follow(r Rules, took time.Duration) (requests int, stale time.Duration) {
	now := r.firstGap()
	for {
		requests++
		if now+roundTrip/2 >= took {
			return requests, now + roundTrip - took
		}
		now += roundTrip
		now += r.nextGap(now)
	}
}

func followFixed(gap, took time.Duration) (requests int) {
	for now := gap; ; now += gap + roundTrip {
		requests++
		if now+roundTrip/2 >= took {
			return requests
		}
	}
}

func lognormal(dice *rand.Rand, median time.Duration, sigma float64) time.Duration {
	return time.Duration(float64(median) * math.Exp(sigma*dice.NormFloat64()))
}

// figures are what a pace costs over many simulated runs of about that length.
type figures struct {
	requests float64       // a run
	ratio    float64       // of the official client's
	stale    time.Duration // mean
	limit    time.Duration // the staleness that is allowed
}

// measure simulates runs with Replicate's row, against the official clients' poll each 500 ms.
func measure(median time.Duration, samples int) figures {
	const jobs = 1500
	dice := rand.New(rand.NewPCG(1, 2))
	var ours, theirs int
	var stale, sum time.Duration
	for range jobs {
		var learned []time.Duration
		for range samples {
			learned = append(learned, lognormal(dice, median, 0.2))
		}
		took := lognormal(dice, median, 0.2)
		n, late := follow(Rules{Gap: 250 * time.Millisecond, Pace: Learn(learned)}, took)
		ours, theirs = ours+n, theirs+followFixed(500*time.Millisecond, took)
		stale, sum = stale+late, sum+took
	}
	return figures{
		requests: float64(ours) / jobs, ratio: float64(ours) / float64(theirs), stale: stale / jobs,
		limit: max(600*time.Millisecond, sum/jobs/25),
	}
}

// TestPaceAgainstTheOfficialClient holds the targets of performance.md §4, with 20 jobs learned from. With -v it prints them,
// beside the figures with nothing learned yet.
func TestPaceAgainstTheOfficialClient(t *testing.T) {
	for _, c := range []struct {
		median time.Duration
		most   float64 // of the official client's requests
	}{{1200 * time.Millisecond, 0.9}, {8 * time.Second, 0.4}, {30 * time.Second, 0.4}} {
		for _, samples := range []int{20, 0} {
			f := measure(c.median, samples)
			t.Logf("%v, %2d learned: %.1f requests, %.2f of the official client's; %v stale", c.median, samples, f.requests, f.ratio, f.stale)
			if samples > 0 && (f.ratio > c.most || f.stale > f.limit) {
				t.Errorf("%v: %.2f of the requests (at most %.2f), %v stale (at most %v)", c.median, f.ratio, c.most, f.stale, f.limit)
			}
		}
	}
}

func TestPaceStaysWithinItsBounds(t *testing.T) {
	paces := []Pace{{}, Learn([]time.Duration{time.Second, time.Second, time.Second}), Learn([]time.Duration{time.Hour, time.Millisecond, time.Minute})}
	for _, p := range paces {
		for _, gap := range []time.Duration{250 * time.Millisecond, time.Second, 5 * time.Second} {
			r := Rules{Gap: gap, Pace: p}
			if first := r.firstGap(); first < gap || first > max(firstMost, gap) {
				t.Errorf("first look after %v", first)
			}
			for age := time.Duration(0); age < 3*time.Hour; age = age*2 + 100*time.Millisecond {
				if next := r.nextGap(age); next < gap || next > slowGap || !p.slow(age) && next > max(maxGap, gap) {
					t.Errorf("at %v the next look comes after %v", age, next)
				}
			}
		}
	}
}

func TestLearn(t *testing.T) {
	if Learn([]time.Duration{time.Second, time.Second}).Usual() != 0 {
		t.Error("two teach nothing")
	}
	usual := Learn([]time.Duration{2 * time.Second, 2 * time.Second, 2 * time.Second, -time.Second, 0}).Usual()
	if (usual - 2*time.Second).Abs() > time.Millisecond {
		t.Errorf("usually %v", usual)
	}
}
