package tree

import (
	"slices"

	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// about returns what changed in the row under the cursor, or in its parent while that is flicked to. Where there are several rows for it, facts are
// above, each change has its own row, and the prompt follows.
func (s *Screen) about(r cell.Rect, look theme.Look) []string {
	member, name := s.rows[s.at].Member, text.Safe("")
	if s.flick == flickParent {
		member, name = s.tree.Members[member].Main, "its parent"
	}
	m, st := &s.tree.Members[member], &look.Styles
	words, known := s.wordsOf(member)
	said := words
	if name != "" {
		said = append([]text.Safe{name}, words...)
	}
	switch {
	case m.Missing:
		return wrap([]line{{notHere + " " + text.CleanLine(s.short(m.Key)), st.Muted}}, r)
	case !known:
		return nil
	case r.H == 1:
		return []string{st.Text.Render(string(text.Truncate(text.Join(said, look.Glyphs.Separator), r.W, look.Glyphs.Ellipsis)))}
	}
	e, _ := s.List.Entry(m.Key)
	var lines []line
	if name != "" {
		lines = append(lines, line{name, st.Strong})
	}
	lines = append(lines, line{s.facts(e, r.W), st.Muted})
	for _, change := range words {
		lines = append(lines, line{change, st.Text})
	}
	if prompt := text.CleanLine(e.Prompt()); m.Main >= 0 && !s.tree.Members[m.Main].Missing {
		lines = append(lines, line{"", st.Text}, line{prompt, st.Muted})
	}
	return wrap(lines, r)
}

// line is a text in a role.
type line struct {
	said  text.Safe
	style interface{ Render(s ...string) string }
}

// wrap wraps lines, and drops what has no room.
func wrap(lines []line, r cell.Rect) (drawn []string) {
	for _, l := range lines {
		for _, said := range text.Wrap(l.said, r.W) {
			if len(drawn) == r.H {
				return drawn
			}
			drawn = append(drawn, l.style.Render(string(said)))
		}
	}
	return drawn
}

// facts returns how long ago a prediction was made, how many pictures it has if several, its seed, its duration and its cost, in one row: those in
// the middle only if there is room.
func (s *Screen) facts(e history.Entry, w int) text.Safe {
	said := []string{format.Ago(s.program.Now().Sub(e.CreatedTime()))}
	if n := len(e.Outputs); n > 1 {
		said = append(said, format.Plural(n, "picture"))
	}
	glyphs := s.program.Look().Glyphs
	var facts []text.Safe
	for _, fact := range append(said, s.program.Preview().ShortFacts(e)[1:]...) {
		if fact != "" {
			facts = append(facts, text.CleanLine(glyphs.Translate(fact)))
		}
	}
	for len(facts) > 2 && text.Width(text.Join(facts, glyphs.Separator)) > w {
		facts = slices.Delete(facts, 1, 2)
	}
	return text.Truncate(text.Join(facts, glyphs.Separator), w, glyphs.Ellipsis)
}
