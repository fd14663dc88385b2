package runner

import "testing"

// TestDollars: the sentence that says where a budget stopped has its amounts exactly, so that they can be added up.
func TestDollars(t *testing.T) {
	t.Parallel()
	for usd, want := range map[float64]string{
		0: "$0.00", 0.02: "$0.02", 0.025: "$0.025", 0.00245: "$0.00245", 0.1 + 0.2: "$0.30", 1.98: "$1.98", 12.40005: "$12.40005", 100: "$100.00",
		0.000000001: "$0.000000001",
	} {
		if got := dollars(usd); got != want {
			t.Errorf("%v: %s, want %s", usd, got, want)
		}
	}
}
