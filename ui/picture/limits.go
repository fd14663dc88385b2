package picture

import (
	"encoding/binary"
	"image/color"
	"io"
)

// Limits bound what is decoded. A zero field takes its value from DefaultLimits.
type Limits struct {
	Bytes  int64 // of the file
	Pixels int64 // width times height; each is counted as four bytes of memory
	Side   int   // the longer side, in pixels
}

// DefaultLimits are the limits for showing a picture: 64 MB of memory, at four bytes a pixel.
var DefaultLimits = Limits{Bytes: 64 << 20, Pixels: 16e6, Side: 20_000}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Pixels <= 0 {
		l.Pixels = DefaultLimits.Pixels
	}
	if l.Side <= 0 {
		l.Side = DefaultLimits.Side
	}
	return l
}

// check returns an error where the picture is too large for the limits.
func (i Info) check(l Limits) error {
	pixels := int64(i.Width) * int64(i.Height)
	switch {
	case pixels > l.Pixels || max(i.Width, i.Height) > l.Side:
		return tooManyPixels(i, l)
	case pixels*i.bytesPerPixel > 4*l.Pixels:
		return tooMuchMemory(i)
	}
	return nil
}

// bytesPerPixel returns how much memory a pixel takes at most while it is decoded.
func bytesPerPixel(format string, model color.Model, r io.ReaderAt, size int64) int64 {
	switch {
	case format == "jpeg" && isProgressive(r, size):
		return 16 // image/jpeg holds coefficients of four bytes for up to three channels until the last scan, and then the samples
	case model == color.RGBA64Model || model == color.NRGBA64Model:
		return 8
	}
	return 4
}

// isProgressive reports whether a JPEG's header announces a progressive frame, whose pixels come in several scans, each finer
// than the one before (ITU-T T.81, B.1.1.3, SOF2).
func isProgressive(r io.ReaderAt, size int64) bool {
	const fill, progressiveFrame, startOfScan = 0xff, 0xc2, 0xda
	segment := make([]byte, 4)
	for at := int64(2); at+4 <= size; {
		if _, err := r.ReadAt(segment, at); err != nil || segment[0] != fill || segment[1] == startOfScan {
			return false
		}
		if segment[1] == progressiveFrame {
			return true
		}
		at++
		if segment[1] != fill {
			at += 1 + int64(binary.BigEndian.Uint16(segment[2:]))
		}
	}
	return false
}
