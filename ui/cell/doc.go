// Package cell is a screen of terminal cells: rectangles, a canvas for styled lines, and text that terminals count differently,
// which Output places cell by cell: how a terminal counts it has no effect on what is beside it. It knows nothing of what is drawn.
package cell
