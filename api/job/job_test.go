package job

import (
	"testing"
	"time"

	"tintype/api"
)

var start = time.Date(2026, 8, 1, 12, 0, 0, 0, time.UTC)

var rules = Rules{MinPollInterval: 250 * time.Millisecond, GiveUpAge: 2 * time.Hour, CanList: true, CanCancel: true}

// script applies events to one job.
type script struct {
	t   *testing.T
	job Job
	now time.Time
}

func newScript(t *testing.T, r Rules) *script {
	s := &script{t: t, job: New(r), now: start}
	s.apply(Submitted{Moment{s.now}})
	return s
}

func (s *script) apply(e Event) Step {
	var step Step
	s.job, step = s.job.Apply(e)
	return step
}

func (s *script) answer() Answer { return Answer{Moment{s.now}, s.job.Generation} }

func (s *script) failure(code api.Code, v api.SendOutcome) Failure {
	return Failure{s.answer(), &api.Error{Code: code, Outcome: v}, 0.5}
}

func (s *script) send() { s.apply(RequestSending{s.answer()}) }

func (s *script) create(id string) Step {
	s.send()
	return s.apply(Created{s.answer(), api.Prediction{ID: id, Status: api.Starting}})
}

func (s *script) poll(p api.Prediction) Step {
	s.send()
	return s.apply(Polled{s.answer(), p})
}

func (s *script) expect(state State, reason Reason, do Command) {
	s.t.Helper()
	if s.job.State != state || s.job.Reason != reason || s.job.Pending != do {
		s.t.Fatalf("state %s, reason %q, command %q; want %s, %q, %q", s.job.State, s.job.Reason, s.job.Pending, state, reason, do)
	}
}

func TestLife(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.expect(Creating, "", Create)
	first := s.create("p1")
	s.expect(Waiting, "", Poll)
	if wait := first.At.Sub(s.now); wait > 1500*time.Millisecond || wait < rules.MinPollInterval {
		t.Fatalf("the first poll comes after %v", wait)
	}
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	s.expect(Waiting, "", Poll)
	s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
	s.expect(Saving, "", Save)
	s.send()
	s.apply(Saved{s.answer()})
	s.expect(Done, "", NoCommand)
}

// TestI01PaidOnceByVerdict: only what was certainly not sent or not accepted is sent again; a refusal ends the job, and
// anything else leaves it unconfirmed.
func TestI01PaidOnceByVerdict(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		code    api.Code
		verdict api.SendOutcome
		state   State
		reason  Reason
		do      Command
	}{
		{"no answer", api.CodeUnreachable, api.OutcomeUnknown, Unconfirmed, NoAnswer, Find},
		{"refused", api.CodeInvalid, api.Refused, Failed, Refused, NoCommand},
		{"never left", api.CodeUnreachable, api.NotSent, Creating, "", Create},
		{"bad certificate", api.CodeTLS, api.NotSent, Failed, Unreachable, NoCommand},
		{"asked to wait", api.CodeRate, api.RateLimited, Creating, "", Create},
		{"the program leaves", api.CodeCanceled, api.NotSent, Stopped, NeverSent, NoCommand},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, rules)
			s.send()
			s.apply(NotCreated{s.failure(c.code, c.verdict)})
			s.expect(c.state, c.reason, c.do)
		})
	}
}

// TestI01PaidOnceInThreeTries: even what is certainly not billed is tried three times at most, after a 503 twice.
func TestI01PaidOnceInThreeTries(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		err     api.Error
		sends   int
		becomes Reason
	}{
		{"never left", api.Error{Code: api.CodeUnreachable, Outcome: api.NotSent}, 3, Unreachable},
		{"429", api.Error{Code: api.CodeRate, Outcome: api.RateLimited, HTTPStatus: 429}, 3, Refused},
		{"503", api.Error{Code: api.CodeServer, Outcome: api.RateLimited, HTTPStatus: 503}, 2, Refused},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := newScript(t, rules)
			sends := 0
			for s.job.State == Creating && sends < 10 {
				s.send()
				sends++
				err := c.err
				s.apply(NotCreated{Failure{s.answer(), &err, 0.5}})
			}
			s.expect(Failed, c.becomes, NoCommand)
			if sends != c.sends {
				t.Fatalf("sent %d times, want %d", sends, c.sends)
			}
		})
	}
}

// Row "429 with Retry-After": the wait is visible, as long as the provider asks, and cannot be shortened.
func TestFault429WithRetryAfter(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.send()
	err := &api.Error{Code: api.CodeRate, Outcome: api.RateLimited, HasRetryAfter: true, RetryAfter: time.Hour}
	step := s.apply(NotCreated{Failure{s.answer(), err, 0}})
	if s.job.Waiting != ProviderAsked || step.At.Sub(s.now) != time.Hour || step.Earliest != step.At {
		t.Fatalf("waits %q until %v, can be hurried to %v", s.job.Waiting, step.At.Sub(s.now), step.Earliest)
	}
}

// Rows "5xx on GET" and "no network": no error of a poll ends a job, and it is no longer shown once a poll succeeds.
func TestFault5xxOnGET(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	for _, code := range []api.Code{
		api.CodeUnreachable, api.CodeServer, api.CodeBadResponse, api.CodeRate, api.CodeUnauthorized, api.CodeOffline, api.CodeTLS,
	} {
		for range 20 {
			s.now = s.now.Add(time.Second)
			s.send()
			step := s.apply(NotPolled{s.failure(code, api.OutcomeUnknown)})
			s.expect(Waiting, "", Poll)
			if wait := step.At.Sub(s.now); wait > refusedPollDelay || wait < rules.MinPollInterval {
				t.Fatalf("%s: the next poll comes after %v", code, wait)
			}
		}
	}
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	if s.job.Waiting != NotWaiting || s.job.Err != nil {
		t.Fatal("the error is over, but still shown")
	}
}

