package demo

import (
	"hash/fnv"
	"strings"
	"time"

	"tintype/api/model"
)

// plan is the course of a prediction, decided when it is created.
type plan struct {
	Starting  time.Duration `json:"starting"` // time before it runs
	Running   time.Duration `json:"running"`
	Expiry    time.Duration `json:"expiry"` // how long outputs can be downloaded after the end
	Seed      int64         `json:"seed"`
	Outputs   []int         `json:"outputs"` // numbers of the pictures, without those filtered out
	Requested int           `json:"asked"`   // pictures requested
	Steps     int           `json:"steps"`   // in the logs
	Error     string        `json:"error,omitempty"`
	Stuck     bool          `json:"stuck,omitempty"`
	DataURI   bool          `json:"data_uri,omitempty"`
	Late      time.Duration `json:"late,omitempty"` // pictures answer 404 for this long after the end
}

const sensitiveError = "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"

// newPlan decides the course of a new prediction: the model's typical duration, varied slightly by
// the ID, the failures that the prompt asks for, and the server's behaviour.
func newPlan(id string, m model.Model, input map[string]any, b Behaviour) plan {
	prompt, _ := input["prompt"].(string)
	total := duration(id, m, input, prompt, b)
	p := plan{
		Starting: min(max(total/6, 50*time.Millisecond), 800*time.Millisecond),
		Expiry:   time.Hour, Seed: int64(hash(id) % 65536), Steps: stepCount(m, input),
		Requested: m.Pictures(input), Stuck: b.Stuck || strings.Contains(prompt, "[stuck]"), Error: b.Fail, DataURI: b.DataURI,
	}
	p.Starting = min(p.Starting, total/2)
	p.Running = total - p.Starting
	if strings.Contains(prompt, "[expired]") {
		p.Expiry = 0
	}
	if seed, ok := model.Int(input["seed"]); ok {
		p.Seed = seed
	}
	if strings.Contains(prompt, "[fail]") {
		p.Error = sensitiveError
	}
	p.Outputs = outputNumbers(p.Requested, prompt)
	if b.HeldBack > 0 && len(p.Outputs) > 1 {
		p.Outputs = p.Outputs[:max(len(p.Outputs)-b.HeldBack, 1)]
	}
	p.Late = b.LateOutputs
	return p
}

// duration is the model's typical duration; more pictures and more steps take longer.
func duration(id string, m model.Model, input map[string]any, prompt string, b Behaviour) time.Duration {
	usual := m.TypicalDuration
	if usual == 0 {
		usual = 4 * time.Second
	}
	factor := 1 + 0.25*float64(m.Pictures(input)-1)
	for _, name := range []string{"num_inference_steps", "steps"} {
		p, has := m.Parameter(name)
		requested, given := model.Int(input[name])
		if normal, ok := model.Int(p.Default); has && given && ok && normal > 0 && m.TypicalDuration > 2*time.Second {
			factor *= float64(requested) / float64(normal)
		}
	}
	factor *= 0.96 + 0.08*float64(hash(id)%1000)/1000
	total := time.Duration(float64(usual) * factor)
	switch {
	case b.Duration > 0:
		total = b.Duration
	case strings.Contains(prompt, "[slow]"):
		total = 30 * time.Second
	}
	if b.Rate > 0 {
		total = time.Duration(float64(total) / b.Rate)
	}
	return total
}

func stepCount(m model.Model, input map[string]any) int {
	steps := 8
	for _, name := range []string{"num_inference_steps", "steps"} {
		p, has := m.Parameter(name)
		if !has {
			continue
		}
		if n, ok := model.Int(p.Default); ok {
			steps = int(n)
		}
		if n, ok := model.Int(input[name]); ok {
			steps = int(n)
		}
	}
	return min(max(steps, 4), 500)
}

func outputNumbers(requested int, prompt string) []int {
	numbers := []int{}
	for n := range requested {
		if n > 0 || !strings.Contains(prompt, "[filtered]") {
			numbers = append(numbers, n)
		}
	}
	return numbers
}

func hash(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s)) // never fails
	return h.Sum64()
}

// The statuses of Replicate's format.
const (
	starting   = "starting"
	processing = "processing"
	succeeded  = "succeeded"
	failed     = "failed"
	canceled   = "canceled"
	aborted    = "aborted"
)

// snapshot is the state of a prediction at one time.
type snapshot struct {
	status             string
	started, completed time.Time // zero if it has not
	progress           float64   // 0 to 1
	isExpired          bool
}

func (m snapshot) hasEnded() bool { return !m.completed.IsZero() }

// at returns the state of the prediction at a time.
func (r record) at(now time.Time) snapshot {
	started := r.Created.Add(r.Plan.Starting)
	end := started.Add(r.Plan.Running)
	if stop, status := r.stopTime(started); !stop.IsZero() && !now.Before(stop) && (r.Plan.Stuck || stop.Before(end)) {
		m := snapshot{status: status, completed: stop}
		if !stop.Before(started) {
			m.started, m.progress = started, progressAfter(stop.Sub(started), r.Plan)
		}
		m.isExpired = !now.Before(stop.Add(max(r.Plan.Expiry, time.Second)))
		return m
	}
	switch {
	case now.Before(started):
		return snapshot{status: starting}
	case r.Plan.Stuck || now.Before(end):
		return snapshot{status: processing, started: started, progress: progressAfter(now.Sub(started), r.Plan)}
	}
	m := snapshot{status: succeeded, started: started, completed: end, progress: 1}
	m.isExpired = !now.Before(end.Add(r.Plan.Expiry))
	if r.Plan.Error != "" || len(r.Plan.Outputs) == 0 {
		m.status = failed
	}
	return m
}

// stopTime is when a prediction is canceled or its deadline passes, and the status it then has. A
// deadline before the start makes it aborted, which is not billed.
func (r record) stopTime(started time.Time) (time.Time, string) {
	if !r.Canceled.IsZero() && (r.Deadline.IsZero() || r.Canceled.Before(r.Deadline)) {
		return r.Canceled, canceled
	}
	if !r.Deadline.IsZero() && r.Deadline.Before(started) {
		return r.Deadline, aborted
	}
	return r.Deadline, canceled
}

// progressAfter is the share of the running time that has elapsed, 0 to 1. For a stuck prediction
// it stays below one half.
func progressAfter(elapsed time.Duration, p plan) float64 {
	if p.Running <= 0 {
		return 1
	}
	f := min(max(float64(elapsed)/float64(p.Running), 0), 1)
	if p.Stuck {
		return f / (1 + f) * 0.99
	}
	return f
}
