package runner_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
)

// TestRandomSchedules lets a person, a provider and the network do random things, with kills and restarts (a thousand times in
// the long form), and then compares the accounts: no more was bought than confirmed (I1); everything that was bought is in the
// journal with its id, or is unconfirmed with its intent (I2, I3, I4); what was done or failed stays so (I5); and ended jobs do
// nothing more. Meanwhile each request is checked against the journal on disk (I2, I3). The name of a failed test has its seed.
func TestRandomSchedules(t *testing.T) {
	t.Parallel()
	schedules := uint64(40)
	if longTests() {
		schedules = 1000
	}
	const lanes = 4 // they wait for the disk most of the time
	for lane := range uint64(lanes) {
		t.Run(fmt.Sprint("lane ", lane), func(t *testing.T) {
			t.Parallel()
			for seed := lane; seed < schedules; seed += lanes {
				randomSchedule(t, seed)
			}
		})
	}
}

func randomSchedule(t *testing.T, seed uint64) {
	p := withList
	if seed%3 == 0 {
		p = withoutList
	}
	t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
		dir := t.TempDir()
		synctest.Test(t, func(t *testing.T) { newSchedule(t, seed, dir, p).play() })
	})
}

// schedule is one random course of events.
type schedule struct {
	*harness
	dice      *rand.Rand
	dir       string
	provider  provider
	keys      []string
	confirmed int
	final     map[string]history.State // what was done or failed at some time
}

func newSchedule(t *testing.T, seed uint64, dir string, p provider) *schedule {
	server := demotest.NewServer(t, demo.Options{})
	s := &schedule{
		dice: rand.New(rand.NewPCG(seed, 1)), dir: dir, provider: p, final: map[string]history.State{},
		harness: newHarness(t, dir, server, p),
	}
	s.connect(p, newJournalChecker(t, dir, server))
	s.setFaults(append(s.randomFaults(), onePixel())...)
	return s
}

// onePixel answers every download with a picture that needs no painting.
func onePixel() demo.Fault {
	return demo.Fault{On: demo.Output, Status: 200, Body: string(demotest.PNG(1, 1))}
}

func (s *schedule) oneIn(in int) bool { return s.dice.IntN(in) == 0 }

// randomFaults are the faults of the network and the provider.
func (s *schedule) randomFaults() []demo.Fault {
	kinds := []demo.RequestKind{demo.Create, demo.Create, demo.Get, demo.Get, demo.Cancel, demo.List, demo.Output}
	var faults []demo.Fault
	for range s.dice.IntN(6) {
		f := demo.Fault{On: kinds[s.dice.IntN(len(kinds))], Skip: s.dice.IntN(3), Times: 1 + s.dice.IntN(3), Accept: s.oneIn(2)}
		switch s.dice.IntN(8) {
		case 0:
			f.Unsent, f.Accept = true, false
		case 1:
			f.Reset = true
		case 2:
			f.Hang = true
		case 3:
			f.Status, f.Body, f.Accept = 429, `{"detail":"Your rate limit resets in ~3s."}`, false
		case 4:
			f.Status, f.Body = 500+s.dice.IntN(5), "<html>"
		case 5:
			f.Cut, f.CutAt, f.Accept = true, s.dice.IntN(400), true
		case 6:
			f.Delay, f.Accept = time.Duration(s.dice.IntN(5000))*time.Millisecond, true
		case 7:
			f.Status, f.Body, f.Accept = 422, `{"detail":"no","status":422}`, false
		}
		faults = append(faults, f)
	}
	return faults
}

func (s *schedule) play() {
	for range 6 + s.dice.IntN(10) {
		s.step()
		s.advance(time.Duration(s.dice.IntN(3000)) * time.Millisecond)
		s.checkFinalStates()
	}
	s.setFaults(onePixel())
	s.restart()
	s.advance(10 * time.Minute)
	s.checkFinalStates()
	s.checkAccounts()
	s.close()
}

