package template

import (
	"cmp"
	"math"
	"slices"
	"sort"
)

// draw writes options that are drawn by weight. What they are depends on the lab seed, the number of the prompt and the group alone, so
// that a group elsewhere changes nothing.
func (r *renderer) draw(p *pick) {
	key := mix(mix(mix(r.seed)^r.number) ^ p.path)
	if r.drawn == nil {
		r.drawn = map[uint64]uint64{}
	}
	key = mix(key ^ mix(r.drawn[p.path]))
	r.drawn[p.path]++
	count := p.low
	if p.high > p.low {
		count += int(mix(key^1) % uint64(p.high-p.low+1))
	}
	if count == 1 {
		r.option(p, p.drawOne(mix(key^2)), 0, true)
		return
	}
	chosen := p.drawSeveral(count, key)
	if p.sampler == 0 { // its options keep the order in which they are written
		slices.Sort(chosen)
	}
	for k, i := range chosen {
		if k > 0 {
			r.out = append(r.out, p.separator...)
		}
		r.option(p, i, 0, true)
	}
}

// drawOne returns one option.
func (p *pick) drawOne(random uint64) int {
	total := p.sums[len(p.sums)-1]
	if total <= 0 {
		return int(random % uint64(len(p.sums)))
	}
	at := unit(random) * total
	return min(sort.Search(len(p.sums), func(i int) bool { return p.sums[i] > at }), len(p.sums)-1)
}

// drawSeveral returns different options. Each has a time of arrival that is drawn with its weight as the rate; the first are taken.
func (p *pick) drawSeveral(count int, key uint64) []int {
	times := make([]float64, p.size())
	indices := make([]int, p.size())
	for i := range times {
		indices[i] = i
		times[i] = -math.Log(1-unit(mix(key^mix(uint64(i)+3)))) / max(p.weight(i), math.SmallestNonzeroFloat32)
	}
	slices.SortStableFunc(indices, func(a, b int) int { return cmp.Compare(times[a], times[b]) })
	return indices[:count]
}

// unit returns a number from 0 to below 1.
func unit(random uint64) float64 { return float64(random>>11) / (1 << 53) }

// mix makes random bits of a number, always the same ones.
func mix(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
