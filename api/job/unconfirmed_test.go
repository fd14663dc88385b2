package job

import (
	"testing"
	"time"

	"tintype/api"
)

// newUnconfirmed returns a purchase without an answer.
func newUnconfirmed(t *testing.T, r Rules) *script {
	s := newScript(t, r)
	s.send()
	s.apply(NotCreated{s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
	return s
}

// TestI04HonestUnknown: an unconfirmed purchase only looks at the list, a few times. It ends by being found there, or on
// request.
func TestI04HonestUnknown(t *testing.T) {
	t.Parallel()
	t.Run("found", func(t *testing.T) {
		s := newUnconfirmed(t, rules)
		s.apply(Found{s.answer(), api.Prediction{ID: "p1", Status: api.Succeeded}})
		s.expect(Waiting, "", Poll)
	})
	t.Run("looked for a few times", func(t *testing.T) {
		s := newUnconfirmed(t, rules)
		for range findDelays {
			s.expect(Unconfirmed, NoAnswer, Find)
			s.apply(NotFound{Failure{Answer: s.answer()}})
		}
		s.expect(Unconfirmed, NoAnswer, NoCommand)
		s.apply(FollowRequested{Moment{s.now}})
		s.expect(Unconfirmed, NoAnswer, Find)
	})
	t.Run("no list", func(t *testing.T) {
		newUnconfirmed(t, Rules{MinPollInterval: time.Second}).expect(Unconfirmed, NoAnswer, NoCommand)
	})
	t.Run("settled", func(t *testing.T) {
		s := newUnconfirmed(t, rules)
		s.apply(DismissRequested{Moment{s.now}})
		s.expect(Stopped, Dismissed, NoCommand)
	})
	t.Run("sent again", func(t *testing.T) {
		s := newUnconfirmed(t, rules)
		s.apply(ResendRequested{Moment{s.now}})
		s.expect(Creating, "", Create)
	})
	t.Run("cancelled once found", func(t *testing.T) {
		s := newUnconfirmed(t, rules)
		s.apply(CancelRequested{Moment{s.now}})
		s.expect(Unconfirmed, NoAnswer, Find)
		s.apply(Found{s.answer(), api.Prediction{ID: "p1", Status: api.Processing}})
		s.expect(Waiting, "", Cancel)
	})
}

// TestI04HonestUnknownForEver: however often the program starts and finds nothing, the job stays unconfirmed and is not
// bought again.
func TestI04HonestUnknownForEver(t *testing.T) {
	t.Parallel()
	for _, r := range []Rules{rules, {MinPollInterval: time.Second}} {
		s := newUnconfirmed(t, r)
		for range 50 {
			s.now = s.now.Add(time.Hour)
			for s.job.Pending == Find {
				s.apply(NotFound{Failure{Answer: s.answer()}})
			}
			s.expect(Unconfirmed, NoAnswer, NoCommand)
			s.job, _ = Restore(Record{State: s.job.State, Reason: s.job.Reason, MayBeSent: true, Since: start}, r, s.now)
			if s.job.State != Unconfirmed || s.job.Pending != NoCommand && s.job.Pending != Find {
				t.Fatalf("after a start: %s %q doing %q", s.job.State, s.job.Reason, s.job.Pending)
			}
		}
	}
}

// TestI04HonestUnknownSentAgainInVain: a second purchase that was certainly not accepted says nothing about the first,
// which stays unconfirmed.
func TestI04HonestUnknownSentAgainInVain(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(s *script){
		"taken back":       func(s *script) { s.apply(CancelRequested{Moment{s.now}}) },
		"not written down": func(s *script) { s.apply(NotRecorded{s.failure(api.CodeClient, api.NotSent)}) },
		"never left":       func(s *script) { s.apply(NotCreated{s.failure(api.CodeTLS, api.NotSent)}) },
		"refused":          func(s *script) { s.apply(NotCreated{s.failure(api.CodeCredit, api.Refused)}) },
		"asked to wait, and then taken back": func(s *script) {
			s.apply(NotCreated{s.failure(api.CodeRate, api.RateLimited)})
			s.apply(CancelRequested{Moment{s.now}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := newUnconfirmed(t, rules)
			s.apply(ResendRequested{Moment{s.now}})
			end(s)
			s.expect(Unconfirmed, NoAnswer, Find)
			s.apply(DismissRequested{Moment{s.now}})
			s.apply(ResendRequested{Moment{s.now}})
			s.apply(NotCreated{s.failure(api.CodeCredit, api.Refused)})
			s.expect(Failed, Refused, NoCommand) // a person had dismissed the first
		})
	}
}
