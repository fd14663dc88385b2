package format

import "testing"

func TestCount(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1204: "1,204", 1234567: "1,234,567", -1204: "-1,204"} {
		if got := Count(n); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}

func TestPlural(t *testing.T) {
	for n, want := range map[int]string{0: "0 lines", 1: "1 line", 2: "2 lines", 1204: "1,204 lines"} {
		if got := Plural(n, "line"); got != want {
			t.Errorf("%d: got %s", n, got)
		}
	}
}

func TestBytes(t *testing.T) {
	for n, want := range map[int64]string{0: "0 B", 999: "999 B", 1000: "1.0 kB", 14_230: "14.2 kB", 3_100_000: "3.1 MB"} {
		if got := Bytes(n); got != want {
			t.Errorf("%d: got %s, want %s", n, got, want)
		}
	}
}

func TestPercent(t *testing.T) {
	for fraction, want := range map[float64]int{0: 0, 0.29: 29, 0.625: 62, 0.999: 99, 1: 100, 3: 100, -1: 0} {
		if got := Percent(fraction); got != want {
			t.Errorf("%v: got %d, want %d", fraction, got, want)
		}
	}
}
