package impact_test

import (
	"image"
	"image/color"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"tintype/ui/distance"
	"tintype/ui/impact"
	"tintype/ui/internal/uitest"
)

// picture is waves that depend on a seed, with more red by a strength.
func picture(t *testing.T, seed int, strength float64) *distance.Picture {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	fx, fy, phase := 3+r.Float64()*9, 3+r.Float64()*9, r.Float64()*6
	img := image.NewRGBA(image.Rect(0, 0, 64, 64))
	for y := range 64 {
		for x := range 64 {
			v := 128 + 100*math.Sin(fx*float64(x)/64+fy*float64(y)/64+phase)
			img.SetRGBA(x, y, color.RGBA{uint8(min(v+strength*120, 255)), uint8(v), uint8(max(v-strength*90, 0)), 255})
		}
	}
	p, err := distance.New(t.Context(), img)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// row returns pictures of three seeds.
func row(t *testing.T, first int, strength float64) []*distance.Picture {
	t.Helper()
	return []*distance.Picture{picture(t, first, strength), picture(t, first+1, strength), picture(t, first+2, strength)}
}

func TestMeasure(t *testing.T) {
	t.Parallel()
	p := impact.Pictures{Entire: row(t, 1, 0), Without: [][]*distance.Picture{row(t, 1, 0.6), row(t, 1, 0), row(t, 1, 0.2), row(t, 11, 0), nil}}
	p.Without[2][1] = nil // one is missing
	r, err := impact.Measure(p)
	if err != nil {
		t.Fatal(err)
	}
	strong, none, weak, other, missing := r.Parts[0], r.Parts[1], r.Parts[2], r.Parts[3], r.Parts[4]
	if none.Impact != 0 || none.Seen || none.Seeds != 3 {
		t.Errorf("without an effect: %+v", none)
	}
	if !(strong.Impact > weak.Impact) || !weak.Seen || weak.Seeds != 2 || weak.Low > weak.Impact || weak.High < weak.Impact {
		t.Errorf("strong %+v, weak %+v", strong, weak)
	}
	if math.Abs(other.Impact-1) > 0.4 {
		t.Errorf("other seeds are %.2f, not about 1", other.Impact)
	}
	if missing.Seeds != 0 || missing.Seen {
		t.Errorf("missing: %+v", missing)
	}
}

// TestNoise: what is below the distance of the same seed bought twice is no effect.
func TestNoise(t *testing.T) {
	t.Parallel()
	p := impact.Pictures{Entire: row(t, 1, 0), Without: [][]*distance.Picture{row(t, 1, 0.1), row(t, 1, 0.6)}}
	if r, _ := impact.Measure(p); !r.Parts[0].Seen || r.Measured {
		t.Errorf("without noise: %+v", r)
	}
	p.Again = [][2]*distance.Picture{{picture(t, 1, 0), picture(t, 1, 0.2)}}
	if r, _ := impact.Measure(p); r.Parts[0].Seen || !r.Parts[1].Seen || !r.Measured {
		t.Errorf("with noise: %+v", r)
	}
}

// TestMeasureWithoutSeed: other pictures of the same prompt are no effect, another look is.
func TestMeasureWithoutSeed(t *testing.T) {
	t.Parallel()
	entire := slices.Concat(row(t, 1, 0), row(t, 4, 0))
	p := impact.Pictures{Seedless: true, Entire: entire, Without: [][]*distance.Picture{slices.Concat(row(t, 21, 0), row(t, 24, 0)), slices.Concat(row(t, 31, 1), row(t, 34, 1))}}
	r, err := impact.Measure(p)
	if err != nil || !r.Seedless || r.Parts[0].Seen || !r.Parts[1].Seen {
		t.Errorf("%v %+v", err, r)
	}
}

// TestFewPicturesWithoutSeed: two pictures of a prompt cannot be told from chance, which is not the same as no effect.
func TestFewPicturesWithoutSeed(t *testing.T) {
	t.Parallel()
	few := []*distance.Picture{picture(t, 21, 1), nil, picture(t, 22, 1)}
	r, err := impact.Measure(impact.Pictures{Seedless: true, Entire: row(t, 1, 0), Without: [][]*distance.Picture{few, row(t, 31, 1), {nil, nil, nil}}})
	if err != nil || r.Parts[0].Missing() != "few pictures" || r.Parts[0].Seeds != 0 || r.Parts[1].Seeds != 3 || r.Parts[2].Missing() != "no pictures" {
		t.Errorf("%v %+v", err, r.Parts)
	}
	if _, err := impact.New(entry(uitest.SeedlessModel(t), "boat, dusk"), impact.Phrase, 2); err == nil || !strings.Contains(err.Error(), "takes no seed, so it needs 3 pictures or more") {
		t.Error(err)
	}
}

func TestNothingToMeasure(t *testing.T) {
	t.Parallel()
	one := picture(t, 1, 0)
	for _, c := range []struct {
		entire []*distance.Picture
		want   string
	}{
		{nil, "two seeds"},
		{[]*distance.Picture{one, nil, nil}, "two seeds"},
		{[]*distance.Picture{picture(t, 1, 0), picture(t, 1, 0)}, "all the same"},
	} {
		if _, err := impact.Measure(impact.Pictures{Entire: c.entire}); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v, want %q", err, c.want)
		}
	}
}
