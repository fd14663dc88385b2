package picture

import (
	"encoding/binary"
	"image"
)

// pngPixels makes pixels of the rows of a PNG: each was written as what its bytes differ by from those around them.
type pngPixels struct {
	img    image.Image
	pix    []byte // of img, 4 bytes a pixel, as far as it is to be filled
	bytes  int    // a pixel in the file: 3 or 4
	stride int    // bytes of a row
	above  []byte // the row before, once it was made
}

// newPNGPixels makes room for the picture of an IHDR. As image/png does, it keeps RGB as RGBA and RGBA as NRGBA.
func newPNGPixels(head [13]byte) *pngPixels {
	w, h := int(binary.BigEndian.Uint32(head[:])), int(binary.BigEndian.Uint32(head[4:]))
	p := &pngPixels{bytes: 3}
	if head[9] == 6 {
		p.bytes = 4
		img := image.NewNRGBA(image.Rect(0, 0, w, h))
		p.img, p.pix = img, img.Pix
	} else {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		p.img, p.pix = img, img.Pix
	}
	p.stride = w * p.bytes
	p.above = make([]byte, p.stride)
	return p
}

func (p *pngPixels) height() int { return p.img.Bounds().Dy() }

// take makes pixels of batches of rows until there are no more, and gives the batches back. After an error it only empties them.
func (p *pngPixels) take(full <-chan []byte, free chan<- []byte) (err error) {
	for batch := range full {
		if err == nil {
			err = p.rows(batch)
		}
		free <- batch
	}
	return err
}

func (p *pngPixels) rows(batch []byte) (err error) {
	defer func() {
		if recover() != nil {
			err = errNotPlain // whatever it was: image/png says what is wrong
		}
	}()
	for rows := batch; len(rows) > 0; rows = rows[1+p.stride:] {
		row := rows[1 : 1+p.stride]
		if err := p.restore(rows[0], row); err != nil {
			return err
		}
		p.pix = p.write(p.pix, row)
		copy(p.above, row)
	}
	return nil
}

// write appends a row to the picture, and gives what is left to fill.
func (p *pngPixels) write(out, row []byte) (rest []byte) {
	if p.bytes == 4 {
		return out[copy(out, row):]
	}
	for len(row) >= 3 && len(out) >= 4 {
		out[0], out[1], out[2], out[3] = row[0], row[1], row[2], 255
		row, out = row[3:], out[4:]
	}
	return out
}

// restore adds to a row what its filter took away (https://www.w3.org/TR/png-3/#9Filters).
func (p *pngPixels) restore(filter byte, row []byte) error {
	above, n := p.above[:len(row)], p.bytes
	switch filter {
	case 0:
	case 1:
		for i := n; i < len(row); i++ {
			row[i] += row[i-n]
		}
	case 2:
		for i, v := range above {
			row[i] += v
		}
	case 3:
		for i := range n {
			row[i] += above[i] / 2
		}
		for i := n; i < len(row); i++ {
			row[i] += byte((int(row[i-n]) + int(above[i])) / 2)
		}
	case 4:
		for channel := range n {
			paeth(row[channel:], above[channel:], n)
		}
	default:
		return errNotPlain
	}
	return nil
}

// paeth restores every nth byte, from the first on.
func paeth(row, above []byte, n int) {
	left, corner := 0, 0
	for i := 0; i < len(row); i += n {
		up := int(above[i])
		byLeft, byUp := up-corner, left-corner // by how much each of them misses left + up - corner
		missLeft, missUp, missCorner := distance(byLeft), distance(byUp), distance(byLeft+byUp)
		near := corner
		switch {
		case missLeft <= missUp && missLeft <= missCorner:
			near = left
		case missUp <= missCorner:
			near = up
		}
		left = int(row[i] + byte(near))
		row[i] = byte(left)
		corner = up
	}
}

func distance(v int) int { return max(v, -v) }
