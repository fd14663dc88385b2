package picture

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
)

// BenchmarkPhotos takes the files in $TINTYPE_PHOTOS apart: decoding, and what comes after it for each protocol.
func BenchmarkPhotos(b *testing.B) {
	if os.Getenv("TINTYPE_PHOTOS") == "" {
		b.Skip("measure.sh names the photos")
	}
	photos, _ := filepath.Glob(filepath.Join(os.Getenv("TINTYPE_PHOTOS"), "astronaut.*"))
	for _, path := range photos {
		file, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		img, _, err := decode(b.Context(), bytes.NewReader(file), int64(len(file)), Limits{})
		if err != nil {
			b.Fatal(err)
		}
		name := filepath.Ext(path)
		b.Run(name+"/decode", func(b *testing.B) {
			for b.Loop() {
				if _, _, err := decode(b.Context(), bytes.NewReader(file), int64(len(file)), Limits{}); err != nil {
					b.Fatal(err)
				}
			}
		})
		for _, protocol := range []Protocol{Blocks, Kitty, Sixel} {
			b.Run(name+"/"+string(protocol), func(b *testing.B) {
				caps := Capabilities{Protocol: protocol, Colours: 1 << 24, CellWidth: 8, CellHeight: 16}
				for b.Loop() {
					if _, err := Render(b.Context(), img, Cells{100, 50}, caps, Options{ID: 1}); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
