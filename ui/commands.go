package ui

import (
	"context"
	"errors"
	"os/exec"
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/list"
	"tintype/ui/runner"
)

// firstRows is how many of the newest predictions are read before the whole history is.
const firstRows = 200

// refreshInterval is how often other programs' lines are looked for.
const refreshInterval = time.Second

// sleepDrift is how far the wall clock must have run ahead of the timers to mean that the machine slept: they stand still
// then.
const sleepDrift = 5 * time.Second

// openSession opens the session, takes the lock of who drives its jobs, and reads what the first frames show.
func openSession(ctx context.Context, opener func(context.Context) (Session, error), rows int) tea.Cmd {
	return ask(func() openedMsg {
		s, err := opener(ctx)
		if err != nil {
			return openedMsg{err: err}
		}
		if s.Runner != nil {
			_ = s.History.AcquireDriver() // else the first purchase would wait for it; without one, Trouble says why
		}
		msg := openedMsg{session: s}
		f, found, err := form.Load(s.History.Path(""))
		if err != nil {
			msg.formProblem = err.Error()
		}
		if found && err == nil {
			msg.form = f
		}
		msg.newest, msg.err = s.History.Latest(max(rows, firstRows))
		return msg
	})
}

// resumeJobs takes up the jobs that an earlier program left unended. Without a studio, no command.
func resumeJobs(h *history.History, s *runner.Runner) tea.Cmd {
	if s == nil {
		return nil
	}
	return ask(func() jobsResumedMsg {
		entries, _ := h.Active() // what cannot be read is told by Trouble
		rows, tasks, others := s.Resume(entries)
		return jobsResumedMsg{rows, tasks, others}
	})
}

// perform carries out a job's task, and brings back what came of it. No task, no command. While Update hears nothing, since an
// editor has the terminal, the job goes on by itself: its pictures are deleted at the provider after an hour.
func perform(ctx context.Context, s *runner.Runner, t runner.Task, unheard *atomic.Bool) tea.Cmd {
	if t.IsZero() {
		return nil
	}
	return ask(func() performedMsg {
		msg := performedMsg{result: s.Perform(ctx, t)}
		for unheard.Load() && ctx.Err() == nil {
			change, next := s.Apply(msg.result)
			msg.changes = append(msg.changes, change)
			if next.IsZero() {
				msg.finished = true
				break
			}
			msg.result = s.Perform(ctx, next)
		}
		return msg
	})
}

// Of a history with manyRows, the index is most of the memory and hardly changes, so garbage is collected before it is as much
// again.
const (
	manyRows  = 50_000
	gcPercent = 15 // per cent of what is kept
)

// buildIndex reads the whole history.
func buildIndex(ctx context.Context, h *history.History) tea.Cmd {
	return ask(func() indexedMsg {
		err := h.BuildIndex(ctx)
		if h.Len() > manyRows {
			debug.SetGCPercent(gcPercent)
		}
		return indexedMsg{err}
	})
}

// freeMemoryAfter is a command after which what reading a long history left goes back to the system: the next collection may be hours
// away.
func freeMemoryAfter(h *history.History, do tea.Cmd) tea.Cmd {
	if h.Len() <= manyRows {
		return do
	}
	return func() tea.Msg {
		defer debug.FreeOSMemory()
		return do()
	}
}

// readEntries reads the entries of keys.
func readEntries(h *history.History, keys []string) tea.Cmd {
	return ask(func() rowsMsg {
		entries, err := h.Entries(keys)
		return rowsMsg{entries, err}
	})
}

// A long history's first hits are shown before all are found and counted.
const (
	longHistory = 200_000 // predictions
	firstHits   = 500
)

// search asks the history what a filter leaves: of a long one the first hits first.
func search(ctx context.Context, h *history.History, s list.Search, now time.Time) tea.Cmd {
	if h.Len() < longHistory || s.Within != nil {
		return searchAll(ctx, h, s, now)
	}
	return searchFirst(ctx, h, s, now)
}

