package picture

import (
	"context"
	"image"

	"tintype/ui/picture/raster"
)

// encodeBlocks draws with glyphs and colours alone: the picture is text.
func encodeBlocks(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	g := &cellGrid{size: size, cells: make([]glyphCell, size.W*size.H)}
	var err error
	switch {
	case caps.Colours == 0:
		return encodeMonochrome(ctx, img, size, o)
	case caps.ASCII:
		err = g.fillBackgrounds(ctx, img, caps)
	case caps.Colours < 1<<24:
		err = g.fitPalette(ctx, img, terminalPalette(caps.Colours))
	default:
		err = g.fitTrueColour(ctx, img, caps.finestGlyphs())
	}
	if err != nil {
		return Frame{}, err
	}
	lines, err := g.lines(ctx, caps)
	return Frame{Lines: lines}, err
}

// cellGrid is a picture as cells of two colours, row by row.
type cellGrid struct {
	size  Cells
	cells []glyphCell
}

// glyphCell is a cell with a glyph and two colours. swapped is a glyph that looks the same with the two colours exchanged, or 0. Where
// there is one, the part at the top left has the colour fg. A cell of one colour is ▀ with fg equal to bg.
type glyphCell struct {
	glyph, swapped rune
	fg, bg         rgb
}

// cellBand is how many rows of cells one piece of work has.
const cellBand = 4

// fitTrueColour fits each cell on its own with the glyphs of a set, in any colours.
func (g *cellGrid) fitTrueColour(ctx context.Context, img image.Image, set glyphSet) error {
	from, err := sampleCells(ctx, img, g.size)
	if err != nil {
		return err
	}
	return g.fitCells(ctx, func() func(x, y int) glyphCell {
		f := newFitter(set, &from)
		return func(x, y int) glyphCell { return f.fit(x, y, allowedGlyphs(x, y)) }
	})
}

// fitPalette fits each cell on its own with quadrants and eighths, in the colours of a palette.
func (g *cellGrid) fitPalette(ctx context.Context, img image.Image, p palette) error {
	from, err := sampleCells(ctx, img, g.size)
	if err != nil {
		return err
	}
	lab := newLabPalette(p)
	return g.fitCells(ctx, func() func(x, y int) glyphCell {
		f := newPaletteFitter(lab, &from)
		return func(x, y int) glyphCell { return f.fit(x, y, allowedGlyphs(x, y)) }
	})
}

// fitCells fills the grid on all processors. Each calls start once, and the function that it returns for each cell.
func (g *cellGrid) fitCells(ctx context.Context, start func() func(x, y int) glyphCell) error {
	return raster.InBands(ctx, g.size.H, cellBand, func() func(from, to int) {
		fit := start()
		return func(from, to int) {
			for y := from; y < to; y++ {
				for x := range g.size.W {
					g.cells[y*g.size.W+x] = fit(x, y)
				}
			}
		}
	})
}

// fillBackgrounds draws without block glyphs: each cell is one colour, its background. Its glyph has the same colour and is not
// seen; it only makes the rows' texts differ (see unique_lines.go).
func (g *cellGrid) fillBackgrounds(ctx context.Context, img image.Image, caps Capabilities) error {
	pixels, err := raster.Scale(ctx, img, g.size.W, g.size.H)
	if err != nil {
		return err
	}
	lab := newLabPalette(terminalPalette(caps.Colours))
	for i := range g.cells {
		x, y := i%g.size.W, i/g.size.W
		c := vecAt(&pixels, x, y).round()
		if caps.Colours < 1<<24 {
			at, _ := lab.nearest(lab.labAt(&pixels, x, y))
			c = lab.paletteNumber(at)
		}
		g.cells[i] = glyphCell{'#', '#', c, c}
	}
	return nil
}

// lines writes the cells as text.
func (g *cellGrid) lines(ctx context.Context, caps Capabilities) ([]string, error) {
	lines := make([]string, g.size.H)
	err := raster.InBands(ctx, len(lines), cellBand, func() func(from, to int) {
		w := sgrWriter{colours: caps.Colours}
		return func(from, to int) {
			for y := from; y < to; y++ {
				lines[y] = w.row(g.cells[y*g.size.W:(y+1)*g.size.W], y)
			}
		}
	})
	return lines, err
}

// row writes row y. A cell of one colour is a space, except where a row bit needs a glyph.
func (w *sgrWriter) row(cells []glyphCell, y int) string {
	w.begin(len(cells))
	for x, c := range cells {
		switch swap := hasRowBit(x, y); {
		case c.fg == c.bg && (x >= rowBits || swap):
			w.cell(' ', w.fg, c.bg)
		case swap && c.swapped != 0:
			w.cell(c.swapped, c.bg, c.fg)
		default:
			w.cell(c.glyph, c.fg, c.bg)
		}
	}
	return w.end()
}
