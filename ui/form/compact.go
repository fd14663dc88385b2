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

// compact writes the settings in 1 or 2 lines:
//
//	flux-schnell · 16:9 · webp 80      schnell · 1:1 · webp · seed 62182
//	1 output · seed 62182 · more
type compact struct {
	settings *Settings
	glyphs   theme.Glyphs
}

// lines returns h lines, 1 or 2.
func (c compact) lines(h int) []text.Safe {
	name := c.settings.model.Label()
	if several := c.severalBrief(RowModel); several != "" {
		name = several
	}
	if h == 1 {
		short := strings.TrimPrefix(name, "flux-")
		return []text.Safe{c.join(short, c.shapeText(), c.parameterText(params.Format), c.seedText())}
	}
	file := c.parameterText(params.Format)
	if quality := c.parameterText(params.Quality); quality != "" && c.settings.Value(params.Format) != "png" {
		file += " " + quality
	}
	second := []string{c.outputsText(), c.seedText()}
	for _, extra := range c.settings.extraNames() {
		if several := c.severalBrief(extra); several != "" {
			second = append(second, params.Label(extra)+" "+several)
		}
	}
	if len(c.settings.extraNames()) > 0 {
		second = append(second, RowMore)
	}
	return []text.Safe{c.join(name, c.shapeText(), file), c.join(second...)}
}

// severalBrief returns the several values of a row, or how many there are if they are long; "" if it has one.
func (c compact) severalBrief(row string) string {
	const most = 14 // columns
	if c.settings.Several(row) == "" {
		return ""
	}
	if several := c.settings.severalText(row); text.Width(text.CleanLine(several)) <= most {
		return several
	}
	return format.Plural(len(c.settings.severalTexts(row)), "value")
}

// parameterText is the value of a parameter, "" where the model has no such parameter.
func (c compact) parameterText(name string) string {
	if _, ok := c.settings.model.Parameter(name); !ok {
		return ""
	}
	if several := c.severalBrief(name); several != "" {
		return several
	}
	return c.settings.Text(name, c.settings.Value(name))
}

// shapeText returns the aspect ratio, or the size of a custom shape.
func (c compact) shapeText() string {
	w, h, ok := c.settings.Size()
	if ok && c.settings.Several(params.Shape) == "" && c.settings.Value(params.Shape) == customSize {
		return fmt.Sprintf("%d%s%d", w, c.glyphs.Times, h)
	}
	return c.parameterText(params.Shape)
}

func (c compact) seedText() string {
	word := c.parameterText(params.Seed)
	if word == "" {
		return ""
	}
	return "seed " + word
}

func (c compact) outputsText() string {
	word := c.parameterText(params.Outputs)
	if n, _ := model.Int(c.settings.Value(params.Outputs)); n == 1 && c.settings.Several(params.Outputs) == "" {
		return word + " output"
	}
	if word == "" {
		return ""
	}
	return word + " outputs"
}

// join joins the texts that are not empty.
func (c compact) join(texts ...string) text.Safe {
	var parts []text.Safe
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			parts = append(parts, text.CleanLine(t))
		}
	}
	return text.Join(parts, c.glyphs.Separator)
}
