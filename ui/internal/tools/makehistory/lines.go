package main

import (
	"fmt"
	"math"
	"time"

	"tintype/history"
)

// journalLines are the journal lines of one prediction.
type journalLines struct {
	user    *simulatedUser
	at      time.Time
	entries []history.Entry
}

func (l *journalLines) add(e history.Entry) history.Entry {
	e.Rev++
	e.Time = l.at
	l.entries = append(l.entries, e)
	return e
}

func (l *journalLines) advance(seconds float64) {
	l.at = l.at.Add(time.Duration(seconds * float64(time.Second)))
}

func (l *journalLines) addRefused(e history.Entry) {
	l.advance(0.3)
	e.State, e.Status = history.Failed, ""
	e.Attempts = []history.Attempt{{Time: l.at, Sent: "yes", Status: 402, Error: "credit"}}
	e.Error = &history.EntryError{Code: "credit", Sentence: "The account has no credit left.", Detail: "Insufficient credit."}
	l.add(e)
}

func (l *journalLines) addUnconfirmed(e history.Entry) {
	l.advance(30)
	e.State = history.Unconfirmed
	e.Attempts = []history.Attempt{{Time: l.at, Sent: "maybe", Error: "unreachable"}}
	e.Error = &history.EntryError{Code: "unreachable", Sentence: "The line broke before the answer."}
	l.add(e)
}

func (l *journalLines) addAccepted(e history.Entry, takes, price float64) {
	r := l.user.rng
	l.advance(0.25)
	e.Attempts = []history.Attempt{{Time: l.at, Sent: "yes", Status: 201}}
	e.State, e.Status, e.ID, e.CreatedAt = history.Waiting, "starting", randomID(r), l.at
	e = l.add(e)
	duration := takes * math.Exp(r.NormFloat64()*0.25)
	l.advance(duration)
	seed := int64(r.IntN(1 << 16))
	if s, ok := e.Input["seed"].(int); ok {
		seed = int64(s)
	}
	e.Seed, e.StartedAt, e.CompletedAt = &seed, e.CreatedAt.Add(8*time.Millisecond), l.at
	e.Logs = logs(seed, duration)
	switch n := r.IntN(100); {
	case n < 2:
		e.State, e.Status = history.Failed, "failed"
		e.Error = &history.EntryError{
			Code: "E005", Sentence: "Flagged by the provider's filter.",
			Detail: "The input or output was flagged as sensitive. Please try again with different inputs. (E005)",
		}
		l.add(e)
		return
	case n < 5:
		e.State, e.Status, e.Seed, e.CancelReason = history.Stopped, "canceled", nil, "canceled by the user"
		l.add(e)
		return
	}
	e.Metrics = map[string]float64{"predict_time": roundMicro(duration), "total_time": roundMicro(duration + 0.01)}
	if price > 0 {
		e.Cost = &price
	}
	url := fmt.Sprintf("https://replicate.delivery/yhqm/%s/out-0.%s", randomHex(r, 48), e.Input["output_format"])
	e.State, e.Status, e.Outputs = history.Saving, "succeeded", []history.Output{{URL: url}}
	e = l.add(e)
	l.advance(0.4)
	l.addSaved(e)
}

func (l *journalLines) addSaved(e history.Entry) {
	r := l.user.rng
	e.State = history.Done
	e.Outputs = []history.Output{{
		URL: e.Outputs[0].URL, Path: fmt.Sprintf("pictures/%s-%s.%s", l.at.Format("2006-01-02"), e.Key, e.Input["output_format"]),
		SHA256: randomHex(r, 64), Bytes: int64(60000 + r.IntN(900000)), Width: 1024, Height: 1024,
	}}
	e = l.add(e)
	if r.IntN(25) == 0 {
		l.advance(float64(r.IntN(60)))
		e.Star = true
		l.add(e)
	}
	if r.IntN(100) == 0 {
		l.user.toStar = append(l.user.toStar, e)
	}
}

func roundMicro(s float64) float64 { return math.Round(s*1e6) / 1e6 }

func logs(seed int64, duration float64) string {
	s := fmt.Sprintf("Using seed: %d\n", seed)
	for step := range 5 {
		s += fmt.Sprintf("%3d%%|%s| %d/4 [00:%02d<00:%02d, %.2fit/s]\n", step*25, "██████████"[:3*(step*10/4)], step,
			int(duration)*step/4, int(duration)*(4-step)/4, 4/duration)
	}
	return s
}
