package job

import (
	"testing"

	"tintype/api"
)

// Row "cancel races completion": plays every order of cancel, completion and poll. A person cancels at any moment, the
// prediction succeeds at any moment, and each request may reach the provider before or after that, or its answer be
// lost. The provider's last word counts; what succeeded is saved, because it is paid for.
func TestFaultCancelRacesCompletion(t *testing.T) {
	s := newScript(t, rules)
	s.create("p1")
	r := &race{t: t, seen: map[match]bool{}}
	r.play(match{job: s.job, there: api.Processing, losses: 2})
	if r.saved == 0 || r.stopped == 0 || r.late == 0 {
		t.Errorf("saved %d, stopped %d, too late %d: an outcome is missing", r.saved, r.stopped, r.late)
	}
	t.Logf("%d moments, %d saved, %d stopped, %d cancels that came too late", len(r.seen), r.saved, r.stopped, r.late)
}

// match is one moment of the race.
type match struct {
	job    Job
	there  api.Status // the status at the provider
	asked  bool       // the person has canceled
	out    Command    // the request in flight
	met    api.Status // the status it found at the provider; "" before it arrived
	losses int        // answers that may still be lost
}

type race struct {
	t                    *testing.T
	seen                 map[match]bool
	saved, stopped, late int
}

// play continues from a moment in every way.
func (r *race) play(m match) {
	m.job = m.job.canonical()
	if r.seen[m] || r.t.Failed() {
		return
	}
	r.seen[m] = true
	if m.job.State == Saving || m.job.State.Ended() {
		r.judge(m)
		return
	}
	if m.there == api.Processing {
		next := m
		next.there = api.Succeeded
		r.play(next)
	}
	if !m.asked {
		next := m
		next.asked = true
		next.job, _ = m.job.Apply(CancelRequested{Moment{start}})
		if next.job.Pending != m.job.Pending { // the poll is superseded: its answer will be dropped
			next.out, next.met = NoCommand, ""
		}
		r.play(next)
	}
	r.move(m)
}

// move lets the request in flight leave, arrive, be answered, or be lost.
func (r *race) move(m match) {
	a := Answer{Moment{start}, m.job.Generation}
	switch {
	case m.out == NoCommand:
		m.job, _ = m.job.Apply(RequestSending{a})
		m.out = m.job.Pending
		r.play(m)
	case m.met == "":
		if m.out == Cancel && m.there == api.Processing {
			m.there = api.Canceled
		}
		m.met = m.there
		r.play(m)
	default:
		if m.losses > 0 {
			r.play(m.lost(a))
		}
		r.play(m.answered(a))
	}
}

func (m match) lost(a Answer) match {
	failure := Failure{a, failures[0], 0.5}
	var e Event = NotPolled{failure}
	if m.out == Cancel {
		e = CancelRefused{failure}
	}
	m.job, _ = m.job.Apply(e)
	m.losses--
	m.out, m.met = NoCommand, ""
	return m
}

func (m match) answered(a Answer) match {
	p := api.Prediction{ID: "p1", Status: m.met}
	var e Event = CancelAccepted{a, p} // a cancel's answer names no output
	if m.out == Poll {
		if p.Status == api.Succeeded {
			p.Output = []string{"https://a/1"}
		}
		e = Polled{a, p}
	}
	m.job, _ = m.job.Apply(e)
	m.out, m.met = NoCommand, ""
	return m
}

// judge compares the end with the provider's last word.
func (r *race) judge(m match) {
	switch {
	case m.there == api.Succeeded && m.job.State == Saving:
		r.saved++
		if m.asked {
			r.late++
		}
	case m.there == api.Canceled && m.job.State == Stopped && m.job.Reason == Canceled && m.asked:
		r.stopped++
	default:
		r.t.Errorf("%s there, and here %s %q: %+v", m.there, m.job.State, m.job.Reason, m)
	}
}
