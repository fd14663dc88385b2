package job

import (
	"math/rand/v2"
	"testing"
	"time"

	"tintype/api"
)

// newSaving returns a job that has just succeeded, with one picture.
func newSaving(t *testing.T, p api.Prediction) *script {
	t.Helper()
	s := newScript(t, rules)
	s.create("p1")
	p.ID, p.Status, p.Output = "p1", api.Succeeded, []string{"https://a/1"}
	s.poll(p)
	s.expect(Saving, "", Save)
	return s
}

// notSaved applies a failed try.
func (s *script) notSaved(why FetchFailure, err api.Error, jitter float64) Step {
	s.send()
	m := s.failure(err.Code, api.OutcomeUnknown)
	m.Err, m.Jitter = &err, jitter
	return s.apply(NotSaved{Failure: m, FetchFailure: why})
}

// TestI11ExpiryRaceForTheHour: whatever fails, in any order, the tries go on for an hour after the end was first seen, by no
// more than a minute's pause, or the five that the server asks for. The last is made when the hour is over.
func TestI11ExpiryRaceForTheHour(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		dice := rand.New(rand.NewPCG(seed, 1))
		s := newSaving(t, api.Prediction{})
		begun, tries, last := s.now, 0, Retryable
		for s.job.State == Saving && tries < 1000 {
			last = []FetchFailure{Retryable, Corrupt, NoOutput}[dice.IntN(3)]
			err := api.Error{Code: []api.Code{api.CodeExpired, api.CodeRefused, api.CodeServer, api.CodeTLS, api.CodeBadResponse}[dice.IntN(5)]}
			if dice.IntN(20) == 0 {
				err.HasRetryAfter, err.RetryAfter = true, time.Duration(dice.IntN(400))*time.Minute
			}
			before := s.now
			step := s.notSaved(last, err, dice.Float64())
			tries++
			if pause := step.At.Sub(before); s.job.State == Saving && pause > maxProviderWait || pause > savePauseCap && !err.HasRetryAfter {
				t.Fatalf("seed %d: a pause of %v", seed, pause)
			}
			if s.job.State == Saving {
				s.now = step.At
			}
		}
		want := map[FetchFailure]Reason{Retryable: Expired, Corrupt: BadPicture, NoOutput: Empty}[last]
		s.expect(Lost, want, NoCommand)
		if after := s.now.Sub(begun); after < Retention || after > Retention+time.Second || tries < 20 {
			t.Fatalf("seed %d: lost after %v and %d tries", seed, after, tries)
		}
	}
}

// TestSavePause: the pauses grow by a half from a second to a minute, and none is shorter than half of that.
func TestSavePause(t *testing.T) {
	t.Parallel()
	s := newSaving(t, api.Prediction{})
	for i, want := range []float64{1, 1.5, 2.3, 3.4, 5.1, 7.6, 11.4, 17.1, 25.6, 38.4, 57.7, 60, 60, 60} {
		step := s.notSaved(Retryable, api.Error{Code: api.CodeExpired, HTTPStatus: 404}, 0.999999)
		for what, pause := range map[string]time.Duration{"at most": step.At.Sub(s.now), "at least twice": 2 * savePause(i+1, 0)} {
			if (pause.Seconds()-want) > 0.06 || (pause.Seconds()-want) < -0.06 {
				t.Errorf("after %d failures %s %v, want %v s", i+1, what, pause, want)
			}
		}
		s.now = step.At
	}
	if savePause(1_000_000, 0.5) > savePauseCap {
		t.Error("after a million failures it is too long")
	}
}

// TestSaveEndsEarlyByProofAlone: the provider says that the data is removed, or nothing is fetched from there.
func TestSaveEndsEarlyByProofAlone(t *testing.T) {
	t.Parallel()
	for why, reason := range map[FetchFailure]Reason{Deleted: Expired, Forbidden: Unfetchable} {
		s := newSaving(t, api.Prediction{})
		s.notSaved(why, api.Error{Code: api.CodeBlocked}, 0)
		s.expect(Lost, reason, NoCommand)
		if why == Deleted && s.job.ExpiresAt.After(s.now) {
			t.Errorf("deleted at %v, which is to come", s.job.ExpiresAt)
		}
	}
}

// TestI11ExpiryRaceFromTheLatest: the hour counts from the latest of the provider's stamp, the sending, and the first sight of the end; a
// moment in the future counts as now.
func TestI11ExpiryRaceFromTheLatest(t *testing.T) {
	t.Parallel()
	ago := func(minutes int) time.Time { return start.Add(-time.Duration(minutes) * time.Minute) }
	never := time.Time{}
	for name, c := range map[string]struct {
		completed, server, sent, seen time.Time
		left                          time.Duration
	}{
		"no stamp":                        {never, never, ago(90), ago(50), 60 * time.Minute},
		"by our clock":                    {ago(20), never, ago(25), never, 40 * time.Minute},
		"by a server that is fast":        {start.Add(40 * time.Minute), start.Add(time.Hour), ago(25), never, 40 * time.Minute},
		"by a server that is slow":        {ago(80), ago(60), ago(25), never, 40 * time.Minute},
		"a stamp of 1970":                 {time.Unix(1, 0), never, ago(25), ago(10), 50 * time.Minute},
		"a stamp of 1970, unseen":         {time.Unix(1, 0), start, ago(25), never, 35 * time.Minute},
		"a stamp without its zone":        {start.Add(8 * time.Hour), start, ago(25), ago(10), 60 * time.Minute},
		"seen late":                       {ago(50), start, ago(55), ago(5), 55 * time.Minute},
		"a sight in the future":           {ago(50), start, ago(55), start.Add(24 * time.Hour), 60 * time.Minute},
		"long over":                       {ago(600), start, ago(601), ago(599), -539 * time.Minute},
		"an end a hundred years from now": {start.Add(100 * 365 * 24 * time.Hour), never, ago(1), never, 60 * time.Minute},
	} {
		p := api.Prediction{CompletedAt: c.completed, ServerTime: c.server}
		if left := ExpiresAt(p, c.sent, c.seen, start).Sub(start); left != c.left {
			t.Errorf("%s: %v left, want %v", name, left, c.left)
		}
	}
}

// TestSaveHourOverARestart: a restart does not extend the hour, whatever fails, once the provider was asked.
func TestSaveHourOverARestart(t *testing.T) {
	t.Parallel()
	s := newSaving(t, api.Prediction{})
	kept := Record{State: Saving, ID: "p1", Since: s.job.Since, EndSeen: s.job.EndSeen, ExpiresAt: s.job.ExpiresAt}
	s = restored(t, kept, 40*time.Minute)
	if left := s.job.ExpiresAt.Sub(s.now); left != 20*time.Minute || !s.job.EndSeen.Equal(kept.EndSeen) {
		t.Errorf("%v left, seen %v", left, s.job.EndSeen)
	}
	s = restored(t, kept, 3*time.Hour)
	s.send()
	asked := ExpiresAt(api.Prediction{CompletedAt: start, ServerTime: s.now}, s.job.Since, s.job.EndSeen, s.now)
	s.apply(NotSaved{Failure: s.failure(api.CodeExpired, api.OutcomeUnknown), ExpiresAt: asked})
	s.expect(Lost, Expired, NoCommand)
}
