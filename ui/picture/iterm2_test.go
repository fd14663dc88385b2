package picture

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/jpeg"
	"regexp"
	"testing"

	"tintype/ui/picture/imagetest"
)

func TestITerm2(t *testing.T) {
	img := imagetest.Gradient(300, 200)
	code := regexp.MustCompile(`^\x1b\]1337;File=inline=1;doNotMoveCursor=1;preserveAspectRatio=0;size=(\d+);width=30;height=10:([A-Za-z0-9+/=]+)\a$`)
	for name, remote := range map[string]bool{"png": false, "jpeg": true} {
		f, err := Render(t.Context(), img, Cells{30, 10}, Capabilities{Protocol: ITerm2, CellWidth: 8, CellHeight: 16, Remote: remote}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		parts := code.FindSubmatch(f.Send)
		if parts == nil {
			t.Fatalf("sends %.120q", f.Send)
		}
		file, err := base64.StdEncoding.DecodeString(string(parts[2]))
		if err != nil || fmt.Sprint(len(file)) != string(parts[1]) {
			t.Fatalf("%d bytes, %s announced, %v", len(file), parts[1], err)
		}
		got, kind, err := image.Decode(bytes.NewReader(file))
		if err != nil || kind != name || got.Bounds().Size() != image.Pt(240, 160) {
			t.Fatalf("a %s of %v, %v", kind, got.Bounds(), err)
		}
		imagetest.WantSimilar(t, got, img, 12)
		wantLines(t, f.Lines, Cells{30, 10})
	}
}
