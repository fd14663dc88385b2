package template

import (
	"sync"
	"unsafe"
)

// A parsedList is a list whose values were parsed. Equal values are one, with the sum of their weights.
type parsedList struct {
	texts  []string // if all values are text
	values []parsedValue
	index  []int // of each in the list
	sums   []float64
}

// A parsedValue is a value of a list.
type parsedValue struct {
	parts []*syntax
	err   *Error
}

// kept are the lists that were parsed last. A list of 100,000 values is parsed once, and not at every key press. The slice is kept with
// what was made of it, so that its address names it.
var kept struct {
	sync.Mutex
	lists []keptList
}

type keptList struct {
	values []Value
	parsed *parsedList
}

// maxKept is how many lists are kept.
const maxKept = 32

// parseList parses the values of a list.
func parseList(values []Value) *parsedList {
	kept.Lock()
	for _, k := range kept.lists {
		if len(k.values) == len(values) && unsafe.SliceData(k.values) == unsafe.SliceData(values) {
			kept.Unlock()
			return k.parsed
		}
	}
	kept.Unlock()
	parsed := newParsedList(values)
	kept.Lock()
	defer kept.Unlock()
	if len(kept.lists) == maxKept {
		kept.lists = append(kept.lists[:0:0], kept.lists[1:]...)
	}
	kept.lists = append(kept.lists, keptList{values, parsed})
	return parsed
}

// newParsedList parses the values of a list.
func newParsedList(values []Value) *parsedList {
	list := &parsedList{}
	at := map[string]int{}
	var weights []float64
	plain := true
	for i, v := range values {
		weight := max(0, min(v.Weight, maxWeight))
		if first, seen := at[v.Text]; seen {
			weights[first] += weight
			continue
		}
		at[v.Text] = len(weights)
		weights = append(weights, weight)
		parts, _, err := parse(v.Text)
		plain = plain && err == nil && len(parts) <= 1 && (len(parts) == 0 || parts[0].kind == literalSyntax)
		list.values = append(list.values, parsedValue{parts, err})
		list.index = append(list.index, i)
	}
	sum := 0.0
	for _, w := range weights {
		sum += w
		list.sums = append(list.sums, sum)
	}
	if plain {
		list.texts = make([]string, 0, len(list.values))
		for _, v := range list.values {
			text := ""
			if len(v.parts) > 0 {
				text = v.parts[0].text
			}
			list.texts = append(list.texts, text)
		}
	}
	return list
}
