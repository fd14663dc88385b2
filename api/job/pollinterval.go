package job

import (
	"math"
	"time"
)

// The hazard rule (performance.md §4): look when the chance that it has ended since the last look is worth a request.
// worth is the staleness, in seconds, that one request may cost.
const (
	requestCost = 0.11
	maxGap      = 4 * time.Second
	maxFirstGap = 1500 * time.Millisecond
	slowGap     = 30 * time.Second
	slowAge     = 10 * time.Minute
	slowFactor  = 20
	tailShare   = 0.05 // of a wide tail, for cold starts
	tailFactor  = 4    // the tail's median, in medians
	tailSigma   = 1.5
	minSigma    = 0.25
	priorSigma  = 1.2
	minSamples  = 3
)

const priorMedian = 4 * time.Second

// Durations is what is known about how long a model takes: a lognormal distribution with a wide tail. The zero Pace is that of a
// model of which nothing is known.
type Durations struct {
	mu, sigma float64 // of ln seconds
	learned   bool
}

// Fit fits a pace to how long a model's last predictions took; fewer than three teach nothing.
func Fit(took []time.Duration) Durations {
	var logs []float64
	for _, d := range took {
		if d > 0 {
			logs = append(logs, math.Log(d.Seconds()))
		}
	}
	if len(logs) < minSamples {
		return Durations{}
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
	return Durations{mu: mu, sigma: max(sigma, minSigma), learned: true}
}

// Median is the median of what was learned; 0 when nothing was.
func (p Durations) Median() time.Duration {
	if !p.learned {
		return 0
	}
	return p.modelMedian()
}

func (p Durations) modelMedian() time.Duration {
	mu, _ := p.params()
	return time.Duration(math.Exp(mu) * float64(time.Second))
}

func (p Durations) params() (mu, sigma float64) {
	if !p.learned {
		return math.Log(priorMedian.Seconds()), priorSigma
	}
	return p.mu, p.sigma
}

// logSurvival is the logarithm of the chance that a run takes longer than t seconds.
func (p Durations) logSurvival(t float64) float64 {
	if t <= 0 {
		return 0
	}
	mu, sigma := p.params()
	l := math.Log(t)
	return math.Log((1-tailShare)*normalTail((l-mu)/sigma) + tailShare*normalTail((l-mu-math.Log(tailFactor))/tailSigma))
}

// normalTail is the chance that a standard normal variable exceeds z.
func normalTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// gap is the wait before the next look at a run of that age: the w for which w · ∫hazard over it is 2·worth, at most most.
// The integral of the hazard is the fall of the log survival, so no density is needed.
func (p Durations) gap(age, least, most time.Duration) time.Duration {
	t := max(age.Seconds(), 0)
	start := p.logSurvival(t)
	low, high := least.Seconds(), most.Seconds()
	if low >= high {
		return least
	}
	for range 30 {
		w := (low + high) / 2
		if w*(start-p.logSurvival(t+w)) < 2*requestCost {
			low = w
		} else {
			high = w
		}
	}
	return time.Duration(low * float64(time.Second))
}

// isSlow reports whether a run of that age is far beyond the usual.
func (p Durations) isSlow(age time.Duration) bool {
	return age > max(slowAge, slowFactor*p.modelMedian())
}

// firstGap is the wait between the create and the first look.
func (r Rules) firstGap() time.Duration {
	return r.Durations.gap(0, r.MinPollInterval, max(maxFirstGap, r.MinPollInterval))
}

// nextGap is the wait before the next look at a run of that age.
func (r Rules) nextGap(age time.Duration) time.Duration {
	if r.Durations.isSlow(age) {
		return max(slowGap, r.MinPollInterval)
	}
	return r.Durations.gap(age, r.MinPollInterval, maxGap)
}
