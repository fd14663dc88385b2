package job_test

import (
	"fmt"
	"time"

	"tintype/api"
	"tintype/api/job"
)

// The life of a job: each event returns the next command, and the caller performs it and applies its answer.
func ExampleJob_Apply() {
	at := job.Moment{At: time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)}
	answer := func(s job.Step) job.Answer { return job.Answer{Moment: at, Generation: s.Generation} }
	done := api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://replicate.delivery/1.webp"}}

	j := job.New(job.Rules{MinPollInterval: 250 * time.Millisecond})
	j, step := j.Apply(job.Submitted{Moment: at})
	fmt.Println(j.State, step.Command)
	j, _ = j.Apply(job.RequestSending{Answer: answer(step)})
	j, step = j.Apply(job.Created{Answer: answer(step), Prediction: api.Prediction{ID: "p1", Status: api.Starting}})
	fmt.Println(j.State, step.Command, step.At.Sub(at.At) <= 1500*time.Millisecond)
	j, step = j.Apply(job.Polled{Answer: answer(step), Prediction: done})
	fmt.Println(j.State, step.Command)
	j, step = j.Apply(job.Saved{Answer: answer(step)})
	fmt.Println(j.State, j.State.Ended(), step.Command == job.NoCommand)
	// Output:
	// creating create
	// waiting poll true
	// saving save
	// done true true
}

// A create that may have been accepted is never sent again without a person's request.
func ExampleJob_Apply_unconfirmed() {
	at := job.Moment{At: time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)}
	j, step := job.New(job.Rules{}).Apply(job.Submitted{Moment: at})
	j, step = j.Apply(job.NotCreated{Failure: job.Failure{
		Answer: job.Answer{Moment: at, Generation: step.Generation},
		Err:    &api.Error{Code: api.CodeUnreachable, Outcome: api.OutcomeUnknown},
	}})
	fmt.Println(j.State, step.Command == job.NoCommand)
	_, step = j.Apply(job.ResendRequested{Moment: at})
	fmt.Println(step.Command)
	// Output:
	// unconfirmed true
	// create
}

func ExampleFit() {
	d := job.Fit([]time.Duration{7 * time.Second, 8 * time.Second, 9 * time.Second})
	fmt.Println(d.Median().Round(100 * time.Millisecond))
	// Output: 8s
}
