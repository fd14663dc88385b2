package picture

import (
	"context"
	"image"
	"slices"
)

// ink is a character, and how much of each quarter of its cell it covers, in 255ths: top left, top right, bottom left,
// bottom right. Measured on DejaVu Sans Mono; other fonts are like it in what matters here, which is where the weight lies.
type ink struct {
	r      rune
	covers [4]int32
}

// fullInk is the coverage that stands for white: more than most characters have.
const fullInk = 70

var inks = []ink{
	{' ', [4]int32{0, 0, 0, 0}},
	{'.', [4]int32{0, 0, 13, 13}},
	{',', [4]int32{0, 0, 27, 17}},
	{':', [4]int32{13, 14, 13, 13}},
	{'-', [4]int32{0, 0, 14, 14}},
	{'\'', [4]int32{16, 18, 0, 0}},
	{'`', [4]int32{18, 5, 0, 0}},
	{'"', [4]int32{34, 33, 0, 0}},
	{'^', [4]int32{36, 35, 0, 0}},
	{'=', [4]int32{31, 31, 31, 30}},
	{'+', [4]int32{14, 16, 40, 42}},
	{'*', [4]int32{45, 47, 2, 3}},
	{'/', [4]int32{3, 47, 55, 4}},
	{'\\', [4]int32{52, 1, 8, 50}},
	{'|', [4]int32{23, 27, 32, 37}},
	{'(', [4]int32{25, 27, 34, 27}},
	{'<', [4]int32{20, 32, 35, 31}},
	{'>', [4]int32{33, 20, 32, 34}},
	{'!', [4]int32{25, 29, 14, 17}},
	{'?', [4]int32{24, 62, 22, 15}},
	{'c', [4]int32{30, 25, 51, 24}},
	{'o', [4]int32{35, 34, 55, 53}},
	{'j', [4]int32{18, 38, 27, 58}},
	{'v', [4]int32{27, 26, 43, 42}},
	{'y', [4]int32{27, 26, 71, 47}},
	{'Y', [4]int32{55, 53, 24, 26}},
	{'L', [4]int32{56, 0, 61, 30}},
	{'J', [4]int32{14, 61, 31, 50}},
	{'7', [4]int32{28, 67, 31, 19}},
	{'F', [4]int32{76, 53, 50, 1}},
	{'P', [4]int32{71, 71, 58, 11}},
	{'k', [4]int32{59, 28, 59, 47}},
	{'d', [4]int32{36, 67, 56, 58}},
	{'b', [4]int32{70, 35, 61, 54}},
	{'g', [4]int32{36, 39, 74, 88}},
	{'a', [4]int32{23, 33, 64, 71}},
	{'w', [4]int32{28, 27, 68, 65}},
	{'W', [4]int32{68, 65, 70, 66}},
	{'N', [4]int32{90, 55, 50, 79}},
	{'M', [4]int32{88, 85, 52, 51}},
	{'H', [4]int32{71, 69, 51, 48}},
	{'B', [4]int32{83, 69, 64, 59}},
	{'&', [4]int32{67, 18, 61, 83}},
	{'8', [4]int32{66, 65, 60, 58}},
	{'%', [4]int32{72, 24, 22, 68}},
	{'#', [4]int32{57, 68, 64, 53}},
	{'@', [4]int32{51, 68, 86, 70}},
}

// inkBlocks draws without colours: for each cell the character whose weight lies as the cell's light does. Rows may have
// equal text here, and then they look equal as well.
func inkBlocks(ctx context.Context, img image.Image, size Cells, o Options) (Frame, error) {
	parts, err := scale(ctx, img, size.W*2, size.H*2, o.Under)
	if err != nil {
		return Frame{}, err
	}
	light := stretched(parts)
	owed := make([]int32, size.W+2) // to the rows below, in 16ths, as in dither
	below := make([]int32, size.W+2)
	lines := make([]string, size.H)
	for y := range lines {
		line := make([]rune, size.W)
		for x := range line {
			var want [4]int32
			for i := range want {
				v := light[(2*y+i/2)*parts.w+2*x+i%2]
				if o.Light {
					v = 255 - v
				}
				want[i] = min(max(v*fullInk/255+owed[x+1]/16, 0), fullInk*5/4)
			}
			best, left := nearestInk(want)
			line[x] = best
			owed[x+2] += 6 * left
			below[x] += 2 * left
			below[x+1] += 4 * left
			below[x+2] += left
		}
		lines[y] = string(line)
		owed, below = below, owed
		clear(below)
	}
	return Frame{Lines: lines}, ctx.Err()
}

// nearestInk is the character that errs least, the mean of a cell counting as much as its quarters; left is what is missing.
func nearestInk(want [4]int32) (r rune, left int32) {
	least := int32(1 << 30)
	for _, candidate := range inks {
		err, sum := int32(0), int32(0)
		for i, w := range want {
			d := w - candidate.covers[i]
			err += d * d
			sum += d
		}
		if err += sum * sum / 4; err < least {
			least, r, left = err, candidate.r, sum/4
		}
	}
	return r, left
}

// stretched is the picture's light, 0 to 255, with its darkest fiftieth at 0 and its lightest at 255: few characters have
// few steps.
func stretched(r raster) []int32 {
	light := make([]int32, r.w*r.h)
	for i := range light {
		light[i] = (int32(r.pix[3*i])*54 + int32(r.pix[3*i+1])*183 + int32(r.pix[3*i+2])*19) >> 8
	}
	sorted := slices.Sorted(slices.Values(light))
	low, high := sorted[len(sorted)/50], sorted[len(sorted)-1-len(sorted)/50]
	if high-low < 32 { // nearly one tone: as it is
		return light
	}
	for i, v := range light {
		light[i] = min(max((v-low)*255/(high-low), 0), 255)
	}
	return light
}
