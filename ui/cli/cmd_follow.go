package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tintype/history"
	"tintype/ui/runner"
)

func (p *program) followCommand() *cobra.Command {
	var timeout string
	c := &cobra.Command{
		Use:   "follow [KEY|ID…]",
		Short: "Take up every unended job: poll, save, until all have ended",
		Long: "Take up every unended job of the provider, or those that are named: poll them at once, save their pictures, until " +
			"all have ended. A named one that was stopped, or whose picture is lost, is tried again.\n\n" + exitHelp,
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			limit, err := span("timeout", timeout)
			if err != nil {
				return 0, err
			}
			return p.follow(ctx, args, limit)
		}),
	}
	c.Flags().StringVar(&timeout, "timeout", "", "leave after a time such as 90s or 2m; the jobs go on")
	return c
}

// follow takes up jobs and runs them to their ends.
func (p *program) follow(ctx context.Context, names []string, limit time.Duration) (int, error) {
	s, entries, err := p.openNamed(names)
	if err != nil {
		return 0, err
	}
	defer s.close()
	if len(entries) == 0 {
		p.progress("Nothing is under way.")
		return exitDone, p.results(s, nil)
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	mine := s.ours(entries)
	if len(mine) > 0 {
		if err := s.ready(); err != nil {
			return 0, err
		}
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	g := &group{p: p, s: s, tell: newTeller(p, s, true), limit: limit}
	g.takeUp(entries, len(names) > 0)
	g.run(ctx)
	code := g.code(ctx)
	return code, p.results(s, g.keys)
}

// openNamed opens the history and finds the named predictions; without names, all that have not ended.
func (p *program) openNamed(names []string) (*session, []history.Entry, error) {
	s, err := p.open()
	if err != nil {
		return nil, nil, err
	}
	entries, err := s.named(names)
	if err != nil {
		s.close()
		return nil, nil, err
	}
	return s, entries, nil
}

func (s *session) named(names []string) ([]history.Entry, error) {
	if len(names) == 0 {
		return s.history.Active()
	}
	seen := map[string]bool{}
	entries := make([]history.Entry, 0, len(names))
	for _, name := range names {
		e, err := s.find(name)
		if err != nil {
			return nil, err
		}
		if !seen[e.Key] {
			entries = append(entries, e)
		}
		seen[e.Key] = true
	}
	return entries, nil
}

// ours are the entries of the provider that this program talks to.
func (s *session) ours(entries []history.Entry) []history.Entry {
	var mine []history.Entry
	for _, e := range entries {
		if e.BaseURL == s.client.BaseURL() {
			mine = append(mine, e)
		}
	}
	return mine
}

// results prints what became of jobs: their pictures, or an array of objects.
func (p *program) results(s *session, keys []string) error {
	a := &array{p: p}
	for _, key := range keys {
		e, err := s.history.Get(key)
		if err != nil {
			continue // the history has said what is wrong with it
		}
		if !p.json {
			p.pictures(s, e)
			continue
		}
		if err := a.add(objectOf(e, s.history.Path)); err != nil {
			return err
		}
	}
	if p.json {
		return a.end()
	}
	return nil
}

// group is several jobs that are run to their ends at once.
type group struct {
	p     *program
	s     *session
	tell  *teller
	limit time.Duration
	keys  []string // in the order in which they were taken up
	tasks []runner.Task
}

// takeUp adopts what has not ended, and by name also what had. It tells what is left alone, and why.
func (g *group) takeUp(entries []history.Entry, named bool) {
	var unended []history.Entry
	for _, e := range entries {
		if !e.State.Ended() && e.State != history.Unconfirmed || !named {
			unended = append(unended, e)
			continue
		}
		g.keys = append(g.keys, e.Key)
		if e.State == history.Done || e.State == history.Failed {
			g.tell.change(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.AlreadyEnded}})
			continue
		}
		change, task := g.s.studio.Follow(e)
		g.add(change, task)
	}
	rows, tasks, others := g.s.studio.Resume(unended)
	for _, row := range rows {
		g.keys = append(g.keys, row.Key)
		if row.State == history.Unconfirmed {
			g.tell.change(runner.Change{Row: row, Notice: runner.Notice{Kind: runner.NeedsDecision}})
		}
	}
	g.tasks = append(g.tasks, tasks...)
	g.p.tellOthers(others, unended)
}

// add takes one change and the task that follows from it.
func (g *group) add(c runner.Change, t runner.Task) {
	if !c.IsZero() {
		g.tell.change(c)
	}
	if !t.IsZero() {
		g.tasks = append(g.tasks, t)
	}
}

// tellOthers says how many jobs wait elsewhere, and what takes them up.
func (p *program) tellOthers(others runner.Skipped, entries []history.Entry) {
	if others.DrivenElsewhere > 0 {
		p.progress(fmt.Sprintf("%d followed by another tintype that runs.", others.DrivenElsewhere))
	}
	for _, base := range slices.Sorted(maps.Keys(others.OtherProviders)) {
		one := entries[slices.IndexFunc(entries, func(e history.Entry) bool { return e.BaseURL == base })]
		p.progress(fmt.Sprintf("%d not followed here: bought at %s. Take up with: %s", others.OtherProviders[base], base, p.following(one.Provider, base)))
	}
}

// run performs all tasks and what follows from them.
func (g *group) run(ctx context.Context) {
	var all sync.WaitGroup
	for _, task := range g.tasks {
		row, _ := g.s.studio.Row(task.Key)
		all.Go(func() { patience{limit: g.limit}.run(ctx, g.s.studio, row, task, g.tell.change) })
	}
	all.Wait()
	g.s.settled()
}

// code is the worst exit code of the group.
func (g *group) code(ctx context.Context) int {
	code := exitDone
	for _, key := range g.keys {
		e, err := g.s.history.Get(key)
		if err != nil {
			code = worst(code, exitFailed)
			continue
		}
		one := entryCode(e)
		if one == exitTime && ctx.Err() != nil {
			one = exitInterrupted
		}
		code = worst(code, one)
	}
	return code
}
