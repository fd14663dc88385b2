package history

import (
	"slices"
	"strings"
)

// An Outside is a part of a query whose answer the index does not have: which predictions came from another one. The caller answers it before the
// search. Without an answer it matches nothing.
type Outside struct {
	Name  string // of the field, in small letters: "from", or "is"
	Value string // as it was typed; in small letters for "is"
	holds func(key string) bool
}

// Answer sets for which entries it is true. holds is called while the index is locked: it must not use the history.
func (o *Outside) Answer(holds func(key string) bool) { o.holds = holds }

// Outside returns the parts of a query that the caller must answer.
func (q Query) Outside() []*Outside { return slices.Clone(q.outside) }

// outsideWords are the values of "is" that are answered outside.
var outsideWords = []string{"root", "leaf"}

// isOutside reports whether a field is answered outside.
func isOutside(name, value string) bool {
	return name == "from" || name == "is" && slices.Contains(outsideWords, strings.ToLower(value))
}

// addOutside adds a part that is answered outside.
func (p *parser) addOutside(name, value string, not bool) {
	o := &Outside{Name: name, Value: value}
	if name == "is" {
		o.Value = strings.ToLower(value)
	}
	p.query.outside = append(p.query.outside, o)
	ask := func(x *index) func(int) bool {
		return func(i int) bool { return o.holds != nil && o.holds(x.key(i)) }
	}
	p.query.conditions = append(p.query.conditions, condition{ask: ask, negated: not})
}
