package plan

import "testing"

// TestMoreAtRandom: a larger number at random has the cells of a smaller one, so that only the others are bought.
func TestMoreAtRandom(t *testing.T) {
	for _, axes := range [][]string{{"guidance=1..9", "seed=1..11"}, {"guidance=1..9", "seed=1..5000", "num_inference_steps=10..49"}} {
		var before map[string]bool
		for _, how := range []How{"5", "20", "30", "90"} {
			s := spec(t, "flux-dev", axes...)
			s.How = how
			keys := map[string]bool{}
			for _, c := range build(t, s).Cells {
				keys[string(c.Key)] = true
			}
			for key := range before {
				if !keys[key] {
					t.Errorf("%v: %s has not all cells of a smaller number", axes, how)
					break
				}
			}
			before = keys
		}
	}
}
