package tty

import "os"

// PixelSize returns 0, 0: consoles of Windows do not report it.
func PixelSize(*os.File) (w, h int) { return 0, 0 }
