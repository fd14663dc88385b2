package impact

import (
	"context"

	"tintype/history"
	"tintype/ui/distance"
	"tintype/ui/picture"
)

// A LoadFunc returns what is compared of the first picture of a prediction, by its key; nil if it has none that can be read.
type LoadFunc func(key string) *distance.Picture

// Loader returns what reads pictures from the disk.
func Loader(ctx context.Context, h *history.History) LoadFunc {
	return func(key string) *distance.Picture {
		entries, err := h.Entries([]string{key})
		if err != nil || len(entries) == 0 {
			return nil
		}
		for _, o := range entries[0].Outputs {
			if o.LocalPath() == "" {
				continue
			}
			img, _, err := picture.Load(ctx, h.Path(o.LocalPath()), picture.Limits{})
			if err != nil {
				return nil
			}
			p, _ := distance.New(ctx, img) // it has pixels, and an interrupt leaves it out
			return p
		}
		return nil
	}
}
