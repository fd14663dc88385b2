// Command tintype is a terminal studio for FLUX pictures.
package main

import (
	"context"
	"os"

	"tintype/ui/cli"
)

func main() {
	os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
}
