package tree

import (
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
		member, name = s.tree.Members[member].Main, "its parent: "
	}
	m, st := &s.tree.Members[member], &look.Styles
	words, known := s.wordsOf(member)
	switch {
	case m.Missing:
		return wrap([]line{{notHere + " " + text.CleanLine(s.short(m.Key)), st.Muted}}, r)
	case !known:
		return nil
	case r.H == 1:
		return []string{st.Text.Render(string(text.Truncate(name+text.Join(words, look.Glyphs.Separator), r.W, look.Glyphs.Ellipsis)))}
	}
	e, _ := s.List.Entry(m.Key)
	lines := []line{{name + text.Join(s.facts(e), look.Glyphs.Separator), st.Muted}}
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

// facts returns how long ago a prediction was made, how many pictures it has if several, its seed, its duration and its cost.
func (s *Screen) facts(e history.Entry) (facts []text.Safe) {
	said := []string{format.Ago(s.program.Now().Sub(e.CreatedTime()))}
	if n := len(e.Outputs); n > 1 {
		said = append(said, format.Plural(n, "picture"))
	}
	for _, fact := range append(said, s.program.Preview().ShortFacts(e)[1:]...) {
		if fact != "" {
			facts = append(facts, text.CleanLine(s.program.Look().Glyphs.Translate(fact)))
		}
	}
	return facts
}