func TestUnknownIDIsBelievedLate(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	for range 50 {
		s.send()
		step := s.apply(NotPolled{s.failure(api.CodeNotReady, api.OutcomeUnknown)})
		s.expect(Waiting, "", Poll)
		if s.now = step.At; s.now.Sub(start) > Retention-savePauseCap {
			break
		}
	}
	s.now = start.Add(Retention)
	s.send()
	s.apply(NotPolled{s.failure(api.CodeNotFound, api.OutcomeUnknown)})
	s.expect(Lost, UnknownToProvider, NoCommand)
	s.apply(FollowRequested{Moment{s.now}})
	for range maxBadAnswers {
		s.expect(Waiting, "", Poll)
		s.now = s.now.Add(minGoneAge / 4)
		s.send()
		s.apply(NotPolled{s.failure(api.CodeNotFound, api.OutcomeUnknown)})
	}
	s.expect(Lost, UnknownToProvider, NoCommand) // it was believed before
}

// TestSucceededBeforeItsOutput: a success without a picture is asked about for two minutes, but not if the provider says
// why there is none.
func TestSucceededBeforeItsOutput(t *testing.T) {
	t.Parallel()
	for _, late := range []time.Duration{0, 5 * time.Second, 100 * time.Second} {
		s := newScript(t, rules)
		s.create("p1")
		for begun := s.now; s.now.Sub(begun) <= late; s.now = s.job.At {
			s.poll(api.Prediction{ID: "p1", Status: api.Succeeded})
			s.expect(Waiting, "", Poll)
		}
		s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
		s.expect(Saving, "", Save)
	}
	for reason, tries := range map[string]int{"": 14, "flagged": maxBadAnswers} {
		s := newScript(t, rules)
		s.create("p1")
		n := 0
		for ; s.job.State == Waiting && n < 100; n++ {
			s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Error: reason})
			s.now = s.now.Add(10 * time.Second)
		}
		if s.expect(Lost, Empty, NoCommand); n > tries || n < maxBadAnswers {
			t.Errorf("%q: %d polls", reason, n)
		}
	}
}

// Row "unknown status": an unknown status counts as running.
func TestFaultUnknownStatus(t *testing.T) {
	t.Parallel()
	for _, status := range []api.Status{"", "queued", "IN_PROGRESS", "42", "succeeding", "null"} {
		s := newScript(t, rules)
		s.create("p1")
		s.poll(api.Prediction{ID: "p1", Status: status})
		s.expect(Waiting, "", Poll)
	}
}

// Row "status never terminal": after ten minutes it is slow and polled every 30 s; at the provider's give-up age it is
// no longer followed, says so, and can be followed again.
func TestFaultStatusNeverTerminal(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	s.now = start.Add(11 * time.Minute)
	step := s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	if !s.job.Slow(s.now) || step.At.Sub(s.now) != slowGap {
		t.Fatalf("slow %v, next poll after %v", s.job.Slow(s.now), step.At.Sub(s.now))
	}
	s.now = start.Add(2 * time.Hour)
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	s.expect(Stopped, TimedOut, NoCommand)
	s.apply(FollowRequested{Moment{s.now}})
	s.poll(api.Prediction{ID: "p1", Status: api.Processing})
	s.expect(Waiting, "", Poll)
}

// TestI04HonestUnknownAtARestart: what may have been sent is unconfirmed, what was not is stopped, and nothing is
// bought.
func TestI04HonestUnknownAtARestart(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name   string
		record Record
		state  State
		reason Reason
		do     Command
	}{
		{"about to be bought", Record{State: Creating, MayBeSent: true}, Unconfirmed, NoAnswer, Find},
		{"waiting to be sent", Record{State: Creating}, Stopped, NeverSent, NoCommand},
		{"under way", Record{State: Waiting, ID: "p1"}, Waiting, "", Poll},
		{"being saved", Record{State: Saving, ID: "p1"}, Saving, "", Save},
		{"unconfirmed", Record{State: Unconfirmed}, Unconfirmed, NoAnswer, Find},
		{"done", Record{State: Done, ID: "p1"}, Done, "", NoCommand},
		{"stopped", Record{State: Stopped, Reason: TimedOut, ID: "p1"}, Stopped, TimedOut, NoCommand},
		{"waiting without an id", Record{State: Waiting}, Unconfirmed, NoAnswer, Find},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := &script{t: t, now: start}
			s.job, _ = Restore(c.record, rules, s.now)
			s.expect(c.state, c.reason, c.do)
		})
	}
}

// Row "429 without Retry-After": the back-off doubles each time, up to 15 s.
func TestFault429Without(t *testing.T) {
	t.Parallel()
	for n, want := range []time.Duration{1: time.Second, 2 * time.Second, 4 * time.Second, 8 * time.Second, 15 * time.Second, 15 * time.Second} {
		if n == 0 {
			continue
		}
		if got := backoff(n, 1); got != want {
			t.Errorf("backoff(%d) ≤ %v, want %v", n, got, want)
		}
	}
	if backoff(1000, 0.999) > backoffCap {
		t.Error("over the cap")
	}
}
