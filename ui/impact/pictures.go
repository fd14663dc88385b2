package impact

import (
	"slices"

	"tintype/ui/distance"
	"tintype/ui/plan"
)

// Pictures are the pictures of an experiment. One that is missing is nil.
type Pictures struct {
	Entire   []*distance.Picture    // of the entire prompt, by seed
	Without  [][]*distance.Picture  // by part and seed
	Again    [][2]*distance.Picture // pairs of the same prompt and seed, bought twice
	Seedless bool                   // the model takes no seed, so pictures are not in pairs
	Unread   int                    // how many cells are had, but no picture of theirs can be read
}

// Pictures returns the pictures of a plan's cells. A cell that was bought twice, with a seed, shows the noise.
func (x Experiment) Pictures(p *plan.Plan, load LoadFunc) Pictures {
	out := Pictures{Seedless: x.Seedless, Entire: make([]*distance.Picture, x.Seeds)}
	seen := map[int]*distance.Picture{} // by the cell, which may be that of two parts
	for part, row := range x.Cells(p) {
		pictures := make([]*distance.Picture, len(row))
		for seed, cell := range row {
			if cell < 0 {
				continue
			}
			if _, ok := seen[cell]; !ok {
				both := x.newest(&p.Cells[cell], load)
				seen[cell] = both[0]
				if both[0] == nil && p.Cells[cell].State == plan.Had {
					out.Unread++
				}
				if both[1] != nil {
					out.Again = append(out.Again, both)
				}
			}
			pictures[seed] = seen[cell]
		}
		if part == 0 {
			out.Entire = pictures
		} else {
			out.Without = append(out.Without, pictures)
		}
	}
	return out
}

// newest returns the newest picture of a cell, and the one before it, which with a seed should be the same.
func (x Experiment) newest(c *plan.Cell, load LoadFunc) (both [2]*distance.Picture) {
	n := 0
	for _, key := range cellKeys(c) {
		if both[n] = load(key); both[n] == nil {
			continue
		}
		if n++; n == len(both) || x.Seedless {
			break
		}
	}
	return both
}

// cellKeys returns the predictions of a cell. That which was bought last is the first, unless its picture counts for another cell, or it has none.
func cellKeys(c *plan.Cell) []string {
	at := slices.Index(c.Entries, c.Job)
	switch {
	case at > 0:
		return append([]string{c.Job}, slices.Delete(slices.Clone(c.Entries), at, at+1)...)
	case len(c.Entries) == 0 && c.Job != "":
		return []string{c.Job}
	}
	return c.Entries
}
