package statusbar

import (
	"fmt"
	"strings"

	"tintype/ui/cell"
	"tintype/ui/theme"
)

// Header is the content of the first row: at the left the name, the provider and what prevents purchases, at the right what is running,
// waiting, new and marked, and today's cost.
type Header struct {
	Provider         string // its title; "" for the demo, which is named at the right
	Trouble          string // what prevents purchases, in a few words; "" for nothing
	Running, Waiting int    // jobs
	NextTry          string // when the first of the waiting jobs is tried again: "in 3 s", "now"
	New              int    // predictions that have ended and were not seen
	Marked           string // "2 marked"; "" for none
	Demo             bool
	Today            string // "~$0.41 today"; "" if nothing was bought
	TodayShort       string // "~$0.41"
	NearLimit        bool   // most of the day's limit is spent
}

// Line returns the header in w columns. If it does not fit it drops "today", the provider, the name, the
// time of the next try and what is new, in this order.
func (h Header) Line(w int, look theme.Look) string {
	type parts struct{ today, provider, name, next, news bool }
	fewer := []parts{
		{true, true, true, true, true},
		{false, true, true, true, true},
		{false, false, true, true, true},
		{false, false, false, true, true},
		{false, false, false, false, true},
		{false, false, false, false, false},
	}
	for i, p := range fewer {
		left, right := h.left(p.name, p.provider, look), h.right(p.today, p.next, p.news, look)
		gap := w - cell.Width(left) - cell.Width(right)
		if gap >= 2 || (i == len(fewer)-1 && gap >= 0) {
			return left + strings.Repeat(" ", gap) + right
		}
	}
	return h.left(false, false, look)
}

// Beside returns a styled left part and the right part of the header in w columns. If they do not fit it drops "today", the time of the
// next try and what is new, and then the entire right part.
func (h Header) Beside(left string, w int, look theme.Look) string {
	for _, right := range []string{h.right(true, true, true, look), h.right(false, true, true, look), h.right(false, false, false, look)} {
		if gap := w - cell.Width(left) - cell.Width(right); gap >= 2 {
			return left + strings.Repeat(" ", gap) + right
		}
	}
	return left
}

func (h Header) left(name, provider bool, look theme.Look) string {
	var parts []string
	if name {
		parts = append(parts, look.Styles.Strong.Render("tintype"))
	}
	if provider && h.Provider != "" {
		parts = append(parts, look.Styles.Muted.Render(h.Provider))
	}
	if h.Trouble != "" {
		parts = append(parts, look.Styles.Failure.Render(look.Glyphs.Translate(h.Trouble)))
	}
	return strings.Join(parts, "  ")
}

func (h Header) right(today, next, news bool, look theme.Look) string {
	var parts []string
	if h.Running > 0 {
		parts = append(parts, look.Styles.Running.Render(fmt.Sprintf("%d running", h.Running)))
	}
	if h.Waiting > 0 {
		words := fmt.Sprintf("%d retrying", h.Waiting)
		if next && h.NextTry != "" {
			words += " " + h.NextTry
		}
		parts = append(parts, look.Styles.Muted.Render(words))
	}
	if news && h.New > 0 {
		parts = append(parts, look.Styles.Success.Render(fmt.Sprintf("%d new", h.New)))
	}
	if h.Marked != "" {
		parts = append(parts, look.Styles.Text.Render(h.Marked))
	}
	spent := h.TodayShort
	if today {
		spent = h.Today
	}
	switch {
	case h.Demo:
		parts = append(parts, look.Styles.Muted.Render("DEMO"+string(look.Glyphs.Separator)+"free"))
	case spent != "" && h.NearLimit:
		parts = append(parts, look.Styles.Question.Render(spent))
	case spent != "":
		parts = append(parts, look.Styles.Muted.Render(spent))
	}
	return strings.Join(parts, look.Styles.Muted.Render(string(look.Glyphs.Separator)))
}
