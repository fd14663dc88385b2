package format

import (
	"fmt"
	"strconv"
)

// Count writes a number: "1,204".
func Count(n int) string {
	if n < 0 {
		return "-" + groupThousands(strconv.Itoa(-n))
	}
	return groupThousands(strconv.Itoa(n))
}

// Plural writes a number of things, for nouns whose plural ends in s: "1 word", "1,204 words".
func Plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return Count(n) + " " + noun + "s"
}

// Bytes writes a size in decimal units: "812 B", "14.2 kB", "3.1 MB".
func Bytes(n int64) string {
	switch {
	case n < 1000:
		return fmt.Sprintf("%d B", n)
	case n < 1e6:
		return fmt.Sprintf("%.1f kB", float64(n)/1e3)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// Percent returns a fraction in whole percent, 0 to 100. It is rounded down, so that nothing shows as done before it is.
func Percent(fraction float64) int {
	return max(0, min(int(fraction*100+1e-9), 100))
}

// groupThousands separates digits in groups of three by commas.
func groupThousands(digits string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
