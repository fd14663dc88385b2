package job

import (
	"testing"

	"tintype/api"
)

// TestCancelInEachState: a cancel stops at once what has not left, waits for the id of what has, and is sent to what runs.
func TestCancelInEachState(t *testing.T) {
	t.Run("before it left", func(t *testing.T) {
		s := play(t, rules)
		s.on(CancelRequested{Moment{s.now}})
		s.is(Stopped, NeverSent, NoCommand)
		if !s.job.CanUndoCancel() {
			t.Fatal("cannot be taken back")
		}
		s.on(CancelUndone{Moment{s.now}})
		s.is(Creating, "", Create)
	})
	t.Run("while it is out", func(t *testing.T) {
		s := play(t, rules)
		s.depart()
		s.on(CancelRequested{Moment{s.now}})
		s.is(Creating, "", Create)
		s.on(Created{s.a(), api.Prediction{ID: "p1", Status: api.Starting}})
		s.is(Waiting, "", Cancel)
	})
	t.Run("while it runs", func(t *testing.T) {
		s := play(t, rules)
		s.create("p1")
		poll := s.a()
		s.on(CancelRequested{Moment{s.now}})
		s.is(Waiting, "", Cancel)
		s.on(Polled{poll, api.Prediction{ID: "p1", Status: api.Succeeded}}) // superseded
		s.is(Waiting, "", Cancel)
		s.depart()
		s.on(CancelAccepted{s.a(), api.Prediction{ID: "p1", Status: api.Canceled}})
		s.is(Stopped, Canceled, NoCommand)
	})
}

// TestCancelThatMeetsSomethingElse: success wins over it; a provider that cannot cancel is believed; one that runs on is asked after.
func TestCancelThatMeetsSomethingElse(t *testing.T) {
	t.Run("too late", func(t *testing.T) {
		s := play(t, rules)
		s.create("p1")
		s.on(CancelRequested{Moment{s.now}})
		s.depart()
		s.on(CancelAccepted{s.a(), api.Prediction{ID: "p1", Status: api.Succeeded}})
		s.is(Waiting, "", Poll)
		s.poll(api.Prediction{ID: "p1", Status: api.Succeeded, Output: []string{"https://a/1"}})
		s.is(Saving, "", Save)
		s.on(CancelRequested{Moment{s.now}})
		s.is(Saving, "", Save)
	})
	t.Run("no such route", func(t *testing.T) {
		s := play(t, rules)
		s.create("p1")
		s.on(CancelRequested{Moment{s.now}})
		s.depart()
		s.on(CancelRefused{s.m(api.CodeNoSuchRoute, api.OutcomeUnknown)})
		s.is(Stopped, Abandoned, NoCommand)
		s.on(FollowRequested{Moment{s.now}})
		s.is(Waiting, "", Poll)
	})
	t.Run("the provider takes it and runs on", func(t *testing.T) {
		s := play(t, rules)
		s.create("p1")
		s.on(CancelRequested{Moment{s.now}})
		s.depart()
		s.on(CancelAccepted{s.a(), api.Prediction{ID: "p1", Status: api.Processing}})
		s.is(Waiting, "", Poll)
		s.poll(api.Prediction{ID: "p1", Status: api.Canceled})
		s.is(Stopped, Canceled, NoCommand)
	})
}

func TestCancelThatDoesNotGetThrough(t *testing.T) {
	s := play(t, rules)
	s.create("p1")
	s.on(CancelRequested{Moment{s.now}})
	for range maxCancels - 1 {
		s.depart()
		s.on(CancelRefused{s.m(api.CodeUnreachable, api.OutcomeUnknown)})
		s.is(Waiting, "", Cancel)
	}
	s.depart()
	s.on(CancelRefused{s.m(api.CodeUnreachable, api.OutcomeUnknown)})
	s.is(Waiting, "", Poll)
	if s.job.CancelRequested || s.job.Err == nil {
		t.Fatal("it must say that the cancel did not get through")
	}
}
