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
		Short: "Resume all unfinished predictions and save their pictures",
		Long: "Resume all unfinished predictions of the provider, or those that are named, until all have ended, and save their pictures. " +
			"A named one that was cancelled, or whose picture is lost, is tried again.\n\n" + exitHelp,
		Example:           "tintype follow\ntintype follow x7kq --timeout 5m",
		ValidArgsFunction: p.completeKeys(anyEntry, many),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			limit, err := parseTimeout("timeout", timeout)
			if err != nil {
				return 0, err
			}
			return p.follow(ctx, args, limit)
		}),
	}
	c.Flags().StringVar(&timeout, "timeout", "", "exit after a time such as 90s or 2m; the predictions keep running")
	return c
}

// follow resumes jobs and runs them until they end.
func (p *program) follow(ctx context.Context, names []string, limit time.Duration) (int, error) {
	return p.runGroup(ctx, names, func(ctx context.Context, g *group, entries []history.Entry) (int, error) {
		if err := g.s.requireKeyFor(g.s.ofProvider(entries)); err != nil {
			return 0, err
		}
		g.limit = limit
		g.resume(entries, len(names) > 0)
		g.run(ctx)
		return g.exitCode(ctx), nil
	})
}

// runGroup opens the history and finds the named predictions, without names all active ones. It has them run as a group, and prints
// the results.
func (p *program) runGroup(ctx context.Context, names []string, run func(context.Context, *group, []history.Entry) (int, error)) (int, error) {
	s, err := p.openSession()
	if err != nil {
		return 0, err
	}
	defer s.close()
	entries, err := s.findAll(names)
	if err != nil {
		return 0, err
	}
	if len(entries) == 0 {
		p.sayNothingRuns()
		return exitOK, p.printResults(s, nil)
	}
	if err := p.connect(ctx, s); err != nil {
		return 0, err
	}
	ctx, stop := withInterrupt(ctx)
	defer stop()
	g := &group{p: p, s: s, progress: newProgress(p, s, true)}
	code, err := run(ctx, g, entries)
	if err != nil {
		return 0, err
	}
	if len(s.withoutID) > 0 {
		code = exitUnreachable
	}
	return code, p.printResults(s, g.keys)
}

// sayNothingRuns says that nothing is running, if the entire history was read.
func (p *program) sayNothingRuns() {
	if p.leastCode == exitOK {
		p.printProgress("Nothing is running.")
	}
}

// findAll looks predictions up by name, each once; without names it returns all active ones.
func (s *session) findAll(names []string) ([]history.Entry, error) {
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

// ofProvider returns the entries that were bought at the base URL of this session.
func (s *session) ofProvider(entries []history.Entry) []history.Entry {
	var ours []history.Entry
	for _, e := range entries {
		if e.BaseURL == s.client.BaseURL() {
			ours = append(ours, e)
		}
	}
	return ours
}

// requireKeyFor returns an error if there are entries and no key.
func (s *session) requireKeyFor(entries []history.Entry) error {
	if len(entries) == 0 {
		return nil
	}
	return s.requireKey()
}

// printResults prints the picture paths of jobs, or with --json the predictions.
func (p *program) printResults(s *session, keys []string) error {
	a := &jsonArray{p: p}
	for _, key := range keys {
		e, lacking := s.lackingID(key)
		var err error
		if !lacking {
			e, err = s.history.Get(key)
		}
		if err != nil {
			continue // its progress line has already said what is wrong with it
		}
		if !p.json {
			p.printPicturePaths(s, e)
			continue
		}
		if err := a.add(newPredictionJSON(e, s.history.Path)); err != nil {
			return err
		}
	}
	if p.json {
		return a.end()
	}
	return nil
}

// group runs several jobs at once.
type group struct {
	p        *program
	s        *session
	progress *progress
	limit    time.Duration // 0: no limit
	keys     []string      // in the order of resuming
	tasks    []runner.Task
}

// resume resumes the active entries and, if they were named, also those that have ended. It prints how many are not followed
// here.
func (g *group) resume(entries []history.Entry, named bool) {
	var active []history.Entry
	for _, e := range entries {
		if !e.State.Ended() && e.State != history.Unconfirmed || !named {
			active = append(active, e)
			continue
		}
		g.keys = append(g.keys, e.Key)
		if e.State == history.Done || e.State == history.Failed {
			g.progress.onChange(runner.Change{Row: runner.Row{Entry: e}, Notice: runner.Notice{Kind: runner.AlreadyEnded}})
			continue
		}
		change, task := g.s.runner.Follow(e)
		g.add(change, task)
	}
	rows, tasks, skipped := g.s.runner.Resume(active)
	for _, row := range rows {
		g.keys = append(g.keys, row.Key)
		if row.State == history.Unconfirmed {
			g.progress.onChange(runner.Change{Row: row, Notice: runner.Notice{Kind: runner.NeedsDecision}})
		}
	}
	g.tasks = append(g.tasks, tasks...)
	g.p.printSkipped(skipped, active)
}

// add prints a change and collects the task that follows from it; either may be zero.
func (g *group) add(c runner.Change, t runner.Task) {
	if !c.IsZero() {
		g.progress.onChange(c)
	}
	if !t.IsZero() {
		g.tasks = append(g.tasks, t)
	}
}

// printSkipped prints how many jobs are not followed here, and the command that follows them.
func (p *program) printSkipped(skipped runner.Skipped, entries []history.Entry) {
	if skipped.DrivenElsewhere > 0 {
		p.printProgress(fmt.Sprintf("%d followed by another running tintype.", skipped.DrivenElsewhere))
	}
	for _, base := range slices.Sorted(maps.Keys(skipped.OtherProviders)) {
		one := entries[slices.IndexFunc(entries, func(e history.Entry) bool { return e.BaseURL == base })]
		p.printProgress(fmt.Sprintf("%d not followed here: bought at %s. Follow it with: %s", skipped.OtherProviders[base], base, p.followHint(one.Provider, base)))
	}
}

// run performs all tasks until their jobs end, and closes the runner.
func (g *group) run(ctx context.Context) {
	var all sync.WaitGroup
	for _, task := range g.tasks {
		row, _ := g.s.runner.Row(task.Key)
		all.Go(func() { waitPolicy{limit: g.limit}.run(ctx, g.s.runner, row, task, g.progress.onChange) })
	}
	all.Wait()
	g.s.closeRunner()
	g.p.printWithoutID(g.s.withoutID)
}

// exitCode is the most severe exit code of the group.
func (g *group) exitCode(ctx context.Context) int {
	code := exitOK
	for _, key := range g.keys {
		e, err := g.s.history.Get(key)
		if err != nil {
			code = mostSevere(code, exitFailed)
			continue
		}
		one := entryCode(e)
		if one == exitTimeout && ctx.Err() != nil {
			one = exitInterrupted
		}
		code = mostSevere(code, one)
	}
	return code
}
