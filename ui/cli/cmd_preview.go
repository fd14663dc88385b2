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
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			return p.preview(ctx, args, size, probe)
		}),
	}
	c.Flags().StringVar(&size, "size", "", "the most cells, as WIDTHxHEIGHT")
	for _, setting := range config.All() {
		if setting.Name == "graphics" {
			c.Flags().String(setting.Flag(), "", settingHelp(setting))
		}
	}
	c.Flags().BoolVar(&probe, "probe", false, "say what the terminal can do, and why that was chosen")
	return c
}

func (p *program) preview(ctx context.Context, names []string, size string, probe bool) (int, error) {
	cells, err := parseSize(size)
	switch {
	case err != nil:
		return 0, err
	case probe && len(names) > 0:
		return 0, usageError("preview --probe takes no pictures")
	case !probe && len(names) == 0:
		return 0, usageError("preview needs the name of a file, or a key; list shows the keys")
	case !probe && p.json:
		return 0, usageError("preview prints pictures; --json goes with preview --probe")
	}
	settings, provider, err := p.loadSettings()
	if err != nil {
		return 0, err
	}
	ctx, stop := withInterrupt(ctx)
	defer stop()
	if probe {
		t := p.probeTerminal(ctx, settings)
		if t.interrupted || ctx.Err() != nil {
			return exitInterrupted, nil
		}
		return exitOK, p.printProbe(t)
	}
	paths, err := p.picturePaths(settings, provider, names)
	if err != nil {
		return 0, err
	}
	defer delayGC()()
	t := p.probeTerminal(ctx, settings)
	if t.interrupted {
		return exitInterrupted, nil
	}
	code, err := p.printPictures(ctx, paths, cells, t)
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	return code, err
}

// previewMemoryLimit is how much memory preview may take before garbage is collected: several pictures of the usual size.
const previewMemoryLimit = 192 << 20

// delayGC turns garbage collection off below previewMemoryLimit, since preview ends soon anyway. The returned function restores it.
func delayGC() (restore func()) {
	limit, percent := debug.SetMemoryLimit(previewMemoryLimit), debug.SetGCPercent(-1)
	return func() {
		debug.SetGCPercent(percent)
		debug.SetMemoryLimit(limit)
	}
}

// maxCells is the largest width and height that --size takes.
const maxCells = 2000

// parseSize reads a size such as 100x50. An empty text is the zero size.
func parseSize(size string) (picture.Cells, error) {
	if size == "" {
		return picture.Cells{}, nil
	}
	left, right, _ := strings.Cut(strings.ToLower(size), "x")
	w, errW := strconv.Atoi(left)
	h, errH := strconv.Atoi(right)
	if errW != nil || errH != nil || w < 1 || h < 1 || w > maxCells || h > maxCells {
		return picture.Cells{}, usageError("--size takes cells as WIDTHxHEIGHT, such as 80x24, each from 1 to %d; %q is not", maxCells, size)
	}
	return picture.Cells{W: w, H: h}, nil
}

// picturePaths resolves names to files: an existing file, else the pictures of the prediction with that key. The history is opened
// only if a name is not a file.
func (p *program) picturePaths(settings config.Settings, provider api.Provider, names []string) ([]string, error) {
	var paths []string
	var s *session
	for _, name := range names {
		if _, err := os.Stat(name); err == nil {
			paths = append(paths, name)
			continue
		}
		if strings.ContainsAny(name, `./\ `) {
			return nil, usageError("there is no file %s", name)
		}
		if s == nil {
			opened, err := p.openWith(settings, provider)
			if err != nil {
				return nil, err
			}
			defer opened.close()
			s = opened
		}
		found, err := savedPictures(s.history, name)
		if err != nil {
			return nil, err
		}
		paths = append(paths, found...)
	}
	return paths, nil
}

// savedPictures returns the paths of a prediction's pictures on disk.
func savedPictures(h *history.History, name string) ([]string, error) {
	e, err := h.Get(name)
	if errors.Is(err, history.ErrNotFound) {
		return nil, usageError("there is no file %s, and no prediction with that key; list shows the keys", name)
	}
	if err != nil {
		return nil, usageError("%w", err)
	}
	var paths []string
	for _, output := range e.Outputs {
		if output.Path != "" {
			paths = append(paths, h.Path(output.Path))
		}
	}
	if len(paths) == 0 {
		return nil, errorWithCode(exitFailed, "%s has no picture on this disk; it is %s", e.Key, stateOf(e))
	}
	return paths, nil
}

// printPictures prints pictures one after the other. A picture that cannot be drawn is reported, and the next one is printed.
func (p *program) printPictures(ctx context.Context, paths []string, size picture.Cells, t terminal) (int, error) {
	size = t.pictureSize(size)
	ids := picture.NewIDs()
	code := exitOK
	for _, path := range paths {
		frame, _, _, err := picture.RenderFile(ctx, path, size, t.capabilities, picture.Options{ID: ids.Next(t.capabilities), Light: t.light}, picture.DefaultLimits)
		if ctx.Err() != nil {
			return exitInterrupted, nil //nolint:nilerr // the error is the interrupt's
		}
		if err != nil {
			code = exitFailed
			p.printProgress(path + ": " + err.Error())
			continue
		}
		if err := picture.Print(p.out, frame); err != nil {
			return 0, fmt.Errorf("the picture could not be written: %w", err)
		}
	}
	return code, nil
}
