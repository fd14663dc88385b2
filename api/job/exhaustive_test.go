package job

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api"
)

// TestI05Monotone searches every order of everything that can happen to one job, including lost, late and foreign
// answers, kills and restarts, until no new state turns up. After each step it checks: what is done or failed stays so,
// other ends change only on request, and a late answer changes nothing (I5). No more purchases may be accepted than a
// person confirmed (I1). An id is never lost (I3). An unconfirmed job only looks at the list, and what may have been
// bought never ends as unbilled unless a person dismissed it (I4).
func TestI05Monotone(t *testing.T) {
	t.Parallel()
	for _, r := range []Rules{rules, {MinPollInterval: time.Second, GiveUpAge: 2 * time.Hour}} {
		w := &search{t: t, from: map[position]step{}}
		w.visit(position{job: New(r)}, position{}, nil)
		for len(w.open) > 0 && !t.Failed() {
			p := w.open[0]
			w.open = w.open[1:]
			for _, e := range p.events() {
				w.take(p, e)
			}
			w.restart(p)
			w.wait(p)
		}
		if n := len(w.from); n < 1000 {
			t.Errorf("the search found only %d positions", n)
		}
		t.Logf("%d positions, %d steps", len(w.from), w.steps)
	}
}

// position is the state of the job and of everything around it.
type position struct {
	job       Job
	confirmed int  // purchases that a person confirmed
	accepted  int  // purchases that may have been accepted
	out       bool // a purchase was sent, and is not answered
	unclear   bool // a purchase may have been accepted
}

// step is how a position was reached.
type step struct {
	from position
	by   Event
}

type search struct {
	t     *testing.T
	from  map[position]step
	open  []position
	steps int
}

// Errors, one value each, so that positions can be compared.
var (
	failures = []*api.Error{
		{Code: api.CodeUnreachable}, {Code: api.CodeUnauthorized}, {Code: api.CodeNotFound}, {Code: api.CodeNoSuchRoute},
	}
	verdicts = []*api.Error{
		{Code: api.CodeUnreachable, Outcome: api.NotSent},
		{Code: api.CodeRate, Outcome: api.RateLimited, HTTPStatus: 429},
		{Code: api.CodeInvalid, Outcome: api.Refused},
		{Code: api.CodeServer, Outcome: api.OutcomeUnknown},
	}
)

// events returns everything that can happen in a position.
func (p position) events() []Event {
	m := Moment{start}
	all := []Event{CancelRequested{m}, CancelUndone{m}, FollowRequested{m}, DismissRequested{m}, ClockJumped{m, time.Hour}}
	if p.confirmed < 2 {
		all = append(all, Submitted{m}, ResendRequested{m})
	}
	a := Answer{m, p.job.Generation}
	all = append(all, RequestSending{a})
	all = append(all, answers(a, p.job.ID)...)
	return append(all, answers(Answer{m, p.job.Generation - 1}, "foreign")...)
}

// answers returns every answer to any command.
func answers(a Answer, id string) []Event {
	all := []Event{Saved{a}, NotFound{Failure{Answer: a}}, NotRecorded{Failure{Answer: a}}}
	if id == "" {
		id = "made"
	}
	for _, s := range []api.Status{"", api.Processing, api.Succeeded, api.Failed, api.Canceled, api.Aborted} {
		p := api.Prediction{ID: id, Status: s}
		if s == api.Succeeded {
			p.Output = []string{"https://a/1"}
		}
		all = append(all, Created{a, p}, Polled{a, p}, CancelAccepted{a, p}, Found{a, p})
	}
	all = append(all, Polled{a, api.Prediction{ID: id, Status: api.Succeeded, DataRemoved: true}})
	for _, err := range failures {
		m := Failure{a, err, 0.5}
		all = append(all, NotPolled{m}, CancelRefused{m}, NotFound{m}, NotSaved{Failure: m, FetchFailure: Retryable}, NotSaved{Failure: m, FetchFailure: Deleted})
	}
	for _, err := range verdicts {
		all = append(all, NotCreated{Failure{a, err, 0.5}})
	}
	return all
}

// take applies one event.
func (w *search) take(p position, e Event) {
	next := p
	next.job, _ = p.job.Apply(e)
	next.count(p, e)
	w.visit(next, p, e)
}

// wait lets time pass.
func (w *search) wait(p position) {
	for _, long := range []time.Duration{30 * time.Second, 3 * time.Hour} {
		next := p
		next.job.Since = p.job.Since.Add(-long)
		if !p.job.EndSeen.IsZero() {
			next.job.EndSeen = p.job.EndSeen.Add(-long)
		}
		if !p.job.ExpiresAt.IsZero() {
			next.job.ExpiresAt = p.job.ExpiresAt.Add(-long)
		}
		w.visit(next, p, nil)
	}
}

// count keeps track of the purchases.
func (p *position) count(before position, e Event) {
	bought := p.job.State == Creating && before.job.State != Creating
	switch e := e.(type) {
	case Submitted, ResendRequested:
		if bought {
			p.confirmed++
		}
	case RequestSending:
		p.out = p.out || before.job.Pending == Create && p.job.RequestSent
	case Created:
		p.answered(e.Generation == before.job.Generation, true)
	case NotCreated:
		p.answered(e.Generation == before.job.Generation, e.Err.Outcome == api.OutcomeUnknown)
	case NotRecorded:
		p.answered(e.Generation == before.job.Generation, false)
	case DismissRequested:
		p.unclear = p.unclear && p.job.Reason != Dismissed
	}
	p.unclear = p.unclear && p.job.ID == ""
}

