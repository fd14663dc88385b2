package template

import "math/big"

// Exact is up to how many combinations Count is exact in any case.
const Exact = 10_000

// Count returns how many different prompts it expands to, with the default lab seed (1) if something is drawn.
func (t Template) Count() *big.Int { return t.CountDrawn(1) }

// CountDrawn returns how many different prompts it expands to with a lab seed.
//
// Equal prompts are one. Up to 10,000 combinations the count is exact.
func (t Template) CountDrawn(labSeed uint64) *big.Int {
	if t.root == nil {
		return big.NewInt(1)
	}
	if clamp(t.combined) <= Exact {
		return big.NewInt(int64(len(t.different(labSeed, 0, clamp(t.combined)))))
	}
	return new(big.Int).Set(t.combined)
}
