package tty

import "os"

// foreground is always so: nothing is stopped for asking a console.
func foreground(*os.File) bool { return true }
