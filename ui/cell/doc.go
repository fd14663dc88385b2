// Package cell is a screen of terminal cells: rectangles, a canvas that lines are put on, and widths that every terminal agrees on.
package cell
