package rank

import "tintype/history/duels"

// Shares returns how often each prediction's best picture wins against the average one of all that were compared, from 0 to 1, by the
// prediction's key.
func Shares(list []duels.Duel) map[string]float64 {
	var pictures []duels.Picture
	for _, d := range list {
		pictures = append(pictures, d.A, d.B)
	}
	shares := map[string]float64{}
	for _, i := range Fit(pictures, list, nil).Items {
		share, _, _ := i.Wins()
		shares[i.Picture.Key] = max(shares[i.Picture.Key], share)
	}
	return shares
}
