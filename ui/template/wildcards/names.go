package wildcards

import (
	"fmt"
	"math/big"
	"os"
	"path"
	"slices"
	"strings"

	"tintype/ui/template"
)

// matches reports whether a name matches a path with "*" within a part, or "**" for any depth.
func matches(pattern, name string) bool {
	parts := strings.Split(name, "/")
	reached := make([]bool, len(parts)+1) // how much of the name the pattern so far may match
	reached[0] = true
	for _, p := range strings.Split(pattern, "/") {
		next := make([]bool, len(parts)+1)
		if p == "**" {
			any := false
			for i := range reached {
				any = any || reached[i]
				next[i] = any
			}
		} else {
			for i, part := range parts {
				ok, _ := path.Match(p, part)
				next[i+1] = reached[i] && ok
			}
		}
		reached = next
	}
	return reached[len(parts)]
}

// shown is how many lists an error names.
const shown = 6

// unknown is the error for a path that no list has. It names the lists that may be meant, else the first ones.
func (l *Lists) unknown(name string) error {
	names := l.names()
	var near, all []string
	wanted := strings.ToLower(path.Base(strings.ReplaceAll(name, "*", "")))
	for _, n := range names {
		all = append(all, n.list)
		lower := strings.ToLower(n.list)
		if len(wanted) > 1 && (strings.Contains(lower, wanted) || len(path.Base(lower)) > 2 && strings.Contains(wanted, path.Base(lower)) || isNear(wanted, path.Base(lower))) {
			near = append(near, n.list)
		}
	}
	if len(near) > 0 {
		all = near
	}
	if len(all) == 0 {
		return fmt.Errorf("no list called %s; there are no lists. Write \\__ for the signs themselves.%s", name, l.missing())
	}
	more := ""
	if len(all) > shown {
		more = fmt.Sprintf(" and %d more", len(all)-shown)
		all = all[:shown]
	}
	are := "are"
	if len(all) == 1 {
		are = "is"
	}
	return fmt.Errorf("no list called %s; there %s %s%s.", name, are, strings.Join(all, ", "), more)
}

// missing is a sentence, after a blank, about the last folder that is not there; "" if all are. The first is that beside the settings file,
// which need not be there.
func (l *Lists) missing() string {
	for _, f := range slices.Backward(l.folders) {
		if info, err := os.Stat(f.path); err != nil || !info.IsDir() {
			return fmt.Sprintf(" There is no folder %s.", f.path)
		}
	}
	return ""
}

// count writes a number as a person reads it: 100,000.
func count(n int64) string { return template.Thousands(big.NewInt(n)) }

// isNear reports whether two names differ by two letters at most.
func isNear(a, b string) bool {
	if len(a) > 40 || len(b) > 40 || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return false
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		before := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			change := before
			if a[i-1] != b[j-1] {
				change++
			}
			before = row[j]
			row[j] = min(change, row[j]+1, row[j-1]+1)
		}
	}
	return row[len(b)] <= min(2, len(a)/3)
}
