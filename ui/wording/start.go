package wording

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/ui/format"
	"tintype/ui/runner"
)

// Resumed says which jobs of earlier programs were found at the start.
func Resumed(adopted int, others runner.Skipped) string {
	var parts []string
	if followed := adopted - others.Unconfirmed; followed > 0 {
		parts = append(parts, fmt.Sprintf("%d from before followed again.", followed))
	}
	if others.Unconfirmed > 0 {
		parts = append(parts, fmt.Sprintf("%d unconfirmed: enter on the row decides.", others.Unconfirmed))
	}
	if others.DrivenElsewhere > 0 {
		parts = append(parts, fmt.Sprintf("%d followed by another tintype.", others.DrivenElsewhere))
	}
	for _, base := range slices.Sorted(maps.Keys(others.OtherProviders)) {
		n, verb := others.OtherProviders[base], "wait"
		if n == 1 {
			verb = "waits"
		}
		parts = append(parts, fmt.Sprintf("%d %s for %s.", n, verb, format.Clean(base)))
	}
	return strings.Join(parts, " ")
}
