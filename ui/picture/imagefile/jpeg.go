package imagefile

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"slices"
	"strings"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

// Markers of a JPEG (ITU-T T.81, B.1.1.3), and the names at the beginning of applications' segments.
const (
	markerFill, markerRST0, markerRST7, markerSOI, markerEOI, markerSOS = 0xff, 0xd0, 0xd7, 0xd8, 0xd9, 0xda
	markerSOF0, markerSOF2, markerAPP0, markerAPP2, markerAPP14         = 0xc0, 0xc2, 0xe0, 0xe2, 0xee

	iccPrefix   = "ICC_PROFILE\x00" // followed by the part's number, from 1, and the number of parts
	adobePrefix = "Adobe"
	jfifPrefix  = "JFIF\x00"
)

// isRGB reports whether colours are red, green and blue, by libjpeg's rule.
func (s *jpegSegments) isRGB() bool {
	return s.colours == 3 && !s.isJFIF && (s.isAdobe && s.isPlain || !s.isAdobe && s.ids == "RGB")
}

// jfifSegment says that colours are luma and colour differences.
const jfifSegment = "\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"

// adobeSegment says that four colours are inverted cyan, magenta, yellow and black. Files that do not say so have the same.
const adobeSegment = "\xff\xee\x00\x0eAdobe\x00\x64\x00\x00\x00\x00\x00"

type jpegFormat struct{}

// jpegSegments is what is in a JPEG before its first scan.
type jpegSegments struct {
	profile [][]byte // parts
	frame   section  // the frame header, without marker and length
	scan    int64    // where the first scan begins
	colours int      // how many there are
	ids     string   // of three colours, their names
	isJFIF  bool
	isAdobe bool // says what its colours are
	isPlain bool // and that they are not converted
}

// readSegments reads the segments before the first scan.
func readSegments(r io.ReaderAt, size int64) jpegSegments {
	var out jpegSegments
	imagekind.EachSegment(r, size, func(marker byte, at, length int64) bool {
		out.add(marker, section{at, length}, r)
		out.scan = at + length
		return true
	})
	return out
}

func (s *jpegSegments) add(marker byte, data section, r io.ReaderAt) {
	switch {
	case marker >= markerSOF0 && marker <= markerSOF2:
		s.frame = data
		if frame := data.bytes(r, 15); len(frame) == 15 {
			s.colours, s.ids = int(frame[5]), string([]byte{frame[6], frame[9], frame[12]})
		}
	case marker == markerAPP0:
		s.isJFIF = s.isJFIF || bytes.HasPrefix(data.bytes(r, 16), []byte(jfifPrefix))
	case marker == markerAPP2 && len(s.profile)<<16 < maxProfile:
		if part := data.bytes(r, 1<<16); bytes.HasPrefix(part, []byte(iccPrefix)) && len(part) > len(iccPrefix)+2 {
			s.profile = append(s.profile, part[len(iccPrefix):])
		}
	case marker == markerAPP14:
		if adobe := data.bytes(r, 12); bytes.HasPrefix(adobe, []byte(adobePrefix)) && len(adobe) == 12 {
			s.isAdobe, s.isPlain = true, adobe[11] == 0
		}
	}
}

// joinProfile puts the parts of a profile into their order; each begins with its number.
func joinProfile(parts [][]byte) (profile []byte) {
	slices.SortStableFunc(parts, func(a, b []byte) int { return int(a[0]) - int(b[0]) })
	for _, part := range parts {
		profile = append(profile, part[2:]...)
	}
	return profile
}

func (jpegFormat) header(r io.ReaderAt, size int64) (header, error) {
	c, err := jpeg.DecodeConfig(section{0, size}.open(r))
	if err != nil {
		return header{}, err
	}
	s := readSegments(r, size)
	return header{c, joinProfile(s.profile), jpegEnds(r, s.scan, size)}, nil
}

// jpegEnds reports whether there is an end marker after the beginning of the first scan. A thumbnail in EXIF has one before that, and
// phones append films after it.
func jpegEnds(r io.ReaderAt, scan, size int64) bool {
	const tail = 64 << 10
	for end := size; end > scan; end -= tail {
		b := section{max(scan, end-tail), end - max(scan, end-tail)}.bytes(r, tail)
		if bytes.Contains(b, []byte{markerFill, markerEOI}) || end < size && len(b) > 0 && b[len(b)-1] == markerFill && startsWithEOI(r, end) {
			return true
		}
	}
	return false
}

