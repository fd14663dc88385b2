package cell

import "github.com/charmbracelet/x/ansi"

// Rect is a rectangle of cells.
type Rect struct{ X, Y, W, H int }

func (r Rect) Empty() bool { return r.W <= 0 || r.H <= 0 }

// Within tells whether r lies in o whole, meets whether they have a cell in common.
func (r Rect) Within(o Rect) bool {
	return r.X >= o.X && r.Y >= o.Y && r.Right() <= o.Right() && r.Bottom() <= o.Bottom()
}

func (r Rect) Meets(o Rect) bool {
	return !r.Empty() && !o.Empty() && r.X < o.Right() && o.X < r.Right() && r.Y < o.Bottom() && o.Y < r.Bottom()
}

// Holds tells whether the cell at x, y lies in r.
func (r Rect) Holds(x, y int) bool { return x >= r.X && x < r.X+r.W && y >= r.Y && y < r.Y+r.H }

// Bottom and right are the first row below r and the first column right of it.
func (r Rect) Bottom() int { return r.Y + r.H }

func (r Rect) Right() int { return r.X + r.W }

// Width is how many columns styled text takes.
func Width(s string) int { return ansi.StringWidth(s) }

// Plain is text without a style.
func Plain(s string) string { return s }

// PlainOn is text in one role.
func PlainOn(role interface{ Render(...string) string }) func(string) string {
	return func(s string) string { return role.Render(s) }
}
