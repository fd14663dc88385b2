package job

import (
	"testing"

	"tintype/api"
)

// TestCancelInEachState: a cancel stops what was not sent, waits for the id of what was sent, and is sent to what runs.
func TestCancelInEachState(t *testing.T) {
	t.Parallel()
	t.Run("before it left", func(t *testing.T) {
		s := newScript(t, rules)
		s.apply(CancelRequested{Moment{s.now}})
		s.expect(Stopped, NeverSent, NoCommand)
		if !s.job.CanUndoCancel() {
			t.Fatal("the cancel cannot be undone")
		}
		s.apply(CancelUndone{Moment{s.now}})
		s.expect(Creating, "", Create)
	})
	t.Run("while it is out", func(t *testing.T) {
		s := newScript(t, rules)
		s.send()
		s.apply(CancelRequested{Moment{s.now}})
		s.expect(Creating, "", Create)
		s.apply(Created{s.answer(), api.Prediction{ID: "p1", Status: api.Starting}})
		s.expect(Waiting, "", Cancel)
	})
	t.Run("while it runs", func(t *testing.T) {
		s := newScript(t, rules)
		s.create("p1")
		poll := s.answer()
		s.apply(CancelRequested{Moment{s.now}})
		s.expect(Waiting, "", Cancel)
		s.apply(Polled{poll, api.Prediction{ID: "p1", Status: api.Succeeded}}) // superseded
		s.expect(Waiting, "", Cancel)
		s.send()
		s.apply(CancelAccepted{s.answer(), api.Prediction{ID: "p1", Status: api.Canceled}})
		s.expect(Stopped, Canceled, NoCommand)
	})
}

// TestCancelThatMeetsSomethingElse: success counts even after a cancel; a provider that cannot cancel is not asked
// again; a prediction that still runs is polled.
func TestCancelThatMeetsSomethingElse(t *testing.T) {
	t.Parallel()
	t.Run("too late", func(t *testing.T) {
		s := newScript(t, rules)
		s.create("p1")
		s.apply(CancelRequested{Moment{s.now}})
		s.send()
		s.apply(CancelAccepted{s.answer(), api.Prediction{ID: "p1", Status: api.Succeeded}})
		s.expect(Waiting, "", Poll)
		s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
		s.expect(Saving, "", Save)
		s.apply(CancelRequested{Moment{s.now}})
		s.expect(Saving, "", Save)
	})
	t.Run("a page with 200", func(t *testing.T) {
		documented := rules
		documented.CanCancel = true
		s := newScript(t, documented)
		s.create("p1")
		s.apply(CancelRequested{Moment{s.now}})
		s.send()
		s.apply(CancelRefused{Failure{Answer: s.answer(), Err: &api.Error{Code: api.CodeNoSuchRoute, HTTPStatus: 200}}})
		s.expect(Waiting, "", Poll)
		if !s.job.CancelSent {
			t.Error("the cancel was taken, and does not count")
		}
		s.poll(api.Prediction{ID: "p1", Status: api.Processing})
		s.expect(Waiting, "", Poll)
		s.now = s.now.Add(cancelDoubt)
		s.poll(api.Prediction{ID: "p1", Status: api.Processing})
		s.expect(Stopped, Abandoned, NoCommand)
	})
	t.Run("no such route", func(t *testing.T) {
		s := newScript(t, rules)
		s.create("p1")
		s.apply(CancelRequested{Moment{s.now}})
		s.send()
		s.apply(CancelRefused{s.failure(api.CodeNoSuchRoute, api.OutcomeUnknown)})
		s.expect(Stopped, Abandoned, NoCommand)
		s.apply(FollowRequested{Moment{s.now}})
		s.expect(Waiting, "", Poll)
	})
	t.Run("the provider takes it and runs on", func(t *testing.T) {
		s := newScript(t, rules)
		s.create("p1")
		s.apply(CancelRequested{Moment{s.now}})
		s.send()
		s.apply(CancelAccepted{s.answer(), api.Prediction{ID: "p1", Status: api.Processing}})
		s.expect(Waiting, "", Poll)
		s.poll(api.Prediction{ID: "p1", Status: api.Canceled})
		s.expect(Stopped, Canceled, NoCommand)
	})
}

func TestCancelThatDoesNotGetThrough(t *testing.T) {
	t.Parallel()
	s := newScript(t, rules)
	s.create("p1")
	s.apply(CancelRequested{Moment{s.now}})
	for range maxCancels - 1 {
		s.send()
		s.apply(CancelRefused{s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
		s.expect(Waiting, "", Cancel)
	}
	s.send()
	s.apply(CancelRefused{s.failure(api.CodeUnreachable, api.OutcomeUnknown)})
	s.expect(Waiting, "", Poll)
	if s.job.CancelRequested || s.job.Err == nil {
		t.Fatal("the job must report that the cancel failed")
	}
}
