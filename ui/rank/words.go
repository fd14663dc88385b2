package rank

import (
	"fmt"
	"math"
	"strconv"
)

// Against returns how often a picture or a value wins against the average one, in percent, with the interval of 95 %: "wins 71 % against
// the average one (58–82)".
func Against(share, low, high float64) string {
	return fmt.Sprintf("wins %d %% against the average one (%d–%d)", percent(share), percent(low), percent(high))
}

// Share is Against for a column with a heading: "71 % (58–82)".
func Share(share, low, high float64) string {
	return fmt.Sprintf("%2d %% (%d–%d)", percent(share), percent(low), percent(high))
}

// percent never says 0 or 100: no number of duels makes it certain.
func percent(share float64) int { return min(max(int(math.Round(100*share)), 1), 99) }

// Signed writes a strength and its interval: "+1.1 (0.4 … 1.8)".
func Signed(strength, low, high float64) string {
	said := tenths(strength)
	if strength > 0 && said != zero {
		said = "+" + said
	}
	return fmt.Sprintf("%s (%s … %s)", said, tenths(low), tenths(high))
}

// zero has no sign, from whichever side it was rounded.
const zero = "0.0"

// tenths writes a number with one digit after the point, and the sign of less than zero as people write it.
func tenths(x float64) string {
	s := strconv.FormatFloat(math.Abs(x), 'f', 1, 64)
	if x < 0 && s != zero {
		s = "−" + s
	}
	return s
}

// Sentences says which places are not told apart, at most so many runs of them, and what is known of the person who chose.
func (r *Ranking) Sentences(most int) (said []string) {
	for i, u := range r.Untold {
		if others := len(r.Untold) - i; i == most {
			groups := "groups"
			if others == 1 {
				groups = "group"
			}
			said = append(said, fmt.Sprintf("… and %d other %s of places not told apart.", others, groups))
			break
		}
		said = append(said, u.String()+".")
	}
	for _, s := range []string{r.Again.String(), r.Side.String()} {
		if s != "" {
			said = append(said, s)
		}
	}
	return said
}

// mostMore is the greatest number of duels that is said.
const mostMore = 999

// String says which places are not told apart: "2nd and 3rd not told apart yet, about 9 more", or of more than two "4th to 8th not told apart yet,
// about 90 more for the 4th".
func (u Untold) String() string {
	more := "about " + strconv.Itoa(u.More) + " more"
	if u.More > mostMore {
		more = "more than " + strconv.Itoa(mostMore) + " more"
	}
	first, last := ordinal(u.From), ordinal(u.To)
	if u.To == u.From+1 {
		return first + " and " + last + " not told apart yet, " + more
	}
	return first + " to " + last + " not told apart yet, " + more + " for the " + first
}

// ordinal writes 1st, 2nd, 3rd, 4th.
func ordinal(n int) string {
	end := "th"
	if tens := n / 10 % 10; tens != 1 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// String says which side wins too often; "" unless one does.
func (s Side) String() string {
	if !s.TakenOut {
		return ""
	}
	side, won := "left", s.Left
	if 2*s.Left < s.Decided {
		side, won = "right", s.Decided-s.Left
	}
	return fmt.Sprintf("The picture at the %s won %d of %d times, more than chance explains. That is taken out.", side, won, s.Decided)
}

// fewestAgain is how many pairs must have come again before it is said how they were judged: fewer say nothing about a person.
const fewestAgain = 4

// String says how often a person agrees with an earlier choice: "You agree with yourself 9 times in 10."; "" if fewer than four pairs came again.
func (a Agreement) String() string {
	if a.Times < fewestAgain {
		return ""
	}
	times := "times"
	if a.Agreed == 1 {
		times = "time"
	}
	return fmt.Sprintf("You agree with yourself %d %s in %d.", a.Agreed, times, a.Times)
}
