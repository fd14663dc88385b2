package job

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"tintype/api"
)

// TestI05Monotone walks through every order of everything that can happen to one job, lost, late and foreign answers, kills and
// restarts included, until no new state turns up. On each step: what is done or failed stays so, other ends are left by hand
// alone, a late word about a finished one changes nothing (I5); no more is ever out that may have been accepted than a person
// confirmed (I1), nothing leaves without an id that had one (I3), an unconfirmed one only looks, and what may have been bought
// never ends as unpaid, unless a person settled it (I4).
func TestI05Monotone(t *testing.T) {
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
			t.Errorf("the walk came to %d places only", n)
		}
		t.Logf("%d places, %d steps", len(w.from), w.steps)
	}
}

// position is where the job and the world around it stand.
type position struct {
	job       Job
	confirmed int  // purchases that a person confirmed
	accepted  int  // purchases that may have been accepted
	out       bool // a purchase is out, and not answered
	unclear   bool // a purchase may have been accepted, and nobody knows
}

// step is how a place was come to.
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

// The trouble of the walk: one value each, so that places can be compared.
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

// events are all that can happen at a place.
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

// answers are all that can be said to a command, whatever it was.
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

// take lets one event happen.
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
		if !p.job.ExpiresAt.IsZero() {
			next.job.ExpiresAt = p.job.ExpiresAt.Add(-long)
		}
		w.visit(next, p, nil)
	}
}

// count keeps the books of the money.
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

// answered ends a purchase that is out.
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

// restart kills the program, and takes the job up from what the journal has.
func (w *search) restart(p position) {
	next, j := p, p.job
	r := Record{State: j.State, Reason: j.Reason, ID: j.ID, Since: j.Since, ExpiresAt: j.ExpiresAt, MayBeSent: p.out || p.unclear}
	if j.State == "" {
		return
	}
	next.job, _ = Restore(r, j.Rules, start)
	next.answered(true, true)
	next.unclear = next.unclear && j.ID == ""
	w.visit(next, p, nil)
}

// visit checks one step, and remembers where it led.
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

// canonical makes jobs equal that will do the same.
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
	case age >= minGoneAge:
		j.Since = start.Add(-minGoneAge)
	default:
		j.Since = start
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
		w.fail("I1: buys what has an id", p, before, e)
	case before.ID != "" && after.ID != before.ID:
		w.fail("I3: the id was lost", p, before, e)
	case after.State == Unconfirmed && after.Pending != NoCommand && after.Pending != Find:
		w.fail("I4: an unconfirmed one does more than look", p, before, e)
	case p.unclear && after.unpaid():
		w.fail("I4: what may have been bought is called unpaid", p, before, e)
	case (before.State == Done || before.State == Failed) && (after.State != before.State || after.Reason != before.Reason):
		w.fail("I5: what was final went back", p, before, e)
	case before.State.Ended() && after.State != before.State && !requestedByPerson(e):
		w.fail("I5: an end went back by itself", p, before, e)
	case live != (after.Pending != NoCommand) && after.State != Unconfirmed:
		w.fail("a live job has one command, an ended one none", p, before, e)
	}
}

// unpaid reports whether a job ended by a reason that says that nothing is billed.
func (j Job) unpaid() bool {
	return j.Reason == NeverSent || j.Reason == NotJournaled || j.Reason == Unreachable || j.Reason == Refused
}

// fail prints the way to where a promise was broken.
func (w *search) fail(what string, p position, before Job, e Event) {
	w.t.Helper()
	var way []string
	for q, ok := p, true; ok && len(way) < 30; {
		s, known := w.from[q]
		way = append(way, fmt.Sprintf("%T → %s %s", s.by, q.job.State, q.job.Pending))
		q, ok = s.from, known
	}
	w.t.Errorf("%s\nbefore %+v\nby %T %+v\nafter %+v\nthe way, backwards: %s", what, before, e, e, p, strings.Join(way, "; "))
}
