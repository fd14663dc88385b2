package plan

import "tintype/ui/picturekey"

// Predictions returns the keys of the predictions that the cells have, in the order of the cells, and where in the table each of them is. Of several
// with the same seed it has the newest, and of those without a seed all, since each has another picture.
func (p *Plan) Predictions() (keys []string, at map[string]map[string]string) {
	at = map[string]map[string]string{}
	for i := range p.Cells {
		c := &p.Cells[i]
		has := []string{c.NewestKey()}
		if !picturekey.HasSeed(c.Model, c.Input) && len(c.Entries) > 0 {
			has = c.Entries
		}
		for _, key := range has {
			if _, known := at[key]; key != "" && !known {
				at[key] = p.Coordinates(i)
				keys = append(keys, key)
			}
		}
	}
	return keys, at
}
