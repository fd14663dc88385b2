package rank

import "tintype/history/duels"

// Among returns the duels between two of some pictures, in their order.
func Among(pictures []duels.Picture, list []duels.Duel) (among []duels.Duel) {
	in := make(map[duels.Picture]bool, len(pictures))
	for _, p := range pictures {
		in[p] = true
	}
	for _, d := range list {
		if in[d.A] && in[d.B] {
			among = append(among, d)
		}
	}
	return among
}
