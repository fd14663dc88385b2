// Package cli is the command line of tintype.
package cli

import (
	"context"
	"io"
)

// Run executes one command line and returns its exit code.
func Run(_ context.Context, _ []string, _ func(string) string, _ io.Reader, _, _ io.Writer) int {
	return 0
}
