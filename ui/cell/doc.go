// Package cell is a screen of terminal cells: rectangles, a canvas for styled lines, and widths that all terminals agree
// on. It knows nothing of what is drawn.
package cell
