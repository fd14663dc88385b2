package wording

import (
	"fmt"

	"tintype/ui/format"
)

// TooSmall says in short lines what size the window needs, what goes on meanwhile, and the way out.
func TooSmall(w, h, busy int) []string {
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
