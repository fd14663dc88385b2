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
		Use:   "preview [FILE|KEY|-…]",
		Short: "Print pictures into the terminal",
		Long: "Prints pictures into the terminal: files, pipes, - for standard input, or the pictures of past predictions by " +
			"their keys. Without a name: the picture on standard input if there is one, else the newest picture of the history.\n\n" +
			"Pictures are as large as the terminal, or as --size says, and drawn in the best way that the terminal knows; into a pipe, as " +
			"coloured cells within 80x24, in the colours that TERM and COLORTERM name.",
		Example:           "tintype preview\ntintype preview boat.png\ntintype preview x7kq --size 60x20\ntintype preview --probe",
		ValidArgsFunction: p.completeKeysAndFiles(),
		RunE: p.runE(func(ctx context.Context, args []string) (int, error) {
			return p.preview(ctx, args, size, probe)
		}),
	}
	c.Flags().StringVar(&size, "size", "", "the most cells, as WIDTHxHEIGHT")
	addGraphicsFlag(c)
	c.Flags().BoolVar(&probe, "probe", false, "print what the terminal can do, and why pictures are drawn that way")
	return c
}

// addGraphicsFlag adds the flag that says how pictures are drawn.
func addGraphicsFlag(c *cobra.Command) {
	for _, setting := range config.All() {
		if setting.Name == "graphics" {
			c.Flags().String(setting.Flag(), "", settingHelp(setting))
		}
	}
}

func (p *program) preview(ctx context.Context, names []string, size string, probe bool) (int, error) {
	cells, err := parseSize(size)
	switch {
	case err != nil:
		return 0, err
	case probe && len(names) > 0:
		return 0, usageError("preview --probe takes no pictures")
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
	files, err := p.picturesToPrint(ctx, settings, provider, names)
	defer removeCopies(files)
	if err != nil {
		return afterInterrupt(ctx, err)
	}
	return p.drawPictures(ctx, settings, files, cells)
}

// picturesToPrint returns the pictures with these names, without names that on standard input, else the newest of the history.
func (p *program) picturesToPrint(ctx context.Context, settings config.Settings, provider api.Provider, names []string) ([]pictureFile, error) {
	if len(names) > 0 {
		return p.pictureFiles(ctx, settings, provider, names)
	}
	if hasPipedInput(p.in) {
		file, err := p.copyStream(ctx, standardInput)
		if !errors.Is(err, errEmptyStream) {
			return []pictureFile{file}, err
		}
		removeCopies([]pictureFile{file})
	}
	return p.newestPictures(settings, provider)
}

// newestPictures returns the pictures of the newest prediction that has any. If a newer one has none, it says so.
func (p *program) newestPictures(settings config.Settings, provider api.Provider) ([]pictureFile, error) {
	s, err := p.openWith(settings, provider)
	if err != nil {
		return nil, err
	}
	defer s.close()
	e, newest, err := newestWithPicture(s.history)
	if err != nil {
		return nil, err
	}
	if newest.Key != e.Key {
		p.printProgress(fmt.Sprintf("The newest prediction (%s) is %s. This is the newest picture: %s", promptLine(newest), stateOf(newest), promptLine(e)))
	}
	return asFiles(localPictures(s.history, e)), nil
}

// asFiles returns pictures by their paths.
func asFiles(paths []string) (files []pictureFile) {
	for _, path := range paths {
		files = append(files, pictureFile{path: path, name: path})
	}
	return files
}

// drawPictures asks the terminal what it can show, and prints pictures.
func (p *program) drawPictures(ctx context.Context, settings config.Settings, files []pictureFile, cells picture.Cells) (int, error) {
	defer delayGC()()
	t := p.probeTerminal(ctx, settings)
	if t.interrupted {
		return exitInterrupted, nil
	}
	code, err := p.printPictures(ctx, files, cells, t)
	if ctx.Err() != nil {
		return exitInterrupted, nil
	}
	return code, err
}

// previewMemoryLimit is how much memory preview may use before garbage is collected: enough for the largest picture that is shown, or for
// several of the usual size.
const previewMemoryLimit = 208 << 20

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

// pictureFiles resolves names to files: a stream, an existing file, or else the pictures of the prediction with that key. The history is
// opened only if a name is not a file. With an error it returns the files so far, since some may be copies.
func (p *program) pictureFiles(ctx context.Context, settings config.Settings, provider api.Provider, names []string) (files []pictureFile, err error) {
	var s *session
	for _, name := range names {
		if isStream(name) {
			file, err := p.copyStream(ctx, name)
			files = append(files, file)
			if err != nil {
				return files, err
			}
			continue
		}
		if info, err := os.Stat(name); err == nil {
			if err := checkFile(name, info); err != nil {
				return files, err
			}
			files = append(files, pictureFile{path: name, name: name})
			continue
		}
		if strings.ContainsAny(name, `./\ `) {
			return files, usageError("there is no file %s", name)
		}
		if s == nil {
			opened, err := p.openWith(settings, provider)
			if err != nil {
				return files, err
			}
			defer opened.close()
			p.warnUnreadable(opened.history)
			s = opened
		}
		found, err := savedPictures(s.history, name)
		if err != nil {
			p.warnUnreadableLines(s.history)
			return files, err
		}
		files = append(files, asFiles(found)...)
	}
	return files, nil
}

func removeCopies(files []pictureFile) {
	for _, f := range files {
		if f.remove {
			_ = os.Remove(f.path) // a file that remains is in the system's temporary folder
		}
	}
}

// savedPictures returns the paths of a prediction's pictures on disk.
func savedPictures(h *history.History, name string) ([]string, error) {
	e, err := findIn(h, name)
	if errors.Is(err, history.ErrNotFound) {
		return nil, usageError("no file and no prediction matches %q. tintype list shows the keys", name)
	}
	if err != nil {
		return nil, err
	}
	paths := localPictures(h, e)
	if len(paths) == 0 {
		return nil, errorWithCode(exitFailed, "%s has no picture on this disk; it is %s", e.Key, stateOf(e))
	}
	return paths, nil
}

// printPictures prints pictures one after the other. A picture that cannot be drawn is reported, and the next one is printed.
func (p *program) printPictures(ctx context.Context, files []pictureFile, size picture.Cells, t terminal) (int, error) {
	size = t.pictureSize(size)
	ids := picture.NewIDs()
	code := exitOK
	for _, file := range files {
		options := picture.Options{ID: ids.Next(t.capabilities), Light: t.light, Background: t.background}
		frame, _, info, err := picture.RenderFile(ctx, file.path, size, t.capabilities, options, picture.DefaultLimits)
		if ctx.Err() != nil {
			return exitInterrupted, nil //nolint:nilerr // the error is the interrupt's
		}
		if err != nil {
			code = exitFailed
			p.printProgress(aboutFile(file.name, err.Error()))
			continue
		}
		if err := picture.Print(p.out, frame); err != nil {
			return 0, fmt.Errorf("the picture could not be written: %w", err)
		}
		if info.Partial {
			p.printProgress(aboutFile(file.name, picture.PartialSentence))
		}
	}
	return code, nil
}

// aboutFile puts a file's name into a sentence about "this file" or "this picture".
func aboutFile(name, sentence string) string {
	for _, subject := range []string{"This file is ", "This picture is ", "This is "} {
		if rest, ok := strings.CutPrefix(sentence, subject); ok {
			return name + " is " + rest
		}
	}
	return name + ": " + sentence
}
