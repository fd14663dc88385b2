package form

import (
	"fmt"
	"strings"

	"tintype/api/model"
	"tintype/ui/format"
	"tintype/ui/params"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// compactView writes the settings in 1 or 2 lines:
//
//	flux-schnell · 16:9 · webp 80      schnell · 1:1 · webp · seed 62182
//	1 output · seed 62182 · more
func (s *Settings) compactView(h int, g theme.Glyphs) []text.Safe {
	name := s.model.Label()
	if several := s.compactSeveral(RowModel); several != "" {
		name = several
	}
	if h == 1 {
		short := strings.TrimPrefix(name, "flux-")
		return []text.Safe{joinTexts(g, short, s.shapeText(g), s.parameterText(params.Format), s.seedText())}
	}
	file := s.parameterText(params.Format)
	if quality := s.parameterText(params.Quality); quality != "" && s.Value(params.Format) != "png" {
		file += " " + quality
	}
	second := []string{s.outputsText(), s.seedText()}
	for _, extra := range s.extraNames() {
		if several := s.compactSeveral(extra); several != "" {
			second = append(second, params.Label(extra)+" "+several)
		}
	}
	if len(s.extraNames()) > 0 {
		second = append(second, RowMore)
	}
	return []text.Safe{joinTexts(g, name, s.shapeText(g), file), joinTexts(g, second...)}
}

// compactSeveral returns the several values of a row, or how many there are if they are long; "" if it has one.
func (s *Settings) compactSeveral(row string) string {
	const most = 14 // columns
	if s.Several(row) == "" {
		return ""
	}
	if several := s.severalText(row); text.Width(text.CleanLine(several)) <= most {
		return several
	}
	return format.Plural(len(s.severalTexts(row)), "value")
}

// joinTexts joins the texts that are not empty.
func joinTexts(g theme.Glyphs, texts ...string) text.Safe {
	var parts []text.Safe
	for _, s := range texts {
		if s = strings.TrimSpace(s); s != "" {
			parts = append(parts, text.CleanLine(s))
		}
	}
	return text.Join(parts, g.Separator)
}

// parameterText is the value of a parameter, "" where the model has no such parameter.
func (s *Settings) parameterText(name string) string {
	if _, ok := s.model.Parameter(name); !ok {
		return ""
	}
	if several := s.compactSeveral(name); several != "" {
		return several
	}
	return s.Text(name, s.Value(name))
}

// shapeText returns the aspect ratio, or the size of a custom shape.
func (s *Settings) shapeText(g theme.Glyphs) string {
	w, h, ok := s.Size()
	if ok && s.Several(params.Shape) == "" && s.Value(params.Shape) == customSize {
		return fmt.Sprintf("%d%s%d", w, g.Times, h)
	}
	return s.parameterText(params.Shape)
}

func (s *Settings) seedText() string {
	word := s.parameterText(params.Seed)
	if word == "" {
		return ""
	}
	return "seed " + word
}

func (s *Settings) outputsText() string {
	word := s.parameterText(params.Outputs)
	if n, _ := model.Int(s.Value(params.Outputs)); n == 1 && s.Several(params.Outputs) == "" {
		return word + " output"
	}
	if word == "" {
		return ""
	}
	return word + " outputs"
}
