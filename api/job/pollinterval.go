package job

import (
	"math"
	"time"
)

// The hazard rule (performance.md §4): look when the chance that it has ended since the last look is worth a request.
// worth is the staleness, in seconds, that one request may cost.
const (
	worth      = 0.11
	maxGap     = 4 * time.Second
	firstMost  = 1500 * time.Millisecond
	slowGap    = 30 * time.Second
	slowAge    = 10 * time.Minute
	slowTimes  = 20
	tailShare  = 0.05 // of a wide tail, for cold starts
	tailFactor = 4    // the tail's median, in medians
	tailSigma  = 1.5
	minSigma   = 0.25
	priorSigma = 1.2
	minSamples = 3
)

const priorMedian = 4 * time.Second

// Pace is what is known about how long a model takes: a lognormal distribution with a wide tail. The zero Pace is that of a
// model of which nothing is known.
type Pace struct {
	mu, sigma float64 // of ln seconds
	learned   bool
}

// Learn fits a pace to how long a model's last predictions took; fewer than three teach nothing.
func Learn(took []time.Duration) Pace {
	var logs []float64
	for _, d := range took {
		if d > 0 {
			logs = append(logs, math.Log(d.Seconds()))
		}
	}
	if len(logs) < minSamples {
		return Pace{}
	}
	var sum, squares float64
	for _, l := range logs {
		sum += l
	}
	mu := sum / float64(len(logs))
	for _, l := range logs {
		squares += (l - mu) * (l - mu)
	}
	sigma := math.Sqrt(squares / float64(len(logs)-1))
	return Pace{mu: mu, sigma: max(sigma, minSigma), learned: true}
}

// Usual is the median of what was learned; 0 when nothing was.
func (p Pace) Usual() time.Duration {
	if !p.learned {
		return 0
	}
	return p.median()
}

func (p Pace) median() time.Duration {
	mu, _ := p.shape()
	return time.Duration(math.Exp(mu) * float64(time.Second))
}

func (p Pace) shape() (mu, sigma float64) {
	if !p.learned {
		return math.Log(priorMedian.Seconds()), priorSigma
	}
	return p.mu, p.sigma
}

// logSurvival is the logarithm of the chance that a run takes longer than t seconds.
func (p Pace) logSurvival(t float64) float64 {
	if t <= 0 {
		return 0
	}
	mu, sigma := p.shape()
	l := math.Log(t)
	return math.Log((1-tailShare)*beyond((l-mu)/sigma) + tailShare*beyond((l-mu-math.Log(tailFactor))/tailSigma))
}

// beyond is the chance that a standard normal variable exceeds z.
func beyond(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// gap is the wait before the next look at a run of that age: the w for which w · ∫hazard over it is 2·worth, at most most.
// The integral of the hazard is the fall of the log survival, so no density is needed.
func (p Pace) gap(age, least, most time.Duration) time.Duration {
	t := max(age.Seconds(), 0)
	start := p.logSurvival(t)
	low, high := least.Seconds(), most.Seconds()
	if low >= high {
		return least
	}
	for range 30 {
		w := (low + high) / 2
		if w*(start-p.logSurvival(t+w)) < 2*worth {
			low = w
		} else {
			high = w
		}
	}
	return time.Duration(low * float64(time.Second))
}

// slow reports whether a run of that age is far beyond the usual.
func (p Pace) slow(age time.Duration) bool {
	return age > max(slowAge, slowTimes*p.median())
}

// firstGap is the wait between the create and the first look.
func (r Rules) firstGap() time.Duration {
	return r.Pace.gap(0, r.MinPollInterval, max(firstMost, r.MinPollInterval))
}

// nextGap is the wait before the next look at a run of that age.
func (r Rules) nextGap(age time.Duration) time.Duration {
	if r.Pace.slow(age) {
		return max(slowGap, r.MinPollInterval)
	}
	return r.Pace.gap(age, r.MinPollInterval, maxGap)
}
