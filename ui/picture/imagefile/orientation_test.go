package imagefile

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"
)

const (
	exifPrefix     = "Exif\x00\x00"
	markerAPP1     = 0xe1
	tagOrientation = 0x0112
)

// corners is a picture with a colour in each quarter: red, green, blue and white, from left to right and from top to bottom.
func corners(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i, c := range []color.NRGBA{{255, 0, 0, 255}, {0, 255, 0, 255}, {0, 0, 255, 255}, {255, 255, 255, 255}} {
		x, y := i%2*w/2, i/2*h/2
		draw.Draw(img, image.Rect(x, y, w, h), image.NewUniform(c), image.Point{}, draw.Src)
	}
	draw.Draw(img, image.Rect(0, h/2, w/2, h), image.NewUniform(color.NRGBA{0, 0, 255, 255}), image.Point{}, draw.Src)
	return img
}

// exif is EXIF data with some tag before the orientation.
func exif(order binary.AppendByteOrder, value uint16) []byte {
	out := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		out = []byte("MM\x00*")
	}
	out = order.AppendUint32(out, 8)
	out = order.AppendUint16(out, 2)
	for tag, v := range map[uint16]uint16{0x0100: 7} {
		out = order.AppendUint16(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(out, tag), 3), 1), v), 0)
	}
	out = order.AppendUint16(order.AppendUint16(order.AppendUint32(order.AppendUint16(order.AppendUint16(out, tagOrientation), 3), 1), value), 0)
	return order.AppendUint32(out, 0)
}

// withSegment puts a segment after the start of a JPEG.
func withSegment(file []byte, marker byte, data []byte) []byte {
	head := binary.BigEndian.AppendUint16([]byte{0xff, marker}, uint16(len(data)+2))
	return slices.Concat(file[:2], head, data, file[2:])
}

// withChunk puts a chunk after the header of a PNG.
func withChunk(file []byte, name string, data []byte) []byte {
	const headerEnd = 8 + 12 + 13
	return slices.Concat(file[:headerEnd], appendChunk(nil, name, data), file[headerEnd:])
}

// extended makes an extended WebP of a simple one, with chunks before and after the pixels.
func extended(file []byte, w, h int, flags byte, before, after []byte) []byte {
	head := binary.LittleEndian.AppendUint32([]byte("VP8X"), 10)
	head = append(head, flags, 0, 0, 0, byte(w-1), byte((w-1)>>8), 0, byte(h-1), byte((h-1)>>8), 0)
	body := slices.Concat([]byte("WEBP"), head, before, file[12:], after)
	return append(binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body))), body...)
}

func riffChunk(name string, data []byte) []byte {
	out := append(binary.LittleEndian.AppendUint32([]byte(name), uint32(len(data))), data...)
	return append(out, make([]byte, len(data)&1)...)
}

func encodeJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func encodePNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// turned are files of a picture in each format that has EXIF.
func turned(t testing.TB, img image.Image, tag []byte) map[string][]byte {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	return map[string][]byte{
		"jpeg":                withSegment(encodeJPEG(t, img), markerAPP1, append([]byte(exifPrefix), tag...)),
		"png":                 withChunk(encodePNG(t, img), "eXIf", tag),
		"webp":                extended(lossy(t, img, 100), w, h, 1<<3, nil, riffChunk("EXIF", tag)),
		"webp, with a prefix": extended(lossy(t, img, 100), w, h, 1<<3, nil, riffChunk("EXIF", append([]byte(exifPrefix), tag...))),
	}
}

// storedCorners are the colours of a stored picture's corners, by orientation, if the picture is corners when it is upright (CIPA
// DC-008, 4.6.5: what the stored first row and column are).
var storedCorners = map[uint16]string{1: "RGBW", 2: "GRWB", 3: "WBGR", 4: "BWRG", 5: "RBGW", 6: "GWRB", 7: "WGBR", 8: "BRWG"}

// TestOrientation: each of the eight is upright, in each format and byte order, with the upright size.
func TestOrientation(t *testing.T) {
	t.Parallel()
	const w, h = 34, 18
	for value, colours := range storedCorners {
		sw, sh := w, h
		if value >= 5 {
			sw, sh = h, w
		}
		stored := corners(sw, sh)
		by := map[byte]color.NRGBA{'R': {255, 0, 0, 255}, 'G': {0, 255, 0, 255}, 'B': {0, 0, 255, 255}, 'W': {255, 255, 255, 255}}
		for i := range 4 {
			x, y := i%2*sw/2, i/2*sh/2
			draw.Draw(stored, image.Rect(x, y, x+sw/2, y+sh/2), image.NewUniform(by[colours[i]]), image.Point{}, draw.Src)
		}
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			for format, file := range turned(t, stored, exif(order, value)) {
				got, img, f, err := pixels(t.Context(), file)
				if err != nil || f.Width != w || f.Height != h || img.Bounds() != image.Rect(0, 0, w, h) || f.isTurned() != (value > 1) || f.IsPlain() != (value == 1) {
					t.Fatalf("%s, orientation %d: %+v, %v", format, value, f, err)
				}
				for i, want := range []color.NRGBA{by['R'], by['G'], by['B'], by['W']} {
					x, y := 4+i%2*(w-9), 4+i/2*(h-9)
					p, at := got.At(x, y), color.NRGBAModel.Convert(img.At(x, y)).(color.NRGBA)
					if near(p[0], want.R) > 9 || near(p[1], want.G) > 9 || near(p[2], want.B) > 9 || !bytes.Equal(p, []byte{at.R, at.G, at.B}) {
						t.Errorf("%s, orientation %d, corner %d: %v and %v, want %v", format, value, i, p, at, want)
					}
				}
			}
		}
	}
}
