package picture

import (
	"testing"

	"tintype/ui/picture/imagetest"
	"tintype/ui/picture/raster"
)

func TestQuantise(t *testing.T) {
	few := raster.Image{W: 3, H: 1, Pix: []byte{1, 2, 3, 200, 100, 50, 1, 2, 3}}
	p := quantise(few, 256)
	if len(p) != 2 {
		t.Fatalf("two colours became %v", p)
	}
	numbers := make([]uint8, few.W*few.H)
	newDiffuser(newNearestTable(p), few.W).indexRows(numbers, few.Pix)
	for i, n := range numbers {
		if want := (rgb{int32(few.Pix[3*i]), int32(few.Pix[3*i+1]), int32(few.Pix[3*i+2])}); p[n] != want {
			t.Errorf("pixel %d is %v, want %v", i, p[n], want)
		}
	}
	many, err := raster.Scale(t.Context(), imagetest.Noise(100, 100), 100, 100)
	if err != nil {
		t.Fatal(err)
	}
	if p := quantise(many, 256); len(p) != 256 {
		t.Errorf("noise gets %d colours, want 256", len(p))
	}
}

// TestNearestTable compares the table with a search of all colours, for every bin.
func TestNearestTable(t *testing.T) {
	many, err := raster.Scale(t.Context(), imagetest.Noise(40, 40), 40, 40)
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{1, 2, 30, 256} {
		p := quantise(many, n)
		table := newNearestTable(p)
		for bin := range bins {
			at := rgb{int32(bin>>10<<3 | 4), int32(bin>>5&31<<3 | 4), int32(bin&31<<3 | 4)}.vec()
			f := table.lookUp(bin)
			got := at.sub(p[uint8(f)].vec()).squared()
			for i, c := range p {
				if d := at.sub(c.vec()).squared(); d < got {
					t.Fatalf("of %d colours, %v is nearest to bin %d at %.0f; %d is at %.0f", n, f, bin, got, i, d)
				}
			}
		}
	}
}
