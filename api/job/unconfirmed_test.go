package job

import (
	"testing"
	"time"

	"tintype/api"
)

// unsure plays a purchase whose answer never came.
func unsure(t *testing.T, r Rules) *script {
	s := play(t, r)
	s.depart()
	s.on(NotCreated{s.m(api.CodeUnreachable, api.OutcomeUnknown)})
	return s
}

// TestI04HonestUnknown: an unconfirmed purchase only looks into the list, a few times; it ends by a finding there or by hand.
func TestI04HonestUnknown(t *testing.T) {
	t.Run("found", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(Found{s.a(), api.Prediction{ID: "p1", Status: api.Succeeded}})
		s.is(Waiting, "", Poll)
	})
	t.Run("looked for a few times", func(t *testing.T) {
		s := unsure(t, rules)
		for range lookGaps {
			s.is(Unconfirmed, NoAnswer, Find)
			s.on(NotFound{Failure{Answer: s.a()}})
		}
		s.is(Unconfirmed, NoAnswer, NoCommand)
		s.on(FollowRequested{Moment{s.now}})
		s.is(Unconfirmed, NoAnswer, Find)
	})
	t.Run("no list", func(t *testing.T) {
		unsure(t, Rules{MinPollInterval: time.Second}).is(Unconfirmed, NoAnswer, NoCommand)
	})
	t.Run("settled", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(DismissRequested{Moment{s.now}})
		s.is(Stopped, Dismissed, NoCommand)
	})
	t.Run("sent again", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(ResendRequested{Moment{s.now}})
		s.is(Creating, "", Create)
	})
	t.Run("cancelled once found", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(CancelRequested{Moment{s.now}})
		s.is(Unconfirmed, NoAnswer, Find)
		s.on(Found{s.a(), api.Prediction{ID: "p1", Status: api.Processing}})
		s.is(Waiting, "", Cancel)
	})
}

// TestI04HonestUnknownForEver: however often the program starts and looks in vain, it stands as unconfirmed, and is not bought.
func TestI04HonestUnknownForEver(t *testing.T) {
	for _, r := range []Rules{rules, {MinPollInterval: time.Second}} {
		s := unsure(t, r)
		for range 50 {
			s.now = s.now.Add(time.Hour)
			for s.job.Pending == Find {
				s.on(NotFound{Failure{Answer: s.a()}})
			}
			s.is(Unconfirmed, NoAnswer, NoCommand)
			s.job, _ = Restore(Record{State: s.job.State, Reason: s.job.Reason, MayBeSent: true, Since: start}, r, s.now)
			if s.job.State != Unconfirmed || s.job.Pending != NoCommand && s.job.Pending != Find {
				t.Fatalf("after a start: %s %q doing %q", s.job.State, s.job.Reason, s.job.Pending)
			}
		}
	}
}

// TestI04HonestUnknownSentAgainInVain: a second purchase that was certainly not accepted says nothing about the first, which is as
// unconfirmed as before.
func TestI04HonestUnknownSentAgainInVain(t *testing.T) {
	for name, end := range map[string]func(s *script){
		"taken back":       func(s *script) { s.on(CancelRequested{Moment{s.now}}) },
		"not written down": func(s *script) { s.on(NotRecorded{s.m(api.CodeClient, api.NotSent)}) },
		"never left":       func(s *script) { s.on(NotCreated{s.m(api.CodeTLS, api.NotSent)}) },
		"refused":          func(s *script) { s.on(NotCreated{s.m(api.CodeCredit, api.Refused)}) },
		"asked to wait, and then taken back": func(s *script) {
			s.on(NotCreated{s.m(api.CodeRate, api.RateLimited)})
			s.on(CancelRequested{Moment{s.now}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := unsure(t, rules)
			s.on(ResendRequested{Moment{s.now}})
			end(s)
			s.is(Unconfirmed, NoAnswer, Find)
			s.on(DismissRequested{Moment{s.now}})
			s.on(ResendRequested{Moment{s.now}})
			s.on(NotCreated{s.m(api.CodeCredit, api.Refused)})
			s.is(Failed, Refused, NoCommand) // a person said that nothing came of the first
		})
	}
}
