package cli

import (
	"context"
	"errors"
)

// fullScreen opens the program that fills the terminal.
func (p *program) fullScreen(_ context.Context, args []string) (int, error) {
	if len(args) > 0 {
		return 0, wrong("there is no command %q. To make a picture: tintype run PROMPT; for all commands: tintype --help", args[0])
	}
	return 0, errors.New("not wired yet")
}
