package runner_test

import (
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
	"tintype/ui/runner"
)

// refresh does what a face does each second: it reads what others wrote, and lets the studio heed it.
func (d *desk) refresh() {
	d.t.Helper()
	changed, err := d.history.Refresh(d.ctx)
	if err != nil {
		d.t.Fatal(err)
	}
	changes, tasks := d.studio.ObserveJournal(changed)
	for _, c := range changes {
		d.saw(c, runner.Task{})
	}
	for _, task := range tasks {
		d.do(task)
	}
}

// TestFaultTwoInstances: several programs over one folder. Row “two app instances”: each job has one driver, each picture is fetched
// once, nothing is bought twice, and each sees what the others wrote within two seconds (I15).
func TestFaultTwoInstances(t *testing.T) {
	story(t, "one driver", listing, twoOneDriver)
	story(t, "a cancel is handed over", listing, twoACancelIsHandedOver)
	story(t, "a cancel of an orphan", listing, twoACancelOfAnOrphan)
	story(t, "both settle one that is unconfirmed", comet, twoBothSettleOneThatIsUnconfirmed)
	story(t, "a star given meanwhile stays", listing, twoAStarGivenMeanwhileStays)
	story(t, "orphans that both reach for", listing, twoReachForOrphans)
	story(t, "a lost picture that both fetch again", listing, twoFetchALostOne)
	story(t, "each sees the other's lines", listing, twoSeeEachOther)
}

func twoOneDriver(t *testing.T, dir string, server *demo.Server, a *desk) {
	defer a.leave()
	key := a.submit("x [slow]")
	a.until(key, history.Waiting)
	b := sit(t, dir, server, listing)
	defer b.leave()
	if others := b.adopt(); others.DrivenElsewhere != 1 || others.Total() != 1 || len(b.studio.Live()) != 0 {
		t.Errorf("%+v, %d taken up", others, len(b.studio.Live()))
	}
	e := b.entry(key)
	b.saw(b.studio.Follow(e))
	if !b.was(runner.AlreadyEnded) && !b.was(runner.OwnedElsewhere) {
		t.Errorf("told %v", b.told)
	}
}

func twoACancelIsHandedOver(t *testing.T, dir string, server *demo.Server, a *desk) {
	defer a.leave()
	key := a.submit("x [slow]")
	a.until(key, history.Waiting)
	b := sit(t, dir, server, listing)
	defer b.leave()
	b.cancel(key)
	b.pass(time.Second)
	if !b.was(runner.HandedOver) || server.Counts().Cancels != 0 {
		t.Fatalf("told %v, %d cancels", b.told, server.Counts().Cancels)
	}
	a.refresh()
	a.until(key, history.Stopped)
	a.pass(time.Second)
	b.refresh()
	if e := b.entry(key); e.State != history.Stopped || e.CancelReason != "canceled" || e.Requested != "" {
		t.Errorf("%s %q, wanted %q", e.State, e.CancelReason, e.Requested)
	}
}

func twoACancelOfAnOrphan(t *testing.T, dir string, server *demo.Server, a *desk) {
	key := a.submit("x [slow]")
	a.until(key, history.Waiting)
	a.leave()
	b := sit(t, dir, server, listing)
	defer b.leave()
	b.cancel(key)
	b.cancel(key) // both look at the same moment
	b.until(key, history.Stopped)
	if !b.was(runner.Cancelled) || server.Counts().Cancels != 1 {
		t.Errorf("told %v, %d cancels", b.told, server.Counts().Cancels)
	}
}

func twoBothSettleOneThatIsUnconfirmed(t *testing.T, dir string, server *demo.Server, a *desk) {
	defer a.leave()
	a.faults(demo.Fault{On: demo.Create, Reset: true, Times: 1})
	key := a.submit("x")
	a.until(key, history.Unconfirmed)
	b := sit(t, dir, server, comet)
	defer b.leave()
	e := b.entry(key)
	a.saw(a.studio.Resend(e))
	b.saw(b.studio.Resend(e)) // at the same moment: one of them must yield
	a.pass(time.Minute)
	b.pass(time.Minute)
	b.refresh()
	if c := server.Counts(); c.Accepted != 1 {
		t.Errorf("accepted %d", c.Accepted)
	}
	if e := b.entry(key); e.State != history.Done {
		t.Errorf("on disk %s", e.State)
	}
}

func twoAStarGivenMeanwhileStays(t *testing.T, dir string, server *demo.Server, d *desk) {
	defer d.leave()
	key := d.submit("x [slow]")
	d.until(key, history.Waiting)
	e, err := d.history.Append(key, func(e history.Entry) history.Entry { e.Star, e.Note = true, "good"; return e })
	if err != nil {
		t.Fatal(err)
	}
	if changes, _ := d.studio.ObserveJournal([]history.Entry{e}); len(changes) != 1 || !changes[0].Row.Star {
		t.Errorf("%+v", changes)
	}
	d.until(key, history.Done)
	if e := d.entry(key); !e.Star || e.Note != "good" {
		t.Errorf("star %v, note %q", e.Star, e.Note)
	}
}
