package template

import (
	"regexp"
	"strconv"
	"strings"
)

// maxWeight is the largest weight of an option.
const maxWeight = 1e9

// weightPattern is what is read as a weight. Only some of it is one, so that a mistake in a weight is not sent as text.
var weightPattern = regexp.MustCompile(`^([+-]?[0-9.][0-9.eE+-]*)::`)

// weight reads blanks and the weight of an option, if it has one.
func (p *parser) weight() []*syntax {
	rest := p.text[p.at:]
	trimmed := strings.TrimLeft(rest, blanks)
	match := weightPattern.FindStringSubmatch(trimmed)
	if match == nil {
		return nil
	}
	start := len(p.text) - len(trimmed)
	end := start + len(match[1])
	weight, err := strconv.ParseFloat(match[1], 64)
	if err != nil || weight > maxWeight || strings.Trim(match[1], "0123456789.") != "" {
		p.fail(start, end, "%s is no weight; it is a number from 0 to %s, such as 2 or 0.5.", match[1], thousands(maxWeight))
		return nil
	}
	part := &syntax{kind: weightMark, text: p.text[p.at : end+2], start: p.at, weight: weight}
	p.at = end + 2
	part.end = p.at
	return []*syntax{part}
}
