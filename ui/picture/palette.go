package picture

import "slices"

// palette is the colours of a terminal that has no others.
type palette []rgb

// paletteOf gives xterm's 256 or the usual 16; of the latter every theme has its own, so they are a guess.
func paletteOf(colours int) palette {
	p := palette{
		{0, 0, 0},
		{205, 0, 0},
		{0, 205, 0},
		{205, 205, 0},
		{0, 0, 238},
		{205, 0, 205},
		{0, 205, 205},
		{229, 229, 229},
		{127, 127, 127},
		{255, 0, 0},
		{0, 255, 0},
		{255, 255, 0},
		{92, 92, 255},
		{255, 0, 255},
		{0, 255, 255},
		{255, 255, 255},
	}
	if colours < 256 {
		return p
	}
	for i := range 216 {
		p = append(p, rgb{int32(cubeSteps[i/36]), int32(cubeSteps[i/6%6]), int32(cubeSteps[i%6])})
	}
	for i := range int32(24) {
		p = append(p, rgb{8 + 10*i, 8 + 10*i, 8 + 10*i})
	}
	return p
}

// nearest appends the numbers of those of the count colours nearest to c that are not among them yet.
func (p palette) nearest(among []int, c vec, count int) []int {
	var around [16]int
	candidates := around[:0]
	if len(p) > 16 {
		candidates = aroundCube(candidates, c)
	} else {
		for i := range p {
			candidates = append(candidates, i)
		}
	}
	for range min(count, len(candidates)) {
		at, least := 0, float32(1e12)
		for i, n := range candidates {
			if d := c.minus(p[n].vec()).squared(); d < least {
				at, least = i, d
			}
		}
		if !slices.Contains(among, candidates[at]) {
			among = append(among, candidates[at])
		}
		candidates = slices.Delete(candidates, at, at+1)
	}
	return among
}

// cubeSteps are the levels of a channel in the cube of xterm's 256 colours.
var cubeSteps = [6]float32{0, 95, 135, 175, 215, 255}

// aroundCube appends the eight corners around c in the cube of 256 colours, and the two greys next to it. The first 16 are the
// theme's, and nobody knows them.
func aroundCube(out []int, c vec) []int {
	var low [3]int
	for i, v := range [3]float32{c.r, c.g, c.b} {
		for low[i] < 4 && cubeSteps[low[i]+1] <= v {
			low[i]++
		}
	}
	for corner := range 8 {
		out = append(out, 16+36*(low[0]+corner&1)+6*(low[1]+corner>>1&1)+low[2]+corner>>2)
	}
	grey := min(max(int(((c.r+c.g+c.b)/3-8)/10), 0), 22)
	return append(out, 232+grey, 233+grey)
}
