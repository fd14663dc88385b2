package imagekind

import (
	"image/color"
	"io"
)

// Memory returns the most bytes that Go's decoders need for a picture of w×h pixels. k and model are what its header says, and r has the
// first size bytes of its file.
func Memory(k Kind, model color.Model, w, h int, r io.ReaderAt, size int64) int64 {
	pixels := int64(w) * int64(h)
	switch {
	case k == JPEG:
		if frame, ok := readFrame(r, size); ok {
			return frame.memory(pixels)
		}
	case model == color.RGBA64Model || model == color.NRGBA64Model:
		return 8 * pixels
	case model == color.NYCbCrAModel:
		return 7 * pixels // alpha is decoded as four channels
	}
	return 4 * pixels
}

// frame is what a JPEG's frame header says (ITU-T T.81, B.2.2).
type frame struct {
	progressive bool  // the pixels come in several scans, each finer than the one before
	sampling    []int // for each component, its samples in a unit
	unit        int   // pixels in a unit
}

// memory returns what image/jpeg allocates: a byte for each sample; in a progressive picture four for each coefficient, which are kept
// until the last scan; and four for each pixel if it converts four colours.
func (f frame) memory(pixels int64) int64 {
	samples := 0
	for _, n := range f.sampling {
		samples += n
	}
	perUnit := samples
	if f.progressive {
		perUnit += 4 * samples
	}
	if len(f.sampling) > 3 {
		perUnit += 4 * f.unit
	}
	return pixels * int64(perUnit) / int64(f.unit)
}

// readFrame reads the frame header of a JPEG.
func readFrame(r io.ReaderAt, size int64) (f frame, ok bool) {
	EachSegment(r, size, func(marker byte, at, length int64) bool {
		if marker < firstFrame || marker > lastFrame || marker == huffmanTables || marker == jpgReserved || marker == arithmeticTables {
			return true
		}
		if header := readAt(r, at, length); int64(len(header)) == length {
			f, ok = parseFrame(marker == progressiveFrame, header)
		}
		return false
	})
	return f, ok
}

// parseFrame reads a frame header's data.
func parseFrame(progressive bool, header []byte) (frame, bool) {
	const fixed, perComponent = 6, 3
	if len(header) < fixed+perComponent {
		return frame{}, false
	}
	f := frame{progressive: progressive}
	widest, tallest := 1, 1
	for at := fixed; at+perComponent <= len(header) && len(f.sampling) < int(header[5]); at += perComponent {
		h, v := int(header[at+1]>>4), int(header[at+1]&15)
		if header[5] == 1 {
			h, v = 1, 1 // the factors of a single component mean nothing (A.2.2)
		}
		f.sampling = append(f.sampling, h*v)
		widest, tallest = max(widest, h), max(tallest, v)
	}
	f.unit = widest * tallest
	return f, len(f.sampling) > 0
}