// answered ends a purchase that was sent.
func (p *position) answered(current, accepted bool) {
	if !p.out || !current {
		return
	}
	p.out = false
	if accepted {
		p.accepted++
		p.unclear = true
	}
}

// restart kills the program, and restores the job from the history.
func (w *search) restart(p position) {
	next, j := p, p.job
	r := Record{State: j.State, Reason: j.Reason, ID: j.ID, Since: j.Since, EndSeen: j.EndSeen, ExpiresAt: j.ExpiresAt, MayBeSent: p.out || p.unclear}
	if j.State == "" {
		return
	}
	next.job, _ = Restore(r, j.Rules, start)
	next.answered(true, true)
	next.unclear = next.unclear && j.ID == ""
	w.visit(next, p, nil)
}

// visit checks one step, and stores the position it led to.
func (w *search) visit(p, before position, e Event) {
	w.steps++
	w.check(p, before.job, e)
	p.job = p.job.canonical()
	if _, known := w.from[p]; known || w.t.Failed() {
		return
	}
	w.from[p] = step{before, e}
	w.open = append(w.open, p)
}

// canonical makes jobs equal that will behave the same.
func (j Job) canonical() Job {
	j.Generation = 7
	j.At, j.Earliest, j.Err, j.Waiting = time.Time{}, time.Time{}, nil, NotWaiting
	if j.Pending != Create && j.Pending != Cancel {
		j.Tries = min(j.Tries, 1)
	}
	j.BadAnswers, j.FindAttempts = min(j.BadAnswers, maxBadAnswers), min(j.FindAttempts, len(findDelays))
	if j.ID != "" {
		j.FindAttempts = 0
	}
	if j.State.Ended() {
		j.BadAnswers = 0
	}
	switch age := start.Sub(j.Since); {
	case age >= j.Rules.GiveUpAge:
		j.Since = start.Add(-j.Rules.GiveUpAge)
	case age >= Retention:
		j.Since = start.Add(-Retention)
	case age >= minGoneAge:
		j.Since = start.Add(-minGoneAge)
	default:
		j.Since = start
	}
	if age := start.Sub(j.EndSeen); !j.EndSeen.IsZero() && age >= minEmptyAge {
		j.EndSeen = start.Add(-minEmptyAge)
	} else if !j.EndSeen.IsZero() {
		j.EndSeen = start
	}
	if start.Sub(j.SeenAt) >= minGoneAge {
		j.SeenAt = time.Time{}
	} else {
		j.SeenAt = start
	}
	if !j.ExpiresAt.IsZero() && j.ExpiresAt.After(start) {
		j.ExpiresAt = start.Add(time.Hour)
	} else if !j.ExpiresAt.IsZero() {
		j.ExpiresAt = start.Add(-time.Second)
	}
	return j
}

func (w *search) check(p position, before Job, e Event) {
	after := p.job
	owed := p.accepted
	if p.out {
		owed++
	}
	live := after.State == Creating || after.State == Waiting || after.State == Saving
	switch {
	case owed > p.confirmed:
		w.fail("I1: more may have been bought than was confirmed", p, before, e)
	case after.ID != "" && after.Pending == Create:
		w.fail("I1: a job with an id is bought again", p, before, e)
	case before.ID != "" && after.ID != before.ID:
		w.fail("I3: the id was lost", p, before, e)
	case after.State == Unconfirmed && after.Pending != NoCommand && after.Pending != Find:
		w.fail("I4: an unconfirmed job does more than look", p, before, e)
	case p.unclear && after.unpaid():
		w.fail("I4: what may have been bought is called unbilled", p, before, e)
	case (before.State == Done || before.State == Failed) && (after.State != before.State || after.Reason != before.Reason):
		w.fail("I5: a final state changed", p, before, e)
	case before.State.Ended() && after.State != before.State && !requestedByPerson(e):
		w.fail("I5: an ended job changed without a request", p, before, e)
	case live != (after.Pending != NoCommand) && after.State != Unconfirmed:
		w.fail("a live job must have one command, an ended one none", p, before, e)
	}
}

// unpaid reports whether a job's reason says that nothing is billed.
func (j Job) unpaid() bool {
	return j.Reason == NeverSent || j.Reason == NotJournaled || j.Reason == Unreachable || j.Reason == Refused
}

// fail prints the path to a broken promise.
func (w *search) fail(what string, p position, before Job, e Event) {
	w.t.Helper()
	var way []string
	for q, ok := p, true; ok && len(way) < 30; {
		s, known := w.from[q]
		way = append(way, fmt.Sprintf("%T → %s %s", s.by, q.job.State, q.job.Pending))
		q, ok = s.from, known
	}
	w.t.Errorf("%s\nbefore %+v\nby %T %+v\nafter %+v\nthe path, backwards: %s", what, before, e, e, p, strings.Join(way, "; "))
}
