package history

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"testing"
)

// encodePNG returns a PNG of w×h pixels.
func encodePNG(t testing.TB, w, h int) []byte {
	t.Helper()
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for i := range w * h {
		img.Set(i%w, i/w, color.NRGBA{uint8(i * 7), uint8(i * 13), uint8(i * 31), 255})
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func savePicture(t testing.TB, h *History, e Entry, output int, data []byte) (Output, error) {
	t.Helper()
	p, err := h.Download(e, output)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Write(data); err != nil {
		t.Fatal(err)
	}
	return p.Commit()
}

// appendPrediction appends a prediction that has one output, not yet downloaded.
func appendPrediction(t testing.TB, h *History, text string) Entry {
	return mustAppend(t, h, NewKey(noon), func(e Entry) Entry {
		e = withPrompt(text)(e)
		e.Outputs = []Output{{URL: "https://example.com/../../etc/passwd.exe"}}
		return e
	})
}

// TestSecurityNamesDownload: a picture's path comes from the entry's key and prompt, and not from the URL or the path that the
// entry has; the output keeps its URL and its star.
func TestSecurityNamesDownload(t *testing.T) {
	t.Parallel()
	h := openHistory(t, t.TempDir())
	e := appendPrediction(t, h, "A paper boat!")
	e.Outputs[0].Path, e.Outputs[0].Star = "../../etc/passwd", true
	data := encodePNG(t, 3, 5)
	out, err := savePicture(t, h, e, 0, data)
	if err != nil {
		t.Fatal(err)
	}
	if want := fmt.Sprintf("pictures/2026-11-20-a-paper-boat-%s.png", e.Key); out.Path != want || out.Width != 3 || out.Height != 5 {
		t.Errorf("%+v, want %s", out, want)
	}
	if out.URL != e.Outputs[0].URL || !out.Star {
		t.Errorf("the output lost its URL or its star: %+v", out)
	}
	if stored, err := os.ReadFile(h.Path(out.Path)); err != nil || !bytes.Equal(stored, data) {
		t.Errorf("%d bytes, %v", len(stored), err)
	}
	if _, err := h.Download(e, -1); err == nil {
		t.Error("an output that cannot exist is downloaded")
	}
}
