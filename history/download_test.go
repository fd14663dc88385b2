package history

import (
	"bytes"
	"fmt"
	"os"
	"testing"
)

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
