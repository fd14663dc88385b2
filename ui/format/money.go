package format

import (
	"math"
	"strconv"
	"strings"
)

// Dollars writes an amount in US dollars with three digits, at least to the cent: "$0.003", "$0.192", "$0.04", "$12.40".
func Dollars(usd float64) string {
	return dollars(usd, 3)
}

// leastDollars is the least amount that is written as a number.
const leastDollars = 0.0001

// dollars writes an amount with so many significant digits below a dollar, and never fewer than two decimals.
func dollars(usd float64, digits int) string {
	switch {
	case usd <= 0:
		return "$0"
	case usd < leastDollars:
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
	return "$" + groupThousands(whole) + "." + cents
}

// isAmount reports whether an amount can be shown at all: prices from files and servers are not trusted to be numbers.
func isAmount(usd float64) bool {
	return usd >= 0 && usd < 1e9 // also false for NaN
}

// Price writes what a run will cost by the catalogue: "about $0.003", "price unknown". Only the demo is free.
func Price(usd float64, known, free bool) string {
	switch {
	case free:
		return "free"
	case !known || !isAmount(usd):
		return "price unknown"
	}
	if usd > 0 && usd < leastDollars {
		return Dollars(usd) // "about under" says nothing
	}
	return "about " + Dollars(usd)
}

// Guess writes a price that no list of the provider has: "guess $0.0024".
func Guess(usd float64) string {
	if !isAmount(usd) {
		return "price unknown"
	}
	return "guess " + Dollars(usd)
}

// Cost writes what a run did cost: "$0.003" if the provider reported it, "~$0.003" if it is computed from the catalogue. A nil
// amount is unknown.
func Cost(usd *float64, reported, free bool) string {
	switch {
	case free:
		return "free"
	case usd == nil || !isAmount(*usd):
		return "price unknown"
	case reported:
		return Dollars(*usd)
	}
	if *usd > 0 && *usd < leastDollars {
		return Dollars(*usd)
	}
	return "~" + Dollars(*usd)
}

// IsPriceJump reports whether a price is at least ten times that of the last purchase, and therefore deserves attention. A last price
// of 0 is unknown.
func IsPriceJump(usd, last float64) bool {
	return last > 0 && usd >= 10*last-1e-9
}

// Spending is the sum of several runs. Runs without a known price are counted and never guessed.
type Spending struct {
	usd     float64
	unknown int
	guessed bool // a part of usd is a guess
}

// AddGuess adds one run whose price is a guess; a nil amount is unknown.
func (s *Spending) AddGuess(usd *float64) {
	s.guessed = s.guessed || usd != nil && *usd > 0
	s.Add(usd)
}

// Add adds one run; a nil amount is unknown.
func (s *Spending) Add(usd *float64) {
	if usd == nil || !isAmount(*usd) {
		s.unknown++
		return
	}
	s.usd += *usd
}

// Text writes the sum of a period such as "today", which may be "": "~$0.41 today", "guess $0.41 today" if a part of it is guessed,
// "~$0.41 + 3 unknown", "3 prices unknown"; "" when nothing was bought.
func (s Spending) Text(period string) string {
	if s.usd == 0 && s.unknown > 0 {
		if s.unknown == 1 {
			return "1 price unknown"
		}
		return strconv.Itoa(s.unknown) + " prices unknown"
	}
	var words []string
	switch {
	case s.usd > 0 && s.guessed:
		words = append(words, "guess "+dollars(s.usd, 2))
	case s.usd > 0:
		words = append(words, "~"+dollars(s.usd, 2))
	}
	if s.usd > 0 && period != "" {
		words = append(words, period)
	}
	if s.unknown > 0 {
		words = append(words, "+", strconv.Itoa(s.unknown), "unknown")
	}
	return strings.Join(words, " ")
}
