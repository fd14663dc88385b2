package runner_test

import (
	"sync"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// TestProgramsRaceForOneClaim: programs that buy the same pictures at the same moment, with real locks and a real clock, buy each once.
func TestProgramsRaceForOneClaim(t *testing.T) {
	t.Parallel()
	programs, server := racingPrograms(t, runner.Limits{})
	const pictures = 8
	race(programs, pictures, func(_, picture int) runner.Draft {
		in := input("x")
		in["seed"] = int64(picture)
		return runner.Draft{Model: gateModel, Input: in, Batch: "plan", Claim: true, Planned: time.Now()}
	})
	refused := 0
	for _, h := range programs {
		for _, n := range h.notices {
			if n.Kind == runner.AlreadyComing {
				refused++
			}
		}
	}
	if n := server.Counts().Accepted; n != pictures || refused != pictures*(len(programs)-1) {
		t.Errorf("%d purchases of %d pictures by %d programs; %d were refused", n, pictures, len(programs), refused)
	}
}

// TestProgramsRaceForTheLastDollar: programs that buy at the same moment do not exceed the limit together.
func TestProgramsRaceForTheLastDollar(t *testing.T) {
	t.Parallel()
	const id = "black-forest-labs/flux-2-flex"
	setPrice(id, 0.10)
	programs, server := racingPrograms(t, runner.Limits{Day: 0.75})
	race(programs, 4, func(program, picture int) runner.Draft {
		in := input("x")
		in["seed"] = int64(10*program + picture)
		return runner.Draft{Model: id, Input: in}
	})
	if n := server.Counts().Accepted; n != 7 {
		t.Errorf("%d purchases at $0.10, with a limit of $0.75", n)
	}
}

// racingPrograms returns programs over one folder.
func racingPrograms(t *testing.T, limits runner.Limits) (programs []*harness, server *demo.Server) {
	dir := t.TempDir()
	server = demotest.NewServer(t, demo.Options{})
	for range 3 {
		h := newHarness(t, dir, server, withoutList)
		h.options.Limits = func() runner.Limits { return limits }
		h.runner = runner.New(h.options)
		t.Cleanup(h.close)
		programs = append(programs, h)
	}
	return programs, server
}

// race lets each program buy one picture after another, and all programs each picture at the same moment.
func race(programs []*harness, pictures int, draft func(program, picture int) runner.Draft) {
	for picture := range pictures {
		var wait sync.WaitGroup
		start := make(chan bool)
		for program, h := range programs {
			wait.Go(func() {
				<-start
				row := h.buy(draft(program, picture))
				for row.State == history.Creating {
					r := <-h.results
					h.inFlight--
					h.onChange(h.runner.Apply(r))
					row, _ = h.runner.Row(row.Key)
				}
			})
		}
		close(start)
		wait.Wait()
	}
}
