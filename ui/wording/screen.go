package wording

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/ui/format"
	"tintype/ui/runner"
)

// ResumedJobs says which jobs of earlier programs were found at the start.
func ResumedJobs(adopted int, others runner.Skipped) string {
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

// WindowTooSmall says in short lines what size the window needs, what goes on meanwhile, and how to leave.
func WindowTooSmall(w, h, busy int) []string {
	lines := []string{fmt.Sprintf("needs 30×8, here %d×%d.", w, h)}
	switch {
	case busy == 1:
		lines = append(lines, "1 running goes on.")
	case busy > 1:
		lines = append(lines, fmt.Sprintf("%d running go on.", busy))
	}
	return append(lines, "ctrl+c leaves")
}

// Invitation returns the sentence of the empty preview: the size of the next picture, its price, and what to do.
func Invitation(w, h int, known bool, price string) string {
	if !known {
		return format.UpperFirst(price) + ". Write what you want to see, then press enter."
	}
	return fmt.Sprintf("%d×%d · %s. Write what you want to see, then press enter.", w, h, price)
}
