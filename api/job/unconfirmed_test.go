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
	s.on(NotCreated{s.m(api.CodeUnreachable, api.Unknown)})
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
			s.on(NotFound{Mishap{Answer: s.a()}})
		}
		s.is(Unconfirmed, NoAnswer, Nothing)
		s.on(FollowAsked{Moment{s.now}})
		s.is(Unconfirmed, NoAnswer, Find)
	})
	t.Run("no list", func(t *testing.T) {
		unsure(t, Rules{Gap: time.Second}).is(Unconfirmed, NoAnswer, Nothing)
	})
	t.Run("settled", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(SettleAsked{Moment{s.now}})
		s.is(Stopped, Settled, Nothing)
	})
	t.Run("sent again", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(ResendAsked{Moment{s.now}})
		s.is(Creating, "", Create)
	})
	t.Run("cancelled once found", func(t *testing.T) {
		s := unsure(t, rules)
		s.on(CancelAsked{Moment{s.now}})
		s.is(Unconfirmed, NoAnswer, Find)
		s.on(Found{s.a(), api.Prediction{ID: "p1", Status: api.Processing}})
		s.is(Waiting, "", Cancel)
	})
}

// TestI04HonestUnknownForEver: however often the program starts and looks in vain, it stands as unconfirmed, and is not bought.
func TestI04HonestUnknownForEver(t *testing.T) {
	for _, r := range []Rules{rules, {Gap: time.Second}} {
		s := unsure(t, r)
		for range 50 {
			s.now = s.now.Add(time.Hour)
			for s.job.Expects == Find {
				s.on(NotFound{Mishap{Answer: s.a()}})
			}
			s.is(Unconfirmed, NoAnswer, Nothing)
			s.job, _ = Restore(Record{State: s.job.State, Reason: s.job.Reason, MayBeSent: true, Since: start}, r, s.now)
			if s.job.State != Unconfirmed || s.job.Expects != Nothing && s.job.Expects != Find {
				t.Fatalf("after a start: %s %q doing %q", s.job.State, s.job.Reason, s.job.Expects)
			}
		}
	}
}

// TestI04HonestUnknownSentAgainInVain: a second purchase that was certainly not accepted says nothing about the first, which is as
// unconfirmed as before.
func TestI04HonestUnknownSentAgainInVain(t *testing.T) {
	for name, end := range map[string]func(s *script){
		"taken back":       func(s *script) { s.on(CancelAsked{Moment{s.now}}) },
		"not written down": func(s *script) { s.on(NotRecorded{s.m(api.CodeLocal, api.NotSent)}) },
		"never left":       func(s *script) { s.on(NotCreated{s.m(api.CodeTLS, api.NotSent)}) },
		"refused":          func(s *script) { s.on(NotCreated{s.m(api.CodeCredit, api.Refused)}) },
		"asked to wait, and then taken back": func(s *script) {
			s.on(NotCreated{s.m(api.CodeRate, api.AskedToWait)})
			s.on(CancelAsked{Moment{s.now}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := unsure(t, rules)
			s.on(ResendAsked{Moment{s.now}})
			end(s)
			s.is(Unconfirmed, NoAnswer, Find)
			s.on(SettleAsked{Moment{s.now}})
			s.on(ResendAsked{Moment{s.now}})
			s.on(NotCreated{s.m(api.CodeCredit, api.Refused)})
			s.is(Failed, Refused, Nothing) // a person said that nothing came of the first
		})
	}
}
