package job

import (
	"math/rand/v2"
	"testing"
	"time"

	"tintype/api"
)

// environment is everything around one job: the person, the provider, the history, and answers that are still on their way.
// After each event it checks what must hold in every order of events.
type environment struct {
	t       *testing.T
	seed    uint64
	random  *rand.Rand
	now     time.Time
	job     Job
	journal Record // what a restart would find
	old     []Event

	confirmed int // purchases that the person confirmed
	accepted  int // POSTs that the provider took
	log       []Event
}

// TestRandomInterleavings applies requests, answers of all kinds, late answers and restarts to a job, in a hundred
// thousand random orders with random times, and checks I1, I3, I4 and I5 after each. TestI05Monotone does the same
// exhaustively, without times. A failure prints its seed.
func TestRandomInterleavings(t *testing.T) {
	t.Parallel()
	rounds := 100_000
	if testing.Short() {
		rounds = 5_000
	}
	for seed := range uint64(rounds) {
		w := &environment{t: t, seed: seed, random: rand.New(rand.NewPCG(seed, 7)), now: time.Unix(1e9, 0)}
		w.job = New(w.rules())
		w.request(Submitted{Moment{w.now}})
		for range 5 + w.random.IntN(20) {
			w.step()
		}
		if t.Failed() {
			return
		}
	}
}

func (w *environment) rules() Rules {
	r := Rules{MinPollInterval: 250 * time.Millisecond, GiveUpAge: 2 * time.Hour, CanList: w.oneIn(2), CanCancel: w.oneIn(2)}
	if w.oneIn(2) {
		r.MinPollInterval = time.Second
	}
	return r
}

func (w *environment) oneIn(in int) bool { return w.random.IntN(in) == 0 }

// step lets something happen.
func (w *environment) step() {
	w.now = w.now.Add(time.Duration(w.random.ExpFloat64() * float64(3*time.Second)))
	if w.oneIn(40) {
		w.now = w.now.Add(90 * time.Minute)
	}
	switch n := w.random.IntN(20); {
	case n < 4:
		w.request(w.anyRequest())
	case n == 4:
		w.restart()
	case n == 5 && len(w.old) > 0:
		w.stale(w.old[w.random.IntN(len(w.old))])
	case n == 6:
		w.stale(w.foreign())
	case w.job.Pending != NoCommand:
		w.answerPending()
	}
}

func (w *environment) anyRequest() Event {
	m := Moment{w.now}
	return []Event{
		Submitted{m},
		CancelRequested{m},
		CancelRequested{m},
		CancelRequested{m},
		CancelUndone{m},
		FollowRequested{m},
		ResendRequested{m},
		DismissRequested{m},
		ClockJumped{m, 50 * time.Minute},
	}[w.random.IntN(9)]
}

// request applies a request. Each purchase that it starts is one that the person confirmed.
func (w *environment) request(e Event) {
	before := w.job
	w.apply(e)
	bought := w.job.State == Creating && before.State != Creating
	switch e.(type) {
	case Submitted, ResendRequested:
		if bought {
			w.confirmed++
		}
	case CancelUndone:
		if bought && before.Reason != NeverSent {
			w.fail("undid what may have been sent", before)
		}
	default:
		if bought {
			w.fail("bought without a request", before)
		}
	}
}

// restart drops the job and restores it from what the history would hold.
func (w *environment) restart() {
	before := w.job
	w.old = append(w.old, w.foreignTo(before))
	w.job, _ = Restore(w.journal, w.job.Rules, w.now)
	w.job.Generation += before.Generation // so that earlier answers can be recognised
	if w.job.Pending == Create {
		w.fail("bought at a restart", before)
	}
	w.check(before, nil)
}

// stale delivers an answer to an earlier command: nothing may change.
func (w *environment) stale(e Event) {
	if a, ok := e.(answer); ok && a.generation() == w.job.Generation {
		return
	}
	before := w.job
	w.apply(e)
	if w.job != before {
		w.fail("an old answer changed the job", before)
	}
}

func (w *environment) foreign() Event { return w.foreignTo(w.job) }

func (w *environment) foreignTo(j Job) Event {
	a := Answer{Moment{w.now}, j.Generation + 1 + uint64(w.random.IntN(3))}
	return Polled{a, api.Prediction{ID: "old", Status: api.Processing}}
}

// answerPending sends the pending command's request, or answers it.
func (w *environment) answerPending() {
	a := Answer{Moment{w.now}, w.job.Generation}
	if !w.job.RequestSent {
		w.apply(RequestSending{a})
		w.writeJournal()
		if w.oneIn(3) {
			return
		}
	}
	e := w.anyAnswer(a)
	w.old = append(w.old, e)
	w.apply(e)
}

func (w *environment) anyAnswer(a Answer) Event {
	switch w.job.Pending {
	case Create:
		return w.createAnswer(a)
	case Poll:
		if w.oneIn(3) {
			return NotPolled{w.failure(a)}
		}
		return Polled{a, w.prediction()}
	case Cancel:
		if w.oneIn(2) {
			return CancelRefused{w.failure(a)}
		}
		return CancelAccepted{a, w.prediction()}
	case Save:
		if w.oneIn(2) {
			return NotSaved{Failure: w.failure(a), FetchFailure: FetchFailure(w.random.IntN(5))}
		}
		return Saved{a}
	}
	if w.oneIn(2) {
		return NotFound{w.failure(a)}
	}
	return Found{a, api.Prediction{ID: "found", Status: api.Processing}}
}

