package paint

import (
	"image"
	"math"

	"golang.org/x/image/vector"
)

// point is a position or an offset.
type point struct{ x, y float64 }

// path is a list of closed polygons. Curves are flattened when they are made.
type path [][]point

func (p path) bounds() image.Rectangle {
	left, top, right, bottom := math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, part := range p {
		for _, q := range part {
			left, right = math.Min(left, q.x), math.Max(right, q.x)
			top, bottom = math.Min(top, q.y), math.Max(bottom, q.y)
		}
	}
	if left > right {
		return image.Rectangle{}
	}
	limit := func(v float64) int { return int(math.Max(-1e6, math.Min(1e6, v))) }
	return image.Rect(limit(math.Floor(left)), limit(math.Floor(top)), limit(math.Ceil(right))+1, limit(math.Ceil(bottom))+1)
}

func (p path) addTo(r *vector.Rasterizer, dx, dy float64) {
	for _, part := range p {
		for i, q := range part {
			if i == 0 {
				r.MoveTo(float32(q.x-dx), float32(q.y-dy))
			} else {
				r.LineTo(float32(q.x-dx), float32(q.y-dy))
			}
		}
		r.ClosePath()
	}
}

// polygon takes its corners as x, y, x, y…
func polygon(xy ...float64) path {
	part := make([]point, 0, len(xy)/2)
	for i := 0; i+1 < len(xy); i += 2 {
		part = append(part, point{xy[i], xy[i+1]})
	}
	return path{part}
}

func ellipse(cx, cy, rx, ry float64) path {
	n := min(max(int(math.Max(rx, ry)), 36), 160)
	part := make([]point, n)
	for i := range n {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		part[i] = point{cx + rx*cos, cy + ry*sin}
	}
	return path{part}
}

// curve is a closed smooth curve through the points (Catmull-Rom spline).
func curve(xy ...float64) path {
	places := polygon(xy...)[0]
	n := len(places)
	part := make([]point, 0, n*8)
	for i := range n {
		part = append(part, curveSegment(places[(i+n-1)%n], places[i], places[(i+1)%n], places[(i+2)%n])...)
	}
	return path{part}
}

// line is an open smooth curve through the points.
func line(xy ...float64) []point {
	places := polygon(xy...)[0]
	n := len(places)
	var part []point
	for i := range n - 1 {
		part = append(part, curveSegment(places[max(i-1, 0)], places[i], places[i+1], places[min(i+2, n-1)])...)
	}
	return append(part, places[n-1])
}

// curveSegment returns points from b to c, where a is the point before and d the point after.
func curveSegment(a, b, c, d point) []point {
	const pieces = 10
	part := make([]point, pieces)
	for k := range pieces {
		t := float64(k) / pieces
		part[k] = point{catmullRom(a.x, b.x, c.x, d.x, t), catmullRom(a.y, b.y, c.y, d.y, t)}
	}
	return part
}

func catmullRom(a, b, c, d, t float64) float64 {
	return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
}

// stroke gives a line a width, from w0 at its start to w1 at its end.
func stroke(along []point, w0, w1 float64) path {
	n := len(along)
	left, right := make([]point, n), make([]point, n)
	for i, p := range along {
		before, after := along[max(i-1, 0)], along[min(i+1, n-1)]
		dx, dy := after.x-before.x, after.y-before.y
		length := math.Max(math.Hypot(dx, dy), 1e-9)
		half := (w0 + (w1-w0)*float64(i)/math.Max(float64(n-1), 1)) / 2
		left[i] = point{p.x - dy/length*half, p.y + dx/length*half}
		right[n-1-i] = point{p.x + dy/length*half, p.y - dx/length*half}
	}
	return path{append(left, right...)}
}

// pen draws a figure at a place and in a size. A figure has coordinates of its own: its foot is at
// 0,0 and y points up.
type pen struct {
	canvas       *canvas
	x, y         float64
	sx, sy       float64 // pixels a unit; a negative sx mirrors the figure, a negative sy turns it upside down
	alpha        float64
	tint         rgb // mixed into every colour, for distance or water
	tintStrength float64
}

func (p pen) transform(shape path) path {
	out := make(path, len(shape))
	for i, part := range shape {
		out[i] = make([]point, len(part))
		for k, q := range part {
			out[i][k] = point{p.x + q.x*p.sx, p.y - q.y*p.sy}
		}
	}
	return out
}

// fill paints a shape in one colour.
func (p pen) fill(shape path, col rgb) { p.shade(shape, col, col, 0, 1) }

// shade paints a shape with a vertical gradient from low at height y0 to high at y1.
func (p pen) shade(shape path, low, high rgb, y0, y1 float64) {
	low, high = mix(low, p.tint, p.tintStrength), mix(high, p.tint, p.tintStrength)
	gradient := verticalGradient(p.y-y0*p.sy, low, p.y-y1*p.sy, high)
	p.canvas.fill(p.transform(shape), func(x, y float64) (rgb, float64) {
		col, _ := gradient(x, y)
		return col, p.alpha
	})
}

func (p pen) addGlow(x, y, radius float64, col rgb, strength float64) {
	p.canvas.addGlow(p.x+x*p.sx, p.y-y*p.sy, radius*math.Abs(p.sx), col, strength*p.alpha)
}
