package ui

import "github.com/charmbracelet/x/ansi"

// rect is a rectangle of cells.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

// within tells whether r lies in o whole, meets whether they have a cell in common.
func (r rect) within(o rect) bool {
	return r.x >= o.x && r.y >= o.y && r.right() <= o.right() && r.bottom() <= o.bottom()
}

func (r rect) meets(o rect) bool {
	return !r.empty() && !o.empty() && r.x < o.right() && o.x < r.right() && r.y < o.bottom() && o.y < r.bottom()
}

// holds tells whether the cell at x, y lies in r.
func (r rect) holds(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// bottom and right are the first row below r and the first column right of it.
func (r rect) bottom() int { return r.y + r.h }

func (r rect) right() int { return r.x + r.w }

// width is how many columns styled text takes.
func width(s string) int { return ansi.StringWidth(s) }

// plain is text without a style.
func plain(s string) string { return s }

// plainOn is text in one role.
func plainOn(role interface{ Render(...string) string }) func(string) string {
	return func(s string) string { return role.Render(s) }
}
