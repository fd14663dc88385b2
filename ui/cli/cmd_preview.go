package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"tintype/api"
	"tintype/config"
	"tintype/history"
	"tintype/ui/picture"
)

func (p *program) previewCommand() *cobra.Command {
	var size string
	var probe bool
	c := &cobra.Command{
		Use:   "preview FILE|KEY…",
		Short: "Print pictures into the terminal",
		Long: "Prints pictures into the terminal and ends: files, or the pictures of past predictions by their keys. They are as large " +
			"as the terminal, or as --size says, and drawn in the best way that the terminal knows; into a pipe, as coloured cells " +
			"within 80x24, in the colours that TERM and COLORTERM name.",
		Example: "tintype preview boat.png\ntintype preview 01k9 --size 60x20\ntintype preview --probe",
		RunE: p.does(func(ctx context.Context, args []string) (int, error) {
			return p.preview(ctx, args, size, probe)
		}),
	}
	c.Flags().StringVar(&size, "size", "", "the most cells, as WIDTHxHEIGHT")
	for _, setting := range config.All() {
		if setting.Name == "graphics" {
			c.Flags().String(setting.Flag(), "", describe(setting))
		}
	}
	c.Flags().BoolVar(&probe, "probe", false, "say what the terminal can do, and why that was chosen")
	return c
}

func (p *program) preview(ctx context.Context, names []string, size string, probe bool) (int, error) {
	box, err := boxOf(size)
	switch {
	case err != nil:
		return 0, err
	case probe && len(names) > 0:
		return 0, wrong("preview --probe takes no pictures")
	case !probe && len(names) == 0:
		return 0, wrong("preview needs the name of a file, or a key; list shows the keys")
	case !probe && p.json:
		return 0, wrong("preview prints pictures; --json goes with preview --probe")
	}
	settings, provider, err := p.settle()
	if err != nil {
		return 0, err
	}
	if probe {
		return exitDone, p.sayProbe(p.askTerminal(settings))
	}
	paths, err := p.picturePaths(settings, provider, names)
	if err != nil {
		return 0, err
	}
	ctx, stop := interruptible(ctx)
	defer stop()
	defer collectLate()()
	code, err := p.printPictures(ctx, paths, box, p.askTerminal(settings))
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	return code, err
}

// previewMemory is what preview takes before anything is collected: many pictures of the usual size.
const previewMemory = 192 << 20

// collectLate puts the collection of garbage off, which a program that ends at once can do without, until the function it gives is
// called.
func collectLate() (back func()) {
	limit, percent := debug.SetMemoryLimit(previewMemory), debug.SetGCPercent(-1)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// mostCells bounds each side of a size that is asked for.
const mostCells = 2000

// boxOf reads a size such as 100x50; "" is none, as zero.
func boxOf(size string) (picture.Cells, error) {
	if size == "" {
		return picture.Cells{}, nil
	}
	left, right, _ := strings.Cut(strings.ToLower(size), "x")
	w, errW := strconv.Atoi(left)
	h, errH := strconv.Atoi(right)
	if errW != nil || errH != nil || w < 1 || h < 1 || w > mostCells || h > mostCells {
		return picture.Cells{}, wrong("--size takes cells as WIDTHxHEIGHT, such as 80x24, each from 1 to %d; %q is not", mostCells, size)
	}
	return picture.Cells{W: w, H: h}, nil
}

// picturePaths turns names into files: a file that is there, else the pictures of the prediction with that key. The history is
// only opened where one is needed.
func (p *program) picturePaths(settings config.Settings, provider api.Provider, names []string) ([]string, error) {
	var paths []string
	var s *session
	for _, name := range names {
		if _, err := os.Stat(name); err == nil {
			paths = append(paths, name)
			continue
		}
		if strings.ContainsAny(name, `./\ `) {
			return nil, wrong("there is no file %s", name)
		}
		if s == nil {
			opened, err := p.openWith(settings, provider)
			if err != nil {
				return nil, err
			}
			defer opened.close()
			s = opened
		}
		found, err := picturesOf(s.history, name)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// picturesOf are a prediction's pictures on this disk.
func picturesOf(h *history.History, name string) ([]string, error) {
	e, err := h.Get(name)
	if errors.Is(err, history.ErrNotFound) {
		return nil, wrong("there is no file %s, and no prediction with that key; list shows the keys", name)
	}
	if err != nil {
		return nil, wrong("%w", err)
	}
	var paths []string
	for _, output := range e.Outputs {
		if output.Path != "" {
			paths = append(paths, h.Path(output.Path))
		}
	}
	if len(paths) == 0 {
		return nil, fails(exitFailed, "%s has no picture on this disk; it is %s", e.Key, stateOf(e))
	}
	return paths, nil
}

// printPictures prints one after the other. One that cannot be shown is told, and the others are printed all the same.
func (p *program) printPictures(ctx context.Context, paths []string, box picture.Cells, at screenful) (int, error) {
	box = at.box(box)
	ids := picture.NewIDs()
	code := exitDone
	for _, path := range paths {
		frame, _, _, err := picture.RenderFile(ctx, path, box, at.can, picture.Options{ID: ids.Next(at.can)}, picture.DefaultLimits)
		if ctx.Err() != nil {
			return exitInterrupted, nil //nolint:nilerr // an interrupt says itself why the picture did not come
		}
		if err != nil {
			code = exitFailed
			p.progress(path + ": " + err.Error())
			continue
		}
		if err := picture.Print(p.out, frame); err != nil {
			return 0, fmt.Errorf("the picture could not be written: %w", err)
		}
	}
	return code, nil
}
