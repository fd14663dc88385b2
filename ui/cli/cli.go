// Package cli is the command line of tintype: it reads arguments, drives the studio, and says what came of it.
//
// Rules:
//   - Standard output holds results alone; standard error the progress, one line an event, and the sentence of an error.
//   - What is printed goes through program.say or program.write, and nowhere else: no character that a terminal obeys leaves
//     raw. fang draws the help, and preview the pictures.
//   - Each command returns an exit code; code.go says what each means, and --help says it to people.
//   - Nothing secret is an argument, and no message quotes a key: program.keyless sees to the latter.
//   - An interrupt leaves jobs to be followed; it never cancels one.
package cli

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/spf13/cobra"

	"tintype/config"
	"tintype/ui/text"
)

// program is one command line being executed.
type program struct {
	env  func(string) string
	in   io.Reader
	out  io.Writer
	err  io.Writer
	now  func() time.Time
	code int // what Run returns

	given config.Values // settings that were given as flags
	demo  bool          // --demo
	json  bool          // --json
}

// Run executes one command line and returns its exit code. It reads the environment through env, a prompt of - from
// stdin, and writes to stdout and stderr.
func Run(ctx context.Context, args []string, env func(string) string, stdin io.Reader, stdout, stderr io.Writer) int {
	p := &program{env: env, in: stdin, out: stdout, err: stderr, now: time.Now, given: config.Values{}}
	p.execute(ctx, p.root(), args)
	return p.code
}

// action is the work of a command: its arguments in, its exit code out. An error is a sentence to be printed.
type action func(ctx context.Context, args []string) (int, error)

// does makes an action cobra's. Errors end here, printed, so that fang never words them again.
func (p *program) does(do action) func(*cobra.Command, []string) error {
	return func(c *cobra.Command, args []string) error {
		p.readFlags(c)
		code, err := do(c.Context(), args)
		if err != nil {
			code = p.complain(err)
		}
		p.code = code
		return nil
	}
}

// complain prints the sentence of an error and gives its exit code.
func (p *program) complain(err error) int {
	p.say(p.err, sentence(err.Error()))
	if f := (*failure)(nil); errors.As(err, &f) {
		return f.code
	}
	return exitFailed
}

// say prints outside and inside text as lines that a terminal cannot obey. A stream that is gone is no reason to stop:
// the work is done, and paid for, all the same.
func (p *program) say(w io.Writer, line string) {
	_, _ = io.WriteString(w, string(text.Clean(p.keyless(line)))+"\n")
}

// progress prints one line of what is going on.
func (p *program) progress(line string) { p.say(p.err, line) }