// startsWithEOI reports whether the second byte of the end marker is at a place.
func startsWithEOI(r io.ReaderAt, at int64) bool {
	b := section{at, 1}.bytes(r, 1)
	return len(b) == 1 && b[0] == markerEOI
}

func (jpegFormat) decode(r io.ReaderAt, size int64) (image.Image, error) {
	s := readSegments(r, size)
	switch {
	case s.colours == 4 && !s.isAdobe:
		return jpeg.Decode(insert(r, size, s.frame, adobeSegment))
	case s.isRGB():
		// image/jpeg would repeat the samples of smaller planes. With this segment it leaves the planes as they are.
		img, err := jpeg.Decode(insert(r, size, s.frame, jfifSegment))
		if m, ok := img.(*image.YCbCr); ok {
			return &raster.Planes{YCbCr: *m, Samples: raster.RGB}, nil
		}
		return img, err
	}
	return jpeg.Decode(section{0, size}.open(r))
}

// insert returns a JPEG with a segment added before its frame header.
func insert(r io.ReaderAt, size int64, frame section, segment string) io.Reader {
	const marker = 4
	at := frame.at - marker
	return io.MultiReader(section{0, at}.open(r), strings.NewReader(segment), section{at, size - at}.open(r))
}

// salvage decodes all scans but the last of a progressive picture. Of another one it decodes the complete rows: with a smaller height in
// the header, the decoder reads no further.
func (f jpegFormat) salvage(r io.ReaderAt, size int64) (image.Image, error) {
	frame := readSegments(r, size).frame
	head := frame.bytes(r, 18)
	if len(head) < 9 {
		return nil, errors.New("there is no frame")
	}
	height, unit := int(binary.BigEndian.Uint16(head[1:])), 8
	if len(head) > 9 { // several components: the first one's factor
		unit *= max(1, int(head[7]&15))
	}
	if end := lastScan(r, size); end > 0 {
		if img, err := f.decode(newEndedReader(r, end, frame.at, height)); err == nil {
			return img, nil
		}
	}
	return mostRows(height, unit, func(rows int) (image.Image, error) {
		return f.decode(newEndedReader(r, size, frame.at, rows))
	})
}

// endedReader reads the first bytes of a JPEG, with another height and an end marker.
type endedReader struct {
	r            io.ReaderAt
	size         int64
	heightOffset int64
	height       [2]byte
}

func newEndedReader(r io.ReaderAt, size, frame int64, height int) (ended io.ReaderAt, sizeWithEnd int64) {
	e := &endedReader{r: r, size: size, heightOffset: frame + 1}
	binary.BigEndian.PutUint16(e.height[:], uint16(height))
	return e, size + 2
}

func (e *endedReader) ReadAt(p []byte, off int64) (n int, err error) {
	if off < e.size {
		if n, err = e.r.ReadAt(p[:min(int64(len(p)), e.size-off)], off); err != nil && err != io.EOF {
			return n, err
		}
	}
	for i, b := range e.height {
		if at := e.heightOffset + int64(i) - off; at >= 0 && at < int64(n) {
			p[at] = b
		}
	}
	for _, b := range []byte{markerFill, markerEOI}[max(0, min(2, off+int64(n)-e.size)):] {
		if n == len(p) {
			return n, nil
		}
		p[n] = b
		n++
	}
	if n < len(p) {
		return n, io.EOF
	}
	return n, nil
}

// lastScan returns where the last of several scans begins, or 0.
func lastScan(r io.ReaderAt, size int64) int64 {
	scans, last := 0, int64(0)
	in := section{0, size}.open(r)
	before, b := byte(0), make([]byte, 64<<10)
	for at := int64(0); ; {
		n, err := in.Read(b)
		for i, v := range b[:n] {
			if before == markerFill && v == markerSOS {
				scans, last = scans+1, at+int64(i)-1
			}
			before = v
		}
		at += int64(n)
		if err != nil {
			break
		}
	}
	if scans < 2 {
		return 0
	}
	return last
}
