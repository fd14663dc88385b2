package preview

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
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
	if e.Key != p.shown.Key || p.shown.Output <= 0 {
		return fmt.Sprintf("%d pictures", n)
	}
	which := fmt.Sprintf("%d of %d", p.shown.Output, n)
	if e.Outputs[min(p.shown.Output, n)-1].Star {
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

// factsLine is a picture's facts in one line: size and format, seed, duration, cost, which of several.
func (p *Preview) factsLine(e history.Entry) string {
	return joinFacts(p.partialFact(), sizeFact(e), seedFact(e), durationFact(e), p.source.Cost(e), p.whichFact(e))
}

// briefFactsLine is the same in few columns: "1024² · seed 62182 · ~$0.003".
func (p *Preview) briefFactsLine(e history.Entry) string {
	return joinFacts(briefSizeFact(e), seedFact(e), p.source.Cost(e))
}

// endFact is how and when a prediction ended: "★ done 1 min ago".
func (p *Preview) endFact(e history.Entry) string {
	if e.Star {
		return "★ " + p.source.Ended(e)
	}
	return p.source.Ended(e)
}
