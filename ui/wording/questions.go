package wording

import (
	"fmt"
	"strings"
)

// Leave says what happens to the jobs under way when the program ends.
func Leave(n int, provider string) string {
	if n == 1 {
		return "1 goes on at " + provider + " and is followed at the next start."
	}
	return fmt.Sprintf("%d go on at %s and are followed at the next start.", n, provider)
}

// CancelAll asks whether all jobs are to be cancelled, and says what that costs.
func CancelAll(n, unsent int, free bool) string {
	s := fmt.Sprintf("Cancel all %d?", n)
	if n == 1 {
		s = "Cancel the one that runs?"
	}
	switch {
	case unsent == 1:
		s += " 1 was never sent;"
	case unsent > 1:
		s += fmt.Sprintf(" %d were never sent;", unsent)
	}
	switch sent := n - unsent; {
	case free || sent == 0:
		return strings.TrimSuffix(s, ";")
	case unsent == 0:
		return s + " They may be billed for the time they ran."
	default:
		return s + fmt.Sprintf(" %d may be billed for the time they ran.", sent)
	}
}
