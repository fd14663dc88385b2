package job

import (
	"math"
	"time"
)

// When to poll: as soon as the chance that the prediction has ended since the last poll is worth a request. README.md
// in package api says what this saves, measured against simpler rules.
const (
	requestCost = 0.11 // seconds of delay in seeing the end that one request is worth
	maxGap      = 4 * time.Second
	maxFirstGap = 1500 * time.Millisecond
	slowGap     = 30 * time.Second // between polls of a prediction that takes far too long
	slowAge     = 10 * time.Minute // it is slow from this age on …
	slowFactor  = 20               // … and from this many medians
)

// The distribution of durations is log-normal, with a wide tail for cold starts.
const (
	minSamples  = 3
	minSigma    = 0.25
	priorMedian = 4 * time.Second // of a model without samples
	priorSigma  = 1.2
	tailShare   = 0.05
	tailFactor  = 4 // the tail's median, in medians
	tailSigma   = 1.5
)

// Durations is how long a model's predictions take, as a distribution. The zero value is that of a model of which
// nothing is known.
type Durations struct {
	mu, sigma float64 // of ln seconds
	fitted    bool
}

// Fit estimates the distribution from a model's latest durations. Fewer than three give the zero value.
func Fit(samples []time.Duration) Durations {
	var logs []float64
	var sum, squares float64
	for _, d := range samples {
		if d > 0 {
			logs = append(logs, math.Log(d.Seconds()))
			sum += logs[len(logs)-1]
		}
	}
	if len(logs) < minSamples {
		return Durations{}
	}
	mu := sum / float64(len(logs))
	for _, l := range logs {
		squares += (l - mu) * (l - mu)
	}
	return Durations{mu: mu, sigma: max(math.Sqrt(squares/float64(len(logs)-1)), minSigma), fitted: true}
}

// Median is the median duration; 0 if nothing is known.
func (d Durations) Median() time.Duration {
	if !d.fitted {
		return 0
	}
	return time.Duration(math.Exp(d.mu) * float64(time.Second))
}

// logSurvival is the logarithm of the probability that a run takes longer than t seconds.
func (d Durations) logSurvival(t float64) float64 {
	if t <= 0 {
		return 0
	}
	if !d.fitted {
		d.mu, d.sigma = math.Log(priorMedian.Seconds()), priorSigma
	}
	z := math.Log(t) - d.mu
	return math.Log((1-tailShare)*normalTail(z/d.sigma) + tailShare*normalTail((z-math.Log(tailFactor))/tailSigma))
}

// normalTail is the probability that a standard normal variable exceeds z.
func normalTail(z float64) float64 { return math.Erfc(z/math.Sqrt2) / 2 }

// gap is the wait before the next poll of a run of that age, between shortest and longest. It is the w for which
// w · ∫hazard = 2 · requestCost over the wait; the integral of the hazard is the fall of logSurvival. Bisection finds it,
// because the left side grows with w.
func (d Durations) gap(age, shortest, longest time.Duration) time.Duration {
	t := max(age.Seconds(), 0)
	low, high := shortest.Seconds(), longest.Seconds()
	for high-low > 1e-6 {
		w := (low + high) / 2
		if w*(d.logSurvival(t)-d.logSurvival(t+w)) < 2*requestCost {
			low = w
		} else {
			high = w
		}
	}
	return max(time.Duration(low*float64(time.Second)), shortest)
}

// isSlow reports whether a run of that age takes far longer than usual.
func (d Durations) isSlow(age time.Duration) bool {
	return age > max(slowAge, slowFactor*d.Median())
}

// firstGap is the wait between the create and the first poll.
func (r Rules) firstGap() time.Duration {
	return r.Durations.gap(0, r.MinPollInterval, maxFirstGap)
}

// nextGap is the wait before the next poll of a run of that age.
func (r Rules) nextGap(age time.Duration) time.Duration {
	if r.Durations.isSlow(age) {
		return max(slowGap, r.MinPollInterval)
	}
	return r.Durations.gap(age, r.MinPollInterval, maxGap)
}