func searchFirst(ctx context.Context, h *history.History, s list.Search, now time.Time) tea.Cmd {
	return ask(func() foundMsg {
		query, problem := history.ParseQuery(s.Query, now)
		keys, more, err := h.SearchFirst(ctx, query, firstHits)
		if err != nil {
			return foundMsg{found: list.Found{Generation: s.Generation, Problem: err}}
		}
		msg := foundMsg{found: list.Found{Generation: s.Generation, Keys: keys, Total: keys.Len(), Problem: problem, Partial: more}}
		if more {
			msg.rest = searchAll(ctx, h, s, now)
		}
		return msg
	})
}

func searchAll(ctx context.Context, h *history.History, s list.Search, now time.Time) tea.Cmd {
	return ask(func() foundMsg {
		query, problem := history.ParseQuery(s.Query, now)
		keys, total, err := h.Search(ctx, query, 0)
		if err != nil {
			return foundMsg{found: list.Found{Generation: s.Generation, Problem: err}}
		}
		if s.Within != nil {
			keys = intersect(keys, s.Within)
			total = keys.Len()
		}
		return foundMsg{found: list.Found{Generation: s.Generation, Keys: keys, Total: total, Problem: problem}}
	})
}

// intersect keeps the keys that are in within.
func intersect(keys history.Keys, within map[string]bool) history.Keys {
	var both []string
	for key := range within {
		if _, found := keys.Find(key); found {
			both = append(both, key)
		}
	}
	return history.Keys{}.With(both...)
}

// watch looks for what other programs appended, once in a while, until there is something to tell: until then the program
// sleeps, and nothing is drawn. That the machine slept is told too, and that the disk's trouble came or went.
func watch(ctx context.Context, h *history.History, now func() time.Time) tea.Cmd {
	return ask(func() refreshedMsg {
		for {
			began, trouble := now().Round(0), h.WriteError() // Round: by the wall clock, which goes on while the machine sleeps
			select {
			case <-ctx.Done():
				return refreshedMsg{ended: true}
			case <-time.After(refreshInterval):
			}
			changed, err := h.Refresh(ctx)
			slept := now().Round(0).Sub(began) > refreshInterval+sleepDrift
			if len(changed) > 0 || slept || err != nil || !sameError(trouble, h.WriteError()) {
				return refreshedMsg{changed: changed, slept: slept} // an error is told by Trouble
			}
		}
	})
}

// sameError tells whether two errors say the same.
func sameError(a, b error) bool {
	if a == nil || b == nil {
		return a == b
	}
	return a.Error() == b.Error()
}

// record changes an entry by hand: a star, a mark.
func record(h *history.History, key string, change func(history.Entry) history.Entry) tea.Cmd {
	return ask(func() recordedMsg {
		e, err := h.Append(key, change)
		return recordedMsg{e, err}
	})
}

// How many earlier prompts are read: each takes a look at its line.
const (
	promptsNear = 100  // for ↑, at the start
	promptsFar  = 2000 // for who goes on, or searches
)

// loadPrompts reads the newest prompts of the past; search tells that they are to be searched.
func loadPrompts(h *history.History, most int, search bool) tea.Cmd {
	return ask(func() promptsMsg { return promptsMsg{h.Prompts("", most), search} })
}

// saveForm writes the form as it is now.
func saveForm(file *form.File, state form.State) tea.Cmd {
	write := file.Prepare(state)
	return ask(func() formSavedMsg { return formSavedMsg{write()} })
}

// openInViewer opens a file, or a folder, in the system's viewer.
func openInViewer(path string, env []string) tea.Cmd {
	return ask(func() viewedMsg {
		name, args := viewerCommand(path)
		c := exec.Command(name, args...)
		c.Env = env
		if err := c.Start(); err != nil {
			return viewedMsg{errors.New("No viewer was found for " + path + ". y f copies its path.")}
		}
		go func() { _ = c.Wait() }() // it lives on by itself; only its end is collected
		return viewedMsg{}
	})
}

// viewerCommand is the system's command that opens a file.
func viewerCommand(path string) (name string, args []string) {
	switch runtime.GOOS {
	case "darwin":
		return "open", []string{path}
	case "windows":
		return "rundll32", []string{"url.dll,FileProtocolHandler", path}
	default:
		return "xdg-open", []string{path}
	}
}

// after brings back a message when d has passed.
func after[M message](d time.Duration, m M) tea.Cmd {
	return tea.Tick(d, func(time.Time) tea.Msg { return m })
}
