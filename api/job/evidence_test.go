package job

import (
	"testing"
	"time"

	"tintype/api"
)

// TestWaits: a create waits as long as it is asked to, and without a time at least five seconds, longer each time. Other
// commands wait as asked within five minutes.
func TestWaits(t *testing.T) {
	t.Parallel()
	limited := func(asked time.Duration, told bool) *api.Error {
		return &api.Error{Code: api.CodeRate, Outcome: api.RateLimited, HTTPStatus: 429, RetryAfter: asked, HasRetryAfter: told}
	}
	poll := &api.Error{Code: api.CodeRate, HTTPStatus: 429, RetryAfter: time.Hour, HasRetryAfter: true}
	for _, c := range []struct {
		name  string
		err   *api.Error
		n     int
		least time.Duration
		most  time.Duration
	}{
		{"as asked", limited(7*time.Second, true), 1, 7 * time.Second, 7 * time.Second},
		{"a day", limited(24*time.Hour, true), 2, 24 * time.Hour, 24 * time.Hour},
		{"not at all", limited(0, true), 1, 5 * time.Second, 6250 * time.Millisecond},
		{"no time", limited(0, false), 1, 5 * time.Second, 6250 * time.Millisecond},
		{"no time, again", limited(0, false), 2, 10 * time.Second, 12500 * time.Millisecond},
		{"no time, for ever", limited(0, false), 1000, time.Minute, 75 * time.Second},
		{"a poll", poll, 1, 5 * time.Minute, 5 * time.Minute},
	} {
		for _, jitter := range []float64{0, 0.5, 0.999} {
			if wait := (Failure{Err: c.err, Jitter: jitter}).Wait(c.n); wait < c.least || wait > c.most {
				t.Errorf("%s, jitter %v: %v", c.name, jitter, wait)
			}
		}
	}
}

// TestEndInTheCreatesAnswer: a prediction without an id that has ended in the create's answer is not unconfirmed.
func TestEndInTheCreatesAnswer(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		p      api.Prediction
		state  State
		reason Reason
		do     Command
	}{
		{api.Prediction{Status: api.Succeeded, Output: []string{"https://a/1"}}, Saving, "", Save},
		{api.Prediction{Status: api.Succeeded}, Lost, Empty, NoCommand},
		{api.Prediction{Status: api.Failed, Error: "no"}, Failed, FailedAtProvider, NoCommand},
		{api.Prediction{Status: api.Processing}, Unconfirmed, NoAnswer, Find},
		{api.Prediction{}, Unconfirmed, NoAnswer, Find},
	} {
		s := newScript(t, rules)
		s.send()
		s.apply(Created{s.answer(), c.p})
		s.expect(c.state, c.reason, c.do)
	}
	j, step := Restore(Record{State: Saving, Since: start}, rules, start)
	if j.State != Saving || step.Command != Save {
		t.Errorf("after a restart: %s, %s", j.State, step.Command)
	}
}

// TestSeenSecondsAgo: a prediction that the provider has shown is gone only if it is denied for a minute.
func TestSeenSecondsAgo(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	s.now = s.now.Add(time.Hour)
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	for range 3 * maxBadAnswers {
		s.now = s.now.Add(time.Second)
		s.send()
		s.apply(NotPolled{s.failure(api.CodeNotFound, api.OutcomeUnknown)})
		s.expect(Waiting, "", Poll)
	}
	s.now = s.now.Add(minGoneAge)
	s.send()
	s.apply(NotPolled{s.failure(api.CodeNotFound, api.OutcomeUnknown)})
	s.expect(Lost, UnknownToProvider, NoCommand)
}

// TestCancelNotFound: where cancelling is documented, a 404 of any body only brings the next poll forward.
func TestCancelNotFound(t *testing.T) {
	t.Parallel()
	for _, code := range []api.Code{api.CodeNotFound, api.CodeNoSuchRoute} {
		for _, canCancel := range []bool{true, false} {
			r := rules
			r.CanCancel = canCancel
			s := newScript(t, r)
			s.create("p1")
			s.apply(CancelRequested{Moment{s.now}})
			s.send()
			s.apply(CancelRefused{Failure{s.answer(), &api.Error{Code: code, HTTPStatus: 404}, 0}})
			if !canCancel {
				s.expect(Stopped, Abandoned, NoCommand)
				continue
			}
			s.expect(Waiting, "", Poll)
			s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
			s.expect(Saving, "", Save)
		}
	}
}
