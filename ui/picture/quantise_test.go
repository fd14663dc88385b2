package picture

import (
	"testing"
)

func TestQuantise(t *testing.T) {
	few := raster{3, 1, []byte{1, 2, 3, 200, 100, 50, 1, 2, 3}}
	p := quantise(few, 256)
	if len(p) != 2 {
		t.Fatalf("two colours became %v", p)
	}
	numbers := make([]uint8, few.w*few.h)
	newDiffuser(newNearestTable(p), few.w).indexRows(numbers, few.pix)
	for i, n := range numbers {
		if want := (rgb{int32(few.pix[3*i]), int32(few.pix[3*i+1]), int32(few.pix[3*i+2])}); p[n] != want {
			t.Errorf("pixel %d is %v, want %v", i, p[n], want)
		}
	}
	many, err := scale(t.Context(), noise(100, 100), 100, 100)
	if err != nil {
		t.Fatal(err)
	}
	if p := quantise(many, 256); len(p) != 256 {
		t.Errorf("noise gets %d colours, want 256", len(p))
	}
}

// TestNearestTable compares the table with a search of all colours, for every bin.
func TestNearestTable(t *testing.T) {
	many, err := scale(t.Context(), noise(40, 40), 40, 40)
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
