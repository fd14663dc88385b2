package picture

// rgb is a colour.
type rgb [3]int32

// vec is a sum of colours.
type vec [3]float32

func (a vec) plus(b vec) vec  { return vec{a[0] + b[0], a[1] + b[1], a[2] + b[2]} }
func (a vec) minus(b vec) vec { return vec{a[0] - b[0], a[1] - b[1], a[2] - b[2]} }

func (a vec) times(f float32) vec { return vec{a[0] * f, a[1] * f, a[2] * f} }

func (a vec) squared() float32 { return a[0]*a[0] + a[1]*a[1] + a[2]*a[2] }

// mean divides a sum by n, to the nearest colour there is.
func (a vec) mean(n float32) rgb {
	var c rgb
	for i, v := range a {
		c[i] = min(max(int32(v/n+0.5), 0), 255)
	}
	return c
}

func (c rgb) vec() vec { return vec{float32(c[0]), float32(c[1]), float32(c[2])} }

// sums are those of a cell of 8×8 samples that all glyphs are made of.
type sums struct {
	rows    [fine][2]vec // the left and the right half of each row
	columns [fine]vec
	total   vec
}

// read sums the cell at x, y, in whole numbers while it can.
func (s *sums) read(r raster, x, y int) {
	var columns [fine][3]int32
	var total [3]int32
	for row := range s.rows {
		line := r.pix[((y*fine+row)*r.w+x*fine)*3:][: 3*fine : 3*fine]
		for half := range 2 {
			var sum [3]int32
			for col := half * fine / 2; col < (half+1)*fine/2; col++ {
				red, green, blue := int32(line[3*col]), int32(line[3*col+1]), int32(line[3*col+2])
				sum[0], sum[1], sum[2] = sum[0]+red, sum[1]+green, sum[2]+blue
				c := &columns[col]
				c[0], c[1], c[2] = c[0]+red, c[1]+green, c[2]+blue
			}
			s.rows[row][half] = rgb(sum).vec()
			total[0], total[1], total[2] = total[0]+sum[0], total[1]+sum[1], total[2]+sum[2]
		}
	}
	for i, c := range columns {
		s.columns[i] = rgb(c).vec()
	}
	s.total = rgb(total).vec()
}

// cut gives the sums of the parts of a set. Its rows may end within a row of samples, as thirds do: then that counts in part
// for either.
func (s *sums) cut(set glyphs, parts []vec) {
	height := float32(fine) / float32(set.rows)
	for row := range set.rows {
		from, to := float32(row)*height, float32(row+1)*height
		for y := int(from); y < fine && float32(y) < to; y++ {
			share := min(to, float32(y+1)) - max(from, float32(y))
			for half := range 2 {
				p := &parts[row*2+half]
				*p = p.plus(s.rows[y][half].times(share))
			}
		}
	}
}
