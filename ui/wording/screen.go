package wording

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/runner"
)

// ResumedJobs says which jobs of earlier programs were found at the start.
func ResumedJobs(adopted int, others runner.Skipped) string {
	var parts []string
	switch followed := adopted - others.Unconfirmed; {
	case followed == 1:
		parts = append(parts, "Picked up 1 job from last time.")
	case followed > 1:
		parts = append(parts, fmt.Sprintf("Picked up %d jobs from last time.", followed))
	}
	if others.Unconfirmed > 0 {
		parts = append(parts, fmt.Sprintf("%d unconfirmed: %s on its row, to decide what to do.", others.Unconfirmed, Key(keymap.ActOpen)))
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
		lines = append(lines, "1 job keeps running.")
	case busy > 1:
		lines = append(lines, fmt.Sprintf("%d jobs keep running.", busy))
	}
	return append(lines, "ctrl+c quits")
}

// Invitation returns the sentence of the empty preview: what to do, and on a second line the size of the next picture and its price.
// inPrompt means that what is typed goes into the prompt, and written that there is a text in it.
func Invitation(w, h int, known bool, price string, inPrompt, written bool) string {
	s := "Describe a picture and press enter."
	switch {
	case written && !inPrompt:
		s = "Press " + ToPrompt + ", then enter."
	case !inPrompt:
		s = "Press " + ToPrompt + ", describe a picture, and press enter."
	}
	if !known {
		return s + "\n" + format.UpperFirst(price)
	}
	return fmt.Sprintf("%s\n%d×%d · %s", s, w, h, price)
}

// EmptyPrompt is what a prompt without text says.
const EmptyPrompt = "What do you want to see?"

// PromptWithExamples is what an empty prompt says while examples can be filled in.
func PromptWithExamples() string {
	return EmptyPrompt + " " + Key(keymap.ActNext) + " fills in an example."
}

// LettersAreCommands tells a user who types a sentence where letters are commands how to type into the prompt. place is the name of where
// the keys go.
func LettersAreCommands(place string) string {
	return "You are in the " + place + ". Press " + ToPrompt + " to type."
}

// NoKey says that a key is missing, how to enter one, and how to try the demo if there is one.
func NoKey(provider, variable string, hasDemo bool) string {
	s := fmt.Sprintf("No key for %s. Enter one: %s, or set %s.", provider, Key(keymap.ActEnterKey), variable)
	if !hasDemo {
		return s
	}
	return s + " Try the demo: " + Key(keymap.ActDemo) + "."
}

// NotOpened says why a picture could not be opened outside, and what to press to use its path elsewhere; "" for nil.
func NotOpened(err error) string {
	if err == nil {
		return ""
	}
	return format.Sentence(format.Clean(err.Error())) + " " + Key(keymap.ActCopyFile) + " copies its path."
}
