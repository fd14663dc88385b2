package demo

import (
	"bytes"
	"encoding/base64"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"testing"

	"tintype/api/model"
)

// dataURI is a PNG of one colour.
func dataURI(t *testing.T, c color.Color, w, h int) string {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(out.Bytes())
}

// TestInputImagesAreUsed: every model that takes an image makes something else of another image, in the shape of the image where the
// input asks for that.
func TestInputImagesAreUsed(t *testing.T) {
	t.Parallel()
	for id, name := range map[string]string{
		"flux-kontext-pro": "input_image", "flux-redux-dev": "redux_image", "flux-fill-dev": "image", "flux-canny-pro": "control_image", "flux-dev": "image",
		"flux-2-pro": "input_images",
	} {
		m := model.Find(id)
		render := func(c color.Color) image.Image {
			input := map[string]any{"prompt": "Make it night.", name: dataURI(t, c, 60, 40), "output_format": "png", "aspect_ratio": "match_input_image"}
			if name == "input_images" {
				input[name] = []any{input[name]}
			}
			if id == "flux-fill-dev" {
				input["mask"] = dataURI(t, color.Black, 60, 40)
			}
			file, err := record{ID: "x", Model: m.ID, Input: input}.render(0)
			if err != nil {
				t.Fatal(err)
			}
			img, err := png.Decode(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			return img
		}
		red, blue := render(color.RGBA{250, 40, 30, 255}), render(color.RGBA{20, 60, 250, 255})
		r1, _, _, _ := red.At(200, 200).RGBA()
		r2, _, _, _ := blue.At(200, 200).RGBA()
		if r1 <= r2 {
			t.Errorf("%s: a red picture gives %v, and a blue one %v", id, red.At(200, 200), blue.At(200, 200))
		}
		if b := red.Bounds(); id == "flux-kontext-pro" && b.Dx()*2 != b.Dy()*3 && b.Dx() < b.Dy() {
			t.Errorf("%s: the shape is %v", id, b)
		}
	}
}

// TestLongDataURIsAreRefused: the demo takes no more than the providers do.
func TestLongDataURIsAreRefused(t *testing.T) {
	t.Parallel()
	for length, refused := range map[int]bool{maxDataURI: false, maxDataURI + 1: true} {
		uri := "data:image/png;base64,"
		uri += strings.Repeat("A", length-len(uri))
		for id, input := range map[string]map[string]any{
			"flux-kontext-pro": {"prompt": "x", "input_image": uri}, "flux-2-pro": {"prompt": "x", "input_images": []any{uri}},
		} {
			if invalid := checkInput(model.Find(id), input); (len(invalid) > 0) != refused {
				t.Errorf("%s, %d bytes: %v", id, length, invalid)
			}
		}
	}
}
