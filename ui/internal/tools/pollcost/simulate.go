package main

import (
	"math"
	"math/rand/v2"
	"time"

	"tintype/api"
	"tintype/api/job"
)

const (
	roundTrip        = 150 * time.Millisecond
	officialInterval = 500 * time.Millisecond // replicate-python and replicate-javascript sleep this long between polls
	spread           = 0.2                    // sigma of the log-normal durations
)

// schedule follows one job of that duration. It returns how often it polls, and how long after the end it sees the end.
// random is for the durations that it has learned before.
type schedule func(random *rand.Rand, median, took time.Duration) (requests int, stale time.Duration)

// figures are means over many jobs.
type figures struct {
	requests    float64
	stale, took time.Duration
}

// target is what tintype aims at, with twenty jobs learned from: at most 0.4 of the official client's requests for jobs
// of 8 and 30 s (0.9 for 1.2 s), and a mean delay of at most 0.6 s or 4 % of the duration.
type target struct {
	share float64 // of the official client's requests
	stale time.Duration
}

func targetOf(median, took time.Duration) target {
	t := target{share: 0.4, stale: max(600*time.Millisecond, took/25)}
	if median < 2*time.Second {
		t.share = 0.9
	}
	return t
}

// measure follows many jobs of about that duration. The durations depend on the seed and the median only.
func measure(seed uint64, jobs int, median time.Duration, schedule schedule) figures {
	lengths := rand.New(rand.NewPCG(seed, uint64(median)))
	past := rand.New(rand.NewPCG(seed, uint64(median)+1))
	var requests int
	var stale, took time.Duration
	for range jobs {
		length := lognormal(lengths, median)
		n, late := schedule(past, median, length)
		requests, stale, took = requests+n, stale+late, took+length
	}
	n := time.Duration(jobs)
	return figures{requests: float64(requests) / float64(jobs), stale: stale / n, took: took / n}
}

func lognormal(random *rand.Rand, median time.Duration) time.Duration {
	return time.Duration(float64(median) * math.Exp(spread*random.NormFloat64()))
}

// fixed is the official clients' schedule: sleep, poll, and so on.
func fixed(_ *rand.Rand, _, took time.Duration) (requests int, stale time.Duration) {
	for now := officialInterval; ; now += roundTrip + officialInterval {
		requests++
		if seesEnd(now, took) {
			return requests, now + roundTrip - took
		}
	}
}

// seesEnd reports whether a poll sent at that moment finds the job ended. The server looks half a round trip later.
func seesEnd(now, took time.Duration) bool { return now+roundTrip/2 >= took }

// fitted is tintype's schedule after that many jobs of the model: the state machine itself, with Replicate's row and a
// simulated clock.
func fitted(samples int) schedule {
	row, _ := api.FindProvider(api.Replicate)
	return func(random *rand.Rand, median, took time.Duration) (requests int, stale time.Duration) {
		past := make([]time.Duration, samples)
		for i := range past {
			past[i] = lognormal(random, median)
		}
		rules := job.Rules{MinPollInterval: row.MinPollInterval, GiveUpAge: row.GiveUpAge, CanList: row.CanList, CanCancel: row.CanCancel, Durations: job.Fit(past)}
		return pollUntilEnd(job.New(rules), took)
	}
}

// pollUntilEnd buys a job that ends that long after its create was answered, and polls whenever the state machine asks
// for it.
func pollUntilEnd(j job.Job, took time.Duration) (requests int, stale time.Duration) {
	start := time.Unix(0, 0)
	j, step := j.Apply(job.Submitted{Moment: job.Moment{At: start}})
	j, _ = j.Apply(job.RequestSending{Answer: answer(step, start)})
	j, step = j.Apply(job.Created{Answer: answer(step, start), Prediction: api.Prediction{ID: "p", Status: api.Starting}})
	for step.Command == job.Poll {
		requests++
		asked := step.At.Sub(start)
		p := api.Prediction{ID: "p", Status: api.Processing}
		if seesEnd(asked, took) {
			p.Status, p.Output = api.Succeeded, []string{"https://example.com/1.webp"}
		}
		j, step = j.Apply(job.Polled{Answer: answer(step, step.At.Add(roundTrip)), Prediction: p})
		stale = asked + roundTrip - took
	}
	return requests, stale
}

func answer(s job.Step, at time.Time) job.Answer {
	return job.Answer{Moment: job.Moment{At: at}, Generation: s.Generation}
}
