package ui

import (
	"fmt"
	"strings"

	"tintype/api/model"
	"tintype/ui/text"
)

// folded says the settings in 1 or 2 lines:
//
//	flux-schnell · 16:9 · webp 80      schnell · 1:1 · webp · seed 62182
//	1 output · seed 62182 · more
func (s *settingsBox) folded(h int, g glyphs) []text.Safe {
	name := s.model.Name()
	if h == 1 {
		short := strings.TrimPrefix(name, "flux-")
		return []text.Safe{s.facts(g, short, s.shapeFact(g), s.word(formatName), s.seedFact())}
	}
	file := s.word(formatName)
	if quality := s.word("output_quality"); quality != "" && s.value(formatName) != "png" {
		file += " " + quality
	}
	more := ""
	if len(s.extraNames()) > 0 {
		more = rowMore
	}
	return []text.Safe{
		s.facts(g, name, s.shapeFact(g), file),
		s.facts(g, s.outputsFact(), s.seedFact(), more),
	}
}

// facts joins what there is to say.
func (s *settingsBox) facts(g glyphs, facts ...string) text.Safe {
	var parts []text.Safe
	for _, fact := range facts {
		if fact = strings.TrimSpace(fact); fact != "" {
			parts = append(parts, text.CleanLine(fact))
		}
	}
	return text.Join(parts, text.Safe(g.joint))
}

// word is the value of a parameter, "" where the model has none such.
func (s *settingsBox) word(name string) string {
	if _, ok := s.model.Parameter(name); !ok {
		return ""
	}
	return s.wordOf(name, s.value(name))
}

// shapeFact is the ratio; a custom shape is its size.
func (s *settingsBox) shapeFact(g glyphs) string {
	w, h, ok := s.size()
	if ok && s.value(shapeName) == customSize {
		return fmt.Sprintf("%d%s%d", w, g.times, h)
	}
	return s.word(shapeName)
}

func (s *settingsBox) seedFact() string {
	word := s.word(seedName)
	if word == "" {
		return ""
	}
	return "seed " + word
}

func (s *settingsBox) outputsFact() string {
	word := s.word("num_outputs")
	if n, _ := model.Int(s.value("num_outputs")); n == 1 {
		return word + " output"
	}
	if word == "" {
		return ""
	}
	return word + " outputs"
}
