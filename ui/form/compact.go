package form

import (
	"fmt"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// folded says the settings in 1 or 2 lines:
//
//	flux-schnell · 16:9 · webp 80      schnell · 1:1 · webp · seed 62182
//	1 output · seed 62182 · more
func (s *Settings) folded(h int, g theme.Glyphs) []text.Safe {
	name := s.Model.Name()
	if h == 1 {
		short := strings.TrimPrefix(name, "flux-")
		return []text.Safe{s.facts(g, short, s.shapeFact(g), s.word(params.Format), s.seedFact())}
	}
	file := s.word(params.Format)
	if quality := s.word(params.Quality); quality != "" && s.Value(params.Format) != "png" {
		file += " " + quality
	}
	more := ""
	if len(s.extraNames()) > 0 {
		more = RowMore
	}
	return []text.Safe{
		s.facts(g, name, s.shapeFact(g), file),
		s.facts(g, s.outputsFact(), s.seedFact(), more),
	}
}

// facts joins what there is to say.
func (s *Settings) facts(g theme.Glyphs, facts ...string) text.Safe {
	var parts []text.Safe
	for _, fact := range facts {
		if fact = strings.TrimSpace(fact); fact != "" {
			parts = append(parts, text.CleanLine(fact))
		}
	}
	return text.Join(parts, g.Joint)
}

// word is the value of a parameter, "" where the model has none such.
func (s *Settings) word(name string) string {
	if _, ok := s.Model.Parameter(name); !ok {
		return ""
	}
	return s.WordOf(name, s.Value(name))
}

// shapeFact is the ratio; a custom shape is its size.
func (s *Settings) shapeFact(g theme.Glyphs) string {
	w, h, ok := s.Size()
	if ok && s.Value(params.Shape) == customSize {
		return fmt.Sprintf("%d%s%d", w, g.Times, h)
	}
	return s.word(params.Shape)
}

func (s *Settings) seedFact() string {
	word := s.word(params.Seed)
	if word == "" {
		return ""
	}
	return "seed " + word
}

func (s *Settings) outputsFact() string {
	word := s.word(params.Outputs)
	if n, _ := model.Int(s.Value(params.Outputs)); n == 1 {
		return word + " output"
	}
	if word == "" {
		return ""
	}
	return word + " outputs"
}
