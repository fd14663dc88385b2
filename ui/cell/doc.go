// Package cell is a screen of terminal cells: rectangles, a canvas for styled lines, and text whose width terminals count differently.
// Output places such text cell by cell, so that a terminal's count does not shift what follows. The package knows nothing of what is drawn.
package cell
