//go:build unix

package tty

import (
	"os"

	"golang.org/x/sys/unix"
)

// PixelSize returns the size of a terminal's window in pixels, as the kernel knows it (TIOCGWINSZ); 0, 0 if it does not.
// Some terminals, such as xterm, report it in no other way.
func PixelSize(f *os.File) (w, h int) {
	size, err := unix.IoctlGetWinsize(int(f.Fd()), unix.TIOCGWINSZ)
	if err != nil {
		return 0, 0
	}
	return int(size.Xpixel), int(size.Ypixel)
}
