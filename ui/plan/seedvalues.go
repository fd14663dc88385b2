package plan

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"tintype/ui/format"
)

// drawnPattern is seeds that are drawn: "random", or "3 drawn".
var drawnPattern = regexp.MustCompile(`^(?:(\d+)\s+drawn|random)$`)

// seedValues reads seeds that are drawn once for the plan, or for each cell; ok is false for other seeds.
func seedValues(parts []string) (values []Value, err error, ok bool) {
	if len(parts) != 1 {
		return nil, nil, false
	}
	if parts[0] == "each" {
		return []Value{{Text: "each"}}, nil, true
	}
	m := drawnPattern.FindStringSubmatch(parts[0])
	if m == nil {
		return nil, nil, false
	}
	n := 1
	if m[1] != "" {
		n, err = strconv.Atoi(m[1])
	}
	if err != nil || n < 1 || n > mostValues {
		return nil, fmt.Errorf("seed: a number alone is how many seeds are drawn, from 1 to %s. For one seed, set it outside the axes.", format.Count(mostValues)), true
	}
	for i := range n {
		values = append(values, Value{Text: drawnText(i)})
	}
	return values, nil, true
}

// wholePattern is a whole number.
var wholePattern = regexp.MustCompile(`^\d+$`)

// seedCount returns the values of an axis as typed. An axis of one seed would vary nothing, so a number alone is how many seeds are drawn.
func seedCount(of []string, typed string) string {
	if text := strings.TrimSpace(typed); len(of) == 1 && of[0] == OfSeed && wholePattern.MatchString(text) {
		return text + " drawn"
	}
	return typed
}

// drawnText is the text of the n-th seed that is drawn, before it is.
func drawnText(n int) string { return fmt.Sprintf("drawn %d", n+1) }