// createAnswer plays the provider and the connection: the purchase may be accepted, and the answer may still be lost.
func (w *environment) createAnswer(a Answer) Event {
	m := w.failure(a)
	switch w.random.IntN(6) {
	case 0:
		m.Err.Outcome = api.NotSent
	case 1:
		m.Err.Outcome = api.RateLimited
	case 2:
		m.Err.Outcome = api.Refused
	case 3:
		return NotRecorded{m}
	case 4:
		m.Err.Outcome = api.OutcomeUnknown
		if w.oneIn(2) {
			w.accepted++
		}
	default:
		w.accepted++
		p := w.prediction()
		p.ID = "made"
		return Created{a, p}
	}
	return NotCreated{m}
}

var someCodes = []api.Code{
	api.CodeUnreachable, api.CodeOffline, api.CodeTLS, api.CodeUnauthorized, api.CodeRate, api.CodeNotFound, api.CodeNotReady,
	api.CodeNoSuchRoute, api.CodeServer, api.CodeBadResponse, api.CodeCanceled, api.CodeExpired,
}

func (w *environment) failure(a Answer) Failure {
	err := &api.Error{Code: someCodes[w.random.IntN(len(someCodes))]}
	if w.oneIn(3) {
		err.HasRetryAfter, err.RetryAfter = true, time.Duration(w.random.IntN(600))*time.Second
	}
	return Failure{a, err, w.random.Float64()}
}

func (w *environment) prediction() api.Prediction {
	statuses := []api.Status{
		"", "queued", api.Starting, api.Processing, api.Processing, api.Processing, api.Succeeded, api.Succeeded, api.Failed,
		api.Canceled, api.Aborted,
	}
	p := api.Prediction{ID: w.job.ID, Status: statuses[w.random.IntN(len(statuses))]}
	switch {
	case p.Status == api.Succeeded && !w.oneIn(4):
		p.Output = []string{"https://example.com/1.webp"}
	case p.Status == api.Succeeded:
		p.DataRemoved = w.oneIn(2)
	}
	return p
}

func (w *environment) apply(e Event) {
	before := w.job
	w.log = append(w.log, e)
	w.job, _ = w.job.Apply(e)
	w.check(before, e)
	w.writeJournal()
}

// writeJournal keeps what ui/runner would have written down by now.
func (w *environment) writeJournal() {
	w.journal = Record{
		State: w.job.State, Reason: w.job.Reason, ID: w.job.ID, Since: w.job.Since, EndSeen: w.job.EndSeen, ExpiresAt: w.job.ExpiresAt,
		MayBeSent: w.job.State == Unconfirmed || w.job.State == Creating && (w.job.RequestSent || w.job.PriorUncertain),
	}
}

// check checks one step against the promises.
func (w *environment) check(before Job, e Event) {
	after := w.job
	switch {
	case w.accepted > w.confirmed:
		w.fail("I1: bought more often than confirmed", before)
	case after.State.Ended() && after.Pending != NoCommand:
		w.fail("an ended job has a command", before)
	case (after.State == Creating || after.State == Waiting || after.State == Saving) && after.Pending == NoCommand:
		w.fail("a live job has no command", before)
	case after.State == Unconfirmed && after.Pending != NoCommand && after.Pending != Find:
		w.fail("I4: an unconfirmed job does more than look", before)
	case before.ID != "" && after.ID != before.ID:
		w.fail("I3: the id was lost", before)
	case after.Generation < before.Generation:
		w.fail("generations went back", before)
	case before.Pending != after.Pending && before.Generation == after.Generation:
		w.fail("another command under the same generation", before)
	case (before.State == Done || before.State == Failed) && after.State != before.State:
		w.fail("I5: a final state went back", before)
	case before.State.Ended() && after.State != before.State && !requestedByPerson(e):
		w.fail("I5: an end went back by itself", before)
	case before.Pending == Create && before.RequestSent && after.Generation != before.Generation && !isAnswer(e) && e != nil:
		w.fail("a purchase that had left was superseded", before)
	case after.Pending == Create && after.Generation != before.Generation && after.ID != "":
		w.fail("I1: bought what has an id", before)
	}
}

func requestedByPerson(e Event) bool {
	switch e.(type) {
	case FollowRequested, ResendRequested, CancelUndone:
		return true
	}
	return false
}

func isAnswer(e Event) bool {
	_, ok := e.(answer)
	return ok
}

func (w *environment) fail(what string, before Job) {
	w.t.Helper()
	last := Event(nil)
	if len(w.log) > 0 {
		last = w.log[len(w.log)-1]
	}
	w.t.Errorf("seed %d: %s\nbefore %+v\nafter  %+v\nlast   %T %+v", w.seed, what, before, w.job, last, last)
}
