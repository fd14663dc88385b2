package impact

import (
	"errors"
	"fmt"
	"slices"

	"tintype/ui/distance"
	"tintype/ui/format"
)

// A Result is what was measured. Numbers are in units of another seed.
type Result struct {
	Unit     float64 // the median distance of two seeds of the entire prompt, from 0 to 1
	Noise    float64 // how far two pictures of the same prompt and seed are apart
	Measured bool    // the noise was measured; else it is that of a file that was saved again
	Seedless bool
	Parts    []Impact

	unread  int  // how many pictures cannot be read
	isLeast bool // the noise that was measured is less than that of a file that was saved again
}

// An Impact is how much a part matters.
type Impact struct {
	Impact, Low, High float64 // median, least and most over the seeds
	Seeds             int     // how many were measured; 0 if none could be
	Seen              bool    // it is above the noise
	TooFew            bool    // none were measured: by chance, without a seed, there are too few pictures to see any effect
}

// Missing says why a part was not measured.
func (i Impact) Missing() string {
	if i.TooFew {
		return "few pictures"
	}
	return "no pictures"
}

// Full returns the impact that fills a bar: 2, or the largest of all parts if that is more, so that bars can be compared.
func (r Result) Full() float64 {
	full := 2.0
	for _, m := range r.Parts {
		full = max(full, m.Impact)
	}
	return full
}

// UnitName names what an impact of 1 is as much as: "another seed".
func (r Result) UnitName() string {
	if r.Seedless {
		return "another picture"
	}
	return "another seed"
}

// NoiseSentence says what the noise is, and where it comes from; and how many pictures were left out, because they cannot be read.
func (r Result) NoiseSentence() string {
	if r.unread > 0 {
		return r.noiseSentence() + " " + format.Plural(r.unread, "picture") + " could not be read."
	}
	return r.noiseSentence()
}

func (r Result) noiseSentence() string {
	switch {
	case r.Seedless && !r.Measured:
		return "This model takes no seed, so pictures differ by chance too, and there are too few to see an effect."
	case r.Seedless:
		return fmt.Sprintf("This model takes no seed, so pictures differ by chance too: less than about %.2f cannot be seen.", r.Noise)
	case r.isLeast:
		return fmt.Sprintf("The same seed bought twice is the same picture: less than %.2f, the noise of a saved file, cannot be seen.", r.Noise)
	case r.Measured:
		return fmt.Sprintf("The same seed bought twice is %.2f apart: less cannot be seen.", r.Noise)
	}
	return fmt.Sprintf("The same seed was not bought twice, so the noise is that of a saved file: %.2f.", r.Noise)
}

// savedAgain is the distance of a picture that was saved again with loss, which is the least noise there is.
const savedAgain = 0.005

// leastUnit is the least distance of two seeds with which anything can be compared.
const leastUnit = 2 * savedAgain

var (
	errFew   = errors.New("The impact cannot be measured yet: it needs pictures of the entire prompt with two seeds.")
	errAlike = errors.New("The pictures of the entire prompt are all the same, so there is nothing to compare with. Does the model follow the seed?")
)

// Measure measures the impact of each part. The error is a sentence.
func Measure(p Pictures) (Result, error) {
	among := distances(p.Entire, p.Entire)
	switch {
	case len(among) == 0 && p.Unread > 0:
		return Result{}, fmt.Errorf("The impact cannot be measured: it needs pictures of the entire prompt with two seeds, and %s that are here could not be read.",
			format.Plural(p.Unread, "picture"))
	case len(among) == 0:
		return Result{}, errFew
	}
	r := Result{Unit: median(among), Seedless: p.Seedless, unread: p.Unread}
	if r.Unit < leastUnit {
		return Result{}, errAlike
	}
	if p.Seedless {
		r.measureByChance(p)
		return r, nil
	}
	r.setNoise(p.Again)
	for _, without := range p.Without {
		r.Parts = append(r.Parts, r.impact(movedBySeed(p.Entire, without)))
	}
	return r, nil
}

// setNoise sets the noise: the largest distance of two pictures that should be the same.
func (r *Result) setNoise(again [][2]*distance.Picture) {
	noise := 0.0
	for _, pair := range again {
		noise, r.Measured = max(noise, distance.Between(pair[0], pair[1])), true
	}
	r.isLeast = r.Measured && noise < savedAgain
	r.Noise = max(noise, savedAgain) / r.Unit
}

// impact returns the impact of a part from how far it moved each picture.
func (r *Result) impact(moved []float64) Impact {
	if len(moved) == 0 {
		return Impact{}
	}
	i := Impact{Impact: median(moved) / r.Unit, Low: slices.Min(moved) / r.Unit, High: slices.Max(moved) / r.Unit, Seeds: len(moved)}
	i.Seen = i.Impact > r.Noise
	return i
}

// movedBySeed returns the distance between with and without, for each seed that has both.
func movedBySeed(entire, without []*distance.Picture) []float64 {
	var moved []float64
	for i := range min(len(entire), len(without)) {
		if entire[i] != nil && without[i] != nil {
			moved = append(moved, distance.Between(entire[i], without[i]))
		}
	}
	return moved
}

// distances returns those between all pairs of one list with another one, each pair of different pictures once.
func distances(a, b []*distance.Picture) []float64 {
	var all []float64
	same := len(a) > 0 && len(a) == len(b) && &a[0] == &b[0]
	for i, p := range a {
		for j, q := range b {
			if p != nil && q != nil && p != q && (!same || j > i) {
				all = append(all, distance.Between(p, q))
			}
		}
	}
	return all
}

// median returns the middle of some numbers, or the mean of the two in the middle; 0 for none.
func median(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
