package format

import (
	"math"
	"strconv"
	"strings"
)

// dollars is an amount to three digits, at least to the cent: "$0.003", "$0.192", "$0.04", "$12.40".
func dollars(usd float64) string {
	return amount(usd, 3)
}

// amount writes USD with so many significant digits below a dollar, never fewer than two decimals.
func amount(usd float64, digits int) string {
	switch {
	case usd <= 0:
		return "$0"
	case usd < 0.0001:
		return "under $0.0001"
	}
	decimals := 2
	if usd < 1 {
		decimals = max(2, digits-1-int(math.Floor(math.Log10(usd))))
	}
	s := strconv.FormatFloat(usd, 'f', decimals, 64)
	whole, cents, _ := strings.Cut(s, ".")
	for len(cents) > 2 && cents[len(cents)-1] == '0' {
		cents = cents[:len(cents)-1]
	}
	return "$" + thousands(whole) + "." + cents
}

// knownMoney tells whether an amount can be said at all: prices from files and servers are not trusted to be numbers.
func knownMoney(usd float64) bool {
	return usd >= 0 && usd < 1e9 // also false for NaN
}

// PriceText is what a run will cost, from the catalogue: "about $0.003", "price unknown"; free is the demo's alone.
func PriceText(usd float64, known, free bool) string {
	switch {
	case free:
		return "free"
	case !known || !knownMoney(usd):
		return "price unknown"
	}
	return "about " + dollars(usd)
}

// CostText is what a run did cost: "$0.003" if the provider said so, "~$0.003" if we computed it.
func CostText(usd *float64, said, free bool) string {
	switch {
	case free:
		return "free"
	case usd == nil || !knownMoney(*usd):
		return "price unknown"
	case said:
		return dollars(*usd)
	}
	return "~" + dollars(*usd)
}

// RaisedPrice tells whether a price is ten times the last one sent, or more; so it is drawn bold.
func RaisedPrice(usd, last float64) bool {
	return last > 0 && usd >= 10*last-1e-9
}

// Spending is a sum of runs; those without a price are counted, never guessed.
type Spending struct {
	usd     float64
	unknown int
}

// Add counts one run.
func (s *Spending) Add(usd *float64) {
	if usd == nil || !knownMoney(*usd) {
		s.unknown++
		return
	}
	s.usd += *usd
}

// Text is the sum of a while: "~$0.41 today", "~$0.41 + 3 unknown", "+ 3 unknown"; "" when nothing was bought. while may be "".
func (s Spending) Text(while string) string {
	var said []string
	if s.usd > 0 {
		said = append(said, "~"+amount(s.usd, 2))
	}
	if s.usd > 0 && while != "" {
		said = append(said, while)
	}
	if s.unknown > 0 {
		said = append(said, "+", strconv.Itoa(s.unknown), "unknown")
	}
	return strings.Join(said, " ")
}

// CountText is a number of things: "1,204".
func CountText(n int) string {
	if n < 0 {
		return "-" + thousands(strconv.Itoa(-n))
	}
	return thousands(strconv.Itoa(n))
}

// Count is a number of things: "1 word", "1,204 words".
func Count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return CountText(n) + " " + thing + "s"
}

// thousands parts digits by threes.
func thousands(digits string) string {
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}
