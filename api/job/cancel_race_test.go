package job

import (
	"testing"

	"tintype/api"
)

// Row "cancel races completion": plays every order of cancel, completion and poll. A person cancels at any moment, the
// prediction succeeds at any moment, and each request may reach the provider before or after that, or its answer be
// lost. The provider's last word counts; what succeeded is saved, because it is paid for.
func TestFaultCancelRacesCompletion(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	r := &race{t: t, seen: map[moment]bool{}}
	r.play(moment{job: s.job, status: api.Processing, losses: 2})
	if r.saved == 0 || r.stopped == 0 || r.late == 0 {
		t.Errorf("saved %d, stopped %d, too late %d: an outcome is missing", r.saved, r.stopped, r.late)
	}
	t.Logf("%d moments, %d saved, %d stopped, %d cancels that came too late", len(r.seen), r.saved, r.stopped, r.late)
}

// moment is one moment of the race.
type moment struct {
	job      Job
	status   api.Status // the status at the provider
	canceled bool       // the person has canceled
	inFlight Command    // the request in flight
	found    api.Status // the status it found at the provider; "" before it arrived
	losses   int        // answers that may still be lost
}

type race struct {
	t                    *testing.T
	seen                 map[moment]bool
	saved, stopped, late int
}

// play continues from a moment in every way.
func (r *race) play(m moment) {
	m.job = m.job.canonical()
	if r.seen[m] || r.t.Failed() {
		return
	}
	r.seen[m] = true
	if m.job.State == Saving || m.job.State.Ended() {
		r.checkEnd(m)
		return
	}
	if m.status == api.Processing {
		next := m
		next.status = api.Succeeded
		r.play(next)
	}
	if !m.canceled {
		next := m
		next.canceled = true
		next.job, _ = m.job.Apply(CancelRequested{Moment{start}})
		if next.job.Pending != m.job.Pending { // the poll is superseded: its answer will be dropped
			next.inFlight, next.found = NoCommand, ""
		}
		r.play(next)
	}
	r.move(m)
}

// move lets the request in flight leave, arrive, be answered, or be lost.
func (r *race) move(m moment) {
	a := Answer{Moment{start}, m.job.Generation}
	switch {
	case m.inFlight == NoCommand:
		m.job, _ = m.job.Apply(RequestSending{a})
		m.inFlight = m.job.Pending
		r.play(m)
	case m.found == "":
		if m.inFlight == Cancel && m.status == api.Processing {
			m.status = api.Canceled
		}
		m.found = m.status
		r.play(m)
	default:
		if m.losses > 0 {
			r.play(m.lost(a))
		}
		r.play(m.answered(a))
	}
}

func (m moment) lost(a Answer) moment {
	failure := Failure{a, failures[0], 0.5}
	var e Event = NotPolled{failure}
	if m.inFlight == Cancel {
		e = CancelRefused{failure}
	}
	m.job, _ = m.job.Apply(e)
	m.losses--
	m.inFlight, m.found = NoCommand, ""
	return m
}

func (m moment) answered(a Answer) moment {
	p := api.Prediction{ID: "p1", Status: m.found}
	var e Event = CancelAccepted{a, p} // a cancel's answer names no output
	if m.inFlight == Poll {
		if p.Status == api.Succeeded {
			p.Output = []string{"https://a/1"}
		}
		e = Polled{a, p}
	}
	m.job, _ = m.job.Apply(e)
	m.inFlight, m.found = NoCommand, ""
	return m
}

// checkEnd compares the end with the provider's last word.
func (r *race) checkEnd(m moment) {
	switch {
	case m.status == api.Succeeded && m.job.State == Saving:
		r.saved++
		if m.canceled {
			r.late++
		}
	case m.status == api.Canceled && m.job.State == Stopped && m.job.Reason == Canceled && m.canceled:
		r.stopped++
	default:
		r.t.Errorf("%s there, and here %s %q: %+v", m.status, m.job.State, m.job.Reason, m)
	}
}