func (s *schedule) step() {
	switch n := s.dice.IntN(10); {
	case n < 3 || len(s.keys) == 0:
		prompts := []string{"a", "b", "c [slow]", "d [fail]", "e [expired]"}
		s.keys = append(s.keys, s.submit(prompts[s.dice.IntN(len(prompts))]))
		s.confirmed++
	case n < 5:
		s.cancel(s.anyKey())
	case n == 5:
		if c, task, ok := s.runner.UndoCancel(s.anyKey()); ok {
			s.onChange(c, task)
		}
	case n == 6:
		s.runner.PollNow()
	case n == 7:
		s.resend(s.anyKey())
	case n == 8:
		if row, ok := s.runner.Row(s.anyKey()); ok {
			s.onChange(s.runner.Follow(row.Entry))
		}
	case n == 9:
		s.restart()
	}
}

func (s *schedule) anyKey() string { return s.keys[s.dice.IntN(len(s.keys))] }

// resend confirms another purchase, if the program offers one.
func (s *schedule) resend(key string) {
	row, ok := s.runner.Row(key)
	if !ok || row.State != history.Unconfirmed && row.State != history.Stopped {
		return
	}
	c, task := s.runner.Resend(row.Entry)
	if c.Row.State == history.Creating {
		s.confirmed++
	}
	s.onChange(c, task)
}

// restart kills the program and starts another over what it left on disk.
func (s *schedule) restart() {
	old := s.harness
	s.harness = old.restartCopy(s.dir, s.provider)
	s.dir = s.folder
	s.connect(s.provider, newJournalChecker(s.t, s.dir, s.server))
	old.kill()
	s.resume()
}

// checkFinalStates checks that what is done or failed stays so (I5).
func (s *schedule) checkFinalStates() {
	for _, key := range s.keys {
		row, ok := s.runner.Row(key)
		if was, seen := s.final[key]; ok && seen && row.State != was {
			s.t.Errorf("I5: %s was %s and is %s", key, was, row.State)
		}
		if ok && (row.State == history.Done || row.State == history.Failed) && s.entryIs(key, row.State) {
			s.final[key] = row.State
		}
		if ok && row.State.Ended() && row.Live != nil {
			s.t.Errorf("%s is %s, and still running", key, row.State)
		}
	}
}

func (s *schedule) entryIs(key string, state history.State) bool {
	e, err := s.history.Get(key)
	return err == nil && e.State == state
}

// checkAccounts compares the provider's account with ours: nothing was bought more often than confirmed (I1), and everything
// that was bought is in the journal once, with its id or as unconfirmed (I2 to I4).
func (s *schedule) checkAccounts() {
	accepted := s.server.Counts().Accepted
	if accepted > s.confirmed {
		s.t.Errorf("I1: bought %d times, confirmed %d times", accepted, s.confirmed)
	}
	unsure, known := 0, map[string]bool{}
	for _, key := range s.keys {
		e, err := s.history.Get(key)
		if err != nil {
			continue // killed before it was written down; then it was not sent either, or the count below is off
		}
		unsure += countUncertain(e)
		if e.ID != "" && known[e.ID] {
			s.t.Errorf("I3: two entries have %s", e.ID)
		}
		if e.ID == "" && countUncertain(e) > 0 && e.State != history.Unconfirmed { // none is dismissed in this test
			s.t.Errorf("I4: %s may have been bought, and is %s", key, e.State)
		}
		known[e.ID] = true
		if !e.State.Ended() && e.State != history.Unconfirmed {
			s.t.Errorf("%s still is %s", key, e.State)
		}
	}
	if unknown := s.unknownPredictions(known); unknown > unsure {
		s.t.Errorf("I3: %d predictions in no journal, %d unconfirmed", unknown, unsure)
	}
}

// countUncertain counts the attempts of an entry that may have made a prediction which the entry does not know.
func countUncertain(e history.Entry) int {
	n := 0
	for _, a := range e.Attempts {
		if a.Sent == "maybe" {
			n++
		}
	}
	return n
}

// unknownPredictions counts the provider's predictions that are in no journal.
func (s *schedule) unknownPredictions(known map[string]bool) int {
	page, err := newClient(s.t, withList, s.server.Transport()).List(context.Background(), "")
	if err != nil {
		s.t.Fatal(err)
	}
	n := 0
	for _, p := range page.Predictions {
		if !known[p.ID] {
			n++
		}
	}
	return n
}
