package picture

import (
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestPaintPhotos paints the photos in $TINTYPE_PHOTOS as cells of every kind, into $TINTYPE_PAINTED, to be looked at.
func TestPaintPhotos(t *testing.T) {
	from, to := os.Getenv("TINTYPE_PHOTOS"), os.Getenv("TINTYPE_PAINTED")
	if from == "" || to == "" {
		t.Skip("TINTYPE_PHOTOS and TINTYPE_PAINTED name no folders")
	}
	photos, _ := filepath.Glob(filepath.Join(from, "*"))
	for _, path := range photos {
		img, info, err := Load(t.Context(), path, Limits{})
		if err != nil {
			t.Fatal(err)
		}
		for name, caps := range map[string]Capabilities{
			"quad": {Colours: 1 << 24}, "sext": {Colours: 1 << 24, Sextants: true}, "oct": {Colours: 1 << 24, Octants: true},
			"256": {Colours: 256}, "16": {Colours: 16}, "ink": {}, "plain": {Colours: 1 << 24, ASCII: true},
		} {
			size := Fit(info.Width, info.Height, Cells{100, 50}, Capabilities{})
			f, err := Render(t.Context(), img, size, caps, Options{})
			if err != nil {
				t.Fatal(err)
			}
			if caps.Colours == 0 {
				t.Logf("%s\n%s", path, strings.Join(f.Lines, "\n"))
				continue
			}
			wantSize(t, f.Lines, size)
			base := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
			out, err := os.Create(filepath.Join(to, base+"-"+name+".png"))
			if err != nil {
				t.Fatal(err)
			}
			if err := png.Encode(out, paint(t, f.Lines, 8, 16)); err != nil {
				t.Fatal(err)
			}
			out.Close()
		}
	}
}
