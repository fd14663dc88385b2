// Package cli is the command line of tintype: it reads arguments, runs a command, and prints the results.
//
// Rules:
//   - Standard output holds only results. Standard error holds progress, one line per event, and the sentence of an error.
//   - All output goes through program.printLine, printSpans or write, which escape control characters and remove keys.
//     The exceptions are the help, which fang draws, the pictures of preview, and what moves the cursor for a live line.
//   - Colours are only for terminals: into a pipe or a file goes plain text.
//   - Each command returns an exit code; exitcode.go defines them, and --help lists them.
//   - A key is never an argument, and no message contains one.
//   - An interrupt never cancels a job: the next start follows it again.
//
// Each command is one file, cmd_*.go. README.md says how to add one.
package cli

import (
	"context"
	"errors"
	"io"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"tintype/config"
	"tintype/ui/format"
	"tintype/ui/runner"
)

// program is one command line being executed.
type program struct {
	env  func(string) string
	in   io.Reader
	out  io.Writer
	err  io.Writer
	now  func() time.Time
	code int // what Run returns

	flagValues config.Values // settings given as flags
	leastCode  int           // exit code of a command that succeeded, but without the entire history
	demo       bool          // --demo
	json       bool          // --json
	noColour   bool          // the setting colour is none
	theme      string        // the setting theme
	live       *liveLine     // the line on standard error that is rewritten in place; nil without one

	mu        sync.Mutex
	withoutID []runner.Row // purchases of the full screen whose ids are not on the disk
	left      []runner.Row // jobs of the full screen that go on
}

// Run executes one command line and returns its exit code. It reads the environment through env and a prompt of "-" from
// stdin. An error is printed to stderr, never returned.
func Run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{env: env, in: stdin, out: stdout, err: stderr, now: time.Now, flagValues: config.Values{}}
	p.execute(ctx, p.rootCommand(), args)
	return p.code
}

// action runs a command with its arguments and returns the exit code. An error is a sentence for the user; an *exitError
// carries an exit code of its own.
type action func(ctx context.Context, args []string) (int, error)

// runE adapts an action to cobra. It prints the error itself and returns nil, so that fang does not print it again.
func (p *program) runE(do action) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		p.readFlags(c)
		code, err := 0, emptyFlag(c)
		if err == nil {
			code, err = do(c.Context(), args)
		}
		if err != nil {
			code = p.printError(err)
		}
		if code == exitOK {
			code = p.leastCode
		}
		p.code = code
		return nil
	}
}

// printError prints an error as a sentence and returns its exit code.
func (p *program) printError(err error) int {
	p.printLine(p.err, format.Sentence(err.Error()))
	if f := (*exitError)(nil); errors.As(err, &f) {
		return f.code
	}
	return exitFailed
}
