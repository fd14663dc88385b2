package api

// Seed returns the seed that was used.
func (p Prediction) Seed() (int64, bool) { return 0, false }

// Progress returns how far the run is.
func (p Prediction) Progress() (fraction float64, known bool) { return 0, false }
