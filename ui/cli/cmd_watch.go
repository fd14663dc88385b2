package cli

import (
	"bufio"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"tintype/ui/lab"
	"tintype/ui/watchfile"
)

// watchFlags are the flags of watch, as typed.
type watchFlags struct {
	planFlags
	show bool
}

func watchCommand(p *program) *cobra.Command {
	var f watchFlags
	c := &cobra.Command{
		Use:   "watch FILE",
		Short: "Make the pictures of a prompt each time its file is saved",
		Long: "Make the pictures of a prompt that is written in an editor, each time its file is saved. The prompt is a template. Before it " +
			"may be settings as TOML, between two lines +++, such as guidance = 3, and tables [[axis]] and [[skip]] as in a file of sweep.\n\n" +
			"Each save is planned. Pictures that are here are printed at once. New ones are bought if they fit what is left of --budget, which " +
			"counts all that this command buys; else after y on the terminal. A newer save stops what is not sent; what was sent is followed " +
			"to its end. A change of blanks alone is no save. With --again, pictures that are here are bought again, once for each save, within the same limits. " +
			"ctrl+c ends it.\n\n" + exitHelp,
		Example: "tintype new fox.txt\ntintype watch fox.txt --budget 0.50 --show\ntintype watch --demo fox.txt",
		RunE:    p.runE(func(ctx context.Context, args []string) (int, error) { return watch(ctx, p, args, f) }),
	}
	addModelFlag(c)
	flags := c.Flags()
	flags.BoolVar(&f.dryRun, "dry-run", false, "show each plan and its price; buy nothing")
	flags.BoolVar(&f.yes, "yes", false, "buy without asking")
	flags.StringVar(&f.budget, "budget", "", "the most that all saves together may cost, in US dollars; buys without asking")
	flags.StringVar(&f.jobs, "jobs", "", "how many of a plan may run at once; 8 if not given")
	addAgainFlag(flags, &f.planFlags, "buy pictures again that are here: once for each save, and for the file as it is")
	flags.BoolVar(&f.show, "show", false, "draw the pictures in the terminal")
	addLabSeedFlag(flags, &f.planFlags, "")
	addParentFlag(p, c, &f.planFlags)
	addGraphicsFlag(c)
	return c
}

// watch plans and buys each save of a file, until it is interrupted.
func watch(ctx context.Context, p *program, args []string, f watchFlags) (int, error) {
	path, err := f.check(p, args)
	if err != nil {
		return 0, err
	}
	terms, err := f.terms()
	if err != nil {
		return 0, err
	}
	labSeed, err := parseLabSeed(f.labSeed)
	if err != nil {
		return 0, err
	}
	s, err := p.openToBuy()
	if err != nil {
		return 0, err
	}
	defer s.close()
	w := newWatch(p, s, path, terms, f)
	w.labSeed = labSeed
	if w.parent, err = f.parentKey(s, ""); err != nil {
		return 0, err
	}
	if err := w.mayEverBuy(); err != nil {
		return 0, err
	}
	if !f.dryRun {
		if err := p.connect(ctx, s); err != nil {
			return 0, err
		}
		if err := s.requireKey(); err != nil {
			return 0, err
		}
	}
	ctx, stop := withInterrupt(ctx)
	defer stop()
	w.prepareTerminal(ctx)
	return w.run(ctx, savesOf(ctx, path))
}

// check checks the arguments and flags, and returns the absolute path of the file, which must be there.
func (f watchFlags) check(p *program, args []string) (string, error) {
	if len(args) != 1 {
		return "", usageError("watch takes one file; tintype new FILE makes one")
	}
	if f.show && p.json {
		return "", usageError("--show draws pictures, and --json prints only JSON: leave one of them out")
	}
	_, err := watchfile.Read(args[0])
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", usageError("there is no file %s; tintype new %s makes one", args[0], args[0])
	case err != nil:
		return "", usageError("%w", err)
	}
	path, err := filepath.Abs(args[0])
	if err != nil {
		return "", usageError("%s cannot be found: %w", args[0], err)
	}
	return path, nil
}

// savesOf returns the saves of a file until ctx is done.
func savesOf(ctx context.Context, path string) <-chan watchfile.Save {
	saves := make(chan watchfile.Save)
	go watchfile.Watch(ctx, path, func(s watchfile.Save) {
		select {
		case saves <- s:
		case <-ctx.Done():
		}
	})
	return saves
}

// newWatch returns a watch that has seen no save yet.
func newWatch(p *program, s *session, path string, terms lab.Terms, f watchFlags) *watchRun {
	w := &watchRun{
		p: p, s: s, lab: newLab(p, s), path: path, terms: terms, flags: f, printer: newProgress(p, s, true),
		events: make(chan planEvent), committed: map[string]float64{},
	}
	in, ok := p.in.(*os.File)
	w.canAsk = ok && isTerminal(in) && isTerminal(p.err)
	return w
}

// mayEverBuy returns an error if nothing could be bought: it costs something, and nobody can be asked.
func (w *watchRun) mayEverBuy() error {
	if w.canAsk || w.flags.dryRun || w.flags.yes || w.flags.budget != "" || w.s.provider.Free {
		return nil
	}
	return usageError("watch buys pictures: add --budget with the most that all may cost, --yes, or --dry-run to see plans alone")
}

// prepareTerminal finds out what the terminal can show, and then reads its answers.
func (w *watchRun) prepareTerminal(ctx context.Context) {
	if w.flags.show {
		if isTerminal(w.p.out) {
			t := w.p.probeTerminal(ctx, w.s.settings)
			w.terminal = &t
		} else {
			w.p.printProgress("--show draws only if standard output is a terminal. These are the paths.")
		}
	}
	if !w.canAsk || w.flags.dryRun {
		return
	}
	answers := make(chan string)
	w.answers = answers
	go func() {
		for lines := bufio.NewReader(w.p.in); ; {
			line, err := lines.ReadString('\n')
			if err == nil || err == io.EOF && line != "" {
				answers <- line
			}
			if err != nil {
				return
			}
		}
	}()
}
