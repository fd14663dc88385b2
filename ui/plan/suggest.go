package plan

import (
	"fmt"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
)

// notTaken returns the error for a name that no model of a table takes: with the models that take it, or else the names that are like it.
func notTaken(name string, names []string) error {
	const most = 3
	var takers []string
	for _, m := range model.All() {
		if _, ok := m.Parameter(name); ok {
			takers = append(takers, m.Name())
		}
	}
	switch n := len(takers); {
	case n == 0:
		if format.DidYouMeanParameter(name, names) == "" {
			names = Names()
		}
		return fmt.Errorf("no model here takes %q.%s", name, format.DidYouMeanParameter(name, names))
	case n == 1:
		return fmt.Errorf("no model here takes %q; %s does.", name, takers[0])
	case n > most:
		return fmt.Errorf("no model here takes %q; %s and %d others do.", name, strings.Join(takers[:most], ", "), n-most)
	default:
		return fmt.Errorf("no model here takes %q; %s and %s do.", name, strings.Join(takers[:n-1], ", "), takers[n-1])
	}
}
