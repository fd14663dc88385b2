package demo

import (
	"bytes"
	"encoding/base64"
	"errors"
	"image"
	_ "image/gif" // read by image.Decode, as are the others
	"image/jpeg"
	"image/png"
	"math"
	"strings"

	"golang.org/x/image/webp"

	"tintype/api/demo/paint"
	"tintype/api/model"
)

// inputs are the pictures that a prediction is made from, as far as they are data. The demo fetches no URL.
type inputs struct {
	model    model.Model
	pictures []image.Image
	mask     image.Image
	strength float64 // of a picture that the prompt only follows
}

// readInputs decodes the pictures of an input. What cannot be decoded is left out.
func readInputs(m model.Model, input map[string]any) inputs {
	in := inputs{model: m, strength: 0.7}
	if s, ok := model.Float(input["prompt_strength"]); ok {
		in.strength = 1 - s
	}
	for _, p := range m.Parameters {
		if !p.IsImage() {
			continue
		}
		for _, uri := range urisOf(input[p.Name]) {
			img, err := decodeURI(uri)
			switch {
			case err != nil:
			case p.Name == "mask":
				in.mask = img
			default:
				in.pictures = append(in.pictures, img)
			}
		}
	}
	return in
}

func urisOf(v any) []string {
	switch v := v.(type) {
	case string:
		return []string{v}
	case []any:
		var uris []string
		for _, item := range v {
			if s, ok := item.(string); ok {
				uris = append(uris, s)
			}
		}
		return uris
	}
	return nil
}

// maxInputPixels is the largest picture that is decoded.
const maxInputPixels = 32 << 20

func decodeURI(uri string) (image.Image, error) {
	head, body, _ := strings.Cut(uri, ",")
	if !strings.HasPrefix(head, "data:") || !strings.HasSuffix(head, ";base64") {
		return nil, errors.New("no data")
	}
	data, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return nil, err
	}
	c, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil || c.Width*c.Height > maxInputPixels {
		return nil, errors.Join(err, errors.New("too large"))
	}
	switch kind {
	case "webp":
		img, err := webp.Decode(bytes.NewReader(data))
		return fullRange(img), err
	case "png":
		return png.Decode(bytes.NewReader(data))
	case "jpeg":
		return jpeg.Decode(bytes.NewReader(data))
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	return img, err
}

// fullRange returns a picture of VP8 with samples from 0 to 255, which Go's decoder leaves between 16 and 235.
func fullRange(img image.Image) image.Image {
	planes, ok := img.(*image.YCbCr)
	if alpha, has := img.(*image.NYCbCrA); has {
		planes, ok = &alpha.YCbCr, true
	}
	if !ok {
		return img
	}
	for i, v := range planes.Y {
		planes.Y[i] = stretched(float64(v)-16, 219, 0)
	}
	for _, chroma := range [][]uint8{planes.Cb, planes.Cr} {
		for i, v := range chroma {
			chroma[i] = stretched(float64(v)-128, 224, 128)
		}
	}
	return img
}

func stretched(v, span, middle float64) uint8 {
	return uint8(math.Round(max(0, min(255, v*255/span+middle))))
}

// size returns the size of a picture in the shape of the first one, of about a megapixel.
func (in inputs) size() (w, h int) {
	if len(in.pictures) == 0 {
		return 1024, 1024
	}
	b := in.pictures[0].Bounds()
	factor := math.Sqrt(1024 * 1024 / (float64(b.Dx()) * float64(b.Dy())))
	side := func(n int) int {
		const block = 16
		return min(max(int(math.Round(float64(n)*factor/block))*block, 256), 4096)
	}
	return side(b.Dx()), side(b.Dy())
}

// paint draws the picture of a prompt as the model would make it: by filling a mask, following a control picture, varying or editing.
func (in inputs) paint(prompt string, seed int64, w, h int) image.Image {
	if len(in.pictures) == 0 {
		return paint.Paint(prompt, seed, w, h)
	}
	first := in.pictures[0]
	has := func(name string) bool {
		_, ok := in.model.Parameter(name)
		return ok
	}
	switch {
	case has("mask"):
		return paint.Fill(prompt, seed, w, h, first, in.mask)
	case has("redux_image"):
		return paint.Vary(prompt, seed, w, h, first)
	case has("control_image"), has("prompt_strength"), has("image_prompt"):
		return paint.Follow(prompt, seed, w, h, first, in.strength)
	}
	return paint.Edit(prompt, seed, w, h, in.pictures)
}
