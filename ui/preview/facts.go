package preview

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// Duration is how long a prediction took: the provider's own figure, else from its creation to its end; 0 if neither is known.
func Duration(e history.Entry) time.Duration {
	if s := e.Metrics["predict_time"]; s > 0 {
		return time.Duration(s * float64(time.Second))
	}
	if !e.CompletedAt.IsZero() && e.CompletedAt.After(e.CreatedAt) {
		return e.CompletedAt.Sub(e.CreatedAt)
	}
	return 0
}

func durationFact(e history.Entry) string {
	if d := Duration(e); d > 0 {
		return format.Duration(d)
	}
	return ""
}

func seedFact(e history.Entry) string {
	if e.Seed == nil {
		return ""
	}
	return fmt.Sprintf("seed %d", *e.Seed)
}

func sizeFact(e history.Entry) string {
	w, h := pictureSize(e)
	if w <= 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d×%d %s", w, h, formatOf(e)))
}

// briefSizeFact is the size in few columns: "1024²".
func briefSizeFact(e history.Entry) string {
	switch w, h := pictureSize(e); {
	case w <= 0:
		return ""
	case w == h:
		return fmt.Sprintf("%d²", w)
	default:
		return fmt.Sprintf("%d×%d", w, h)
	}
}

// formatOf is the format of an entry's first picture, by its name on disk.
func formatOf(e history.Entry) string {
	for _, o := range e.Outputs {
		if ext := path.Ext(o.Path); ext != "" {
			return ext[1:]
		}
	}
	return ""
}

// whichFact says which of several pictures is shown; "" if there is only one.
func (p *Preview) whichFact(e history.Entry) string {
	n := len(e.Outputs)
	if n <= 1 {
		return ""
	}
	output := p.shownOutput(e)
	if output <= 0 {
		return fmt.Sprintf("%d pictures", n)
	}
	which := fmt.Sprintf("%d of %d", output, n)
	if e.Outputs[output-1].Star {
		return "★ " + which
	}
	return which
}

// ShortFacts are the facts of a picture that fit beside its prompt, the most important last; one that is unknown is empty.
func (p *Preview) ShortFacts(e history.Entry) []string {
	return []string{p.whichFact(e), seedFact(e), durationFact(e), p.source.Cost(e)}
}

// partialFact says that only a part of the picture is shown, because its file on this disk is cut off or damaged.
func (p *Preview) partialFact() string {
	for _, tile := range p.shown.Tiles {
		if frame, ok := p.frames.best(tile.FrameKey); ok && frame.Partial {
			return "cut off or damaged: shown as far as it goes"
		}
	}
	return ""
}

// joinFacts joins facts with dots; an empty one is left out.
func joinFacts(facts ...string) string {
	return strings.Join(slices.DeleteFunc(facts, func(s string) bool { return s == "" }), " · ")
}

// fact is one of several facts in a line.
type fact struct {
	text  string // "" if it is unknown
	brief string // the same in fewer columns; "" if that is not possible
	rank  int    // those with the highest are the first to be shortened and left out
}

// fitFacts returns facts in one line of at most w columns. Those that do not fit are shortened or left out, the least important first.
func fitFacts(facts []fact, w int, look theme.Look) text.Safe {
	facts = slices.DeleteFunc(slices.Clone(facts), func(f fact) bool { return f.text == "" })
	for {
		line := drawFacts(facts, look)
		if text.Width(line) <= w || len(facts) == 0 {
			return line
		}
		least := 0
		for i, f := range facts {
			if f.rank >= facts[least].rank {
				least = i
			}
		}
		switch f := &facts[least]; {
		case f.brief != "" && f.brief != f.text:
			f.text = f.brief
		case len(facts) == 1:
			return text.Truncate(line, w, look.Glyphs.Ellipsis)
		default:
			facts = slices.Delete(facts, least, least+1)
		}
	}
}

// drawFacts returns facts in one line, in the glyphs of the terminal.
func drawFacts(facts []fact, look theme.Look) text.Safe {
	var texts []text.Safe
	for _, f := range facts {
		texts = append(texts, text.CleanLine(look.Glyphs.Translate(f.text)))
	}
	return text.Join(texts, look.Glyphs.Separator)
}

// pictureFacts are the facts of a picture for a line: size and format, seed, duration, cost, which of several.
func (p *Preview) pictureFacts(e history.Entry) []fact {
	return []fact{
		{p.partialFact(), "damaged", 0},
		{sizeFact(e), briefSizeFact(e), 4},
		{seedFact(e), "", 2},
		{durationFact(e), "", 5},
		{p.source.Cost(e), "", 3},
		{p.whichFact(e), "", 1},
	}
}

// endFacts are the facts of a prediction that ended without a picture.
func (p *Preview) endFacts(e history.Entry) []fact {
	return []fact{{p.source.Ended(e), "", 0}, {modelName(e), "", 1}, {shapeRow(e).value, "", 3}, {p.source.Cost(e), "", 2}}
}
