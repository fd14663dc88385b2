package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// refresh does what a face does every second: it reads what others wrote, and passes it to the runner.
func (h *harness) refresh() {
	h.t.Helper()
	changed, err := h.history.Refresh(h.ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	changes, tasks := h.runner.ObserveJournal(changed)
	for _, c := range changes {
		h.onChange(c, runner.Task{})
	}
	for _, task := range tasks {
		h.perform(task)
	}
}

// TestFaultTwoInstances: several programs over one folder. Each job has one driver, each picture is fetched once, nothing is
// bought twice, and each program sees what the others wrote within two seconds (I15).
func TestFaultTwoInstances(t *testing.T) {
	t.Parallel()
	scenario(t, "one driver", withList, oneDriverPerJob)
	scenario(t, "a cancel is handed over", withList, cancelIsHandedOver)
	scenario(t, "a cancel of an orphan", withList, cancelOfAnOrphan)
	scenario(t, "both resend an unconfirmed one", withoutList, bothResendOneUnconfirmed)
	scenario(t, "a star of a running job is kept", withList, starOfARunningJobIsKept)
	scenario(t, "both resume orphans", withList, bothResumeOrphans)
	scenario(t, "both follow a lost job", withList, bothFollowALostJob)
	scenario(t, "each sees the other's lines", withList, eachSeesTheOthersLines)
}

func oneDriverPerJob(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	key := a.submit("x [slow]")
	a.waitFor(key, history.Waiting)
	b := newHarness(t, dir, server, withList)
	defer b.close()
	if others := b.resume(); others.DrivenElsewhere != 1 || others.Total() != 1 || len(b.runner.Live()) != 0 {
		t.Errorf("%+v, %d taken up", others, len(b.runner.Live()))
	}
	e := b.entry(key)
	b.onChange(b.runner.Follow(e))
	if !b.hasNotice(runner.AlreadyEnded) && !b.hasNotice(runner.OwnedElsewhere) {
		t.Errorf("notices %v", b.notices)
	}
}

func cancelIsHandedOver(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	key := a.submit("x [slow]")
	a.waitFor(key, history.Waiting)
	b := newHarness(t, dir, server, withList)
	defer b.close()
	b.cancel(key)
	b.advance(time.Second)
	if !b.hasNotice(runner.HandedOver) || server.Counts().Cancels != 0 {
		t.Fatalf("notices %v, %d cancels", b.notices, server.Counts().Cancels)
	}
	a.refresh()
	a.waitFor(key, history.Stopped)
	a.advance(time.Second)
	b.refresh()
	if e := b.entry(key); e.State != history.Stopped || e.CancelReason != "canceled" || e.Requested != "" {
		t.Errorf("%s %q, wanted %q", e.State, e.CancelReason, e.Requested)
	}
}

func cancelOfAnOrphan(t *testing.T, dir string, server *demo.Server, a *harness) {
	key := a.submit("x [slow]")
	a.waitFor(key, history.Waiting)
	a.close()
	b := newHarness(t, dir, server, withList)
	defer b.close()
	b.cancel(key)
	b.cancel(key) // both tasks read the journal
	b.waitFor(key, history.Stopped)
	if !b.hasNotice(runner.Cancelled) || server.Counts().Cancels != 1 {
		t.Errorf("notices %v, %d cancels", b.notices, server.Counts().Cancels)
	}
}

func bothResendOneUnconfirmed(t *testing.T, dir string, server *demo.Server, a *harness) {
	defer a.close()
	a.setFaults(demo.Fault{On: demo.Create, Reset: true, Times: 1})
	key := a.submit("x")
	a.waitFor(key, history.Unconfirmed)
	b := newHarness(t, dir, server, withoutList)
	defer b.close()
	e := b.entry(key)
	a.onChange(a.runner.Resend(e))
	b.onChange(b.runner.Resend(e)) // at the same moment: one of them must give way
	a.advance(time.Minute)
	b.advance(time.Minute)
	b.refresh()
	if c := server.Counts(); c.Accepted != 1 {
		t.Errorf("accepted %d", c.Accepted)
	}
	if e := b.entry(key); e.State != history.Done {
		t.Errorf("on disk %s", e.State)
	}
}

func starOfARunningJobIsKept(t *testing.T, dir string, server *demo.Server, h *harness) {
	defer h.close()
	key := h.submit("x [slow]")
	h.waitFor(key, history.Waiting)
	e, err := h.history.Append(key, func(e history.Entry) history.Entry { e.Star, e.Note = true, "good"; return e })
	if err != nil {
		t.Fatal(err)
	}
	if changes, _ := h.runner.ObserveJournal([]history.Entry{e}); len(changes) != 1 || !changes[0].Row.Star {
		t.Errorf("%+v", changes)
	}
	h.waitFor(key, history.Done)
	if e := h.entry(key); !e.Star || e.Note != "good" {
		t.Errorf("star %v, note %q", e.Star, e.Note)
	}
}
