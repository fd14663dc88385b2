package list

import (
	"strings"
	"unicode"

	"tintype/ui/promptdiff"
	"tintype/ui/text"
	"tintype/ui/theme"
)

// run is a part of a row's text in one weight.
type run struct {
	text text.Safe
	kind runKind
}

type runKind int

const (
	plainRun   runKind = iota
	changedRun         // differs from the row below
	hitRun             // found by the filter
)

// promptRuns returns a row's prompt in room columns. Above a row with the same prompt it is what else differs; above a similar one it
// begins shortly before the first change; with a filter it shows what the filter found.
func promptRuns(r, below *row, o *DrawOptions, room int) []run {
	if o.hits != nil {
		return hitRuns(r.prompt, o, room)
	}
	if below == nil {
		return []run{{text: r.prompt}}
	}
	if r.hasPromptOf(below) {
		return []run{{text: text.Safe(o.Glyphs.Same)}, {text: " "}, {text: whatDiffers(r, below, o)}}
	}
	d := promptdiff.Compare(r.prompt, below.prompt)
	if !d.Similar {
		return []run{{text: r.prompt}}
	}
	return changedRuns(&d, room, o.Glyphs.Ellipsis)
}

// captionRuns returns what is new about a prediction. A caption has no room for what it shares with the one before it.
func captionRuns(r, below *row, o *DrawOptions) []run {
	if below == nil {
		return []run{{text: r.prompt}}
	}
	if r.hasPromptOf(below) {
		return []run{{text: whatDiffers(r, below, o)}}
	}
	if d := promptdiff.Compare(r.prompt, below.prompt); d.Similar && d.Last() >= d.First {
		return changes(&d)
	}
	return []run{{text: r.prompt}}
}

// hasPromptOf reports whether two rows have the same prompt.
func (r *row) hasPromptOf(below *row) bool {
	return r.prompt == below.prompt && r.fullPrompt == below.fullPrompt
}

// whatDiffers names what differs between two rows with one prompt: "16:9 · seed 7", or "again" for nothing.
func whatDiffers(r, below *row, o *DrawOptions) text.Safe {
	if said := differences(r, below); len(said) > 0 {
		return text.Join(said, o.Glyphs.Separator)
	}
	return "again"
}

// changedRuns shows a prompt from two words before its first change, or from further left where there is room for all of that.
func changedRuns(d *promptdiff.Diff, room int, ellipsis text.Safe) []run {
	from := min(max(0, d.First-2), len(d.Words))
	width := 0
	for i := from; i < len(d.Words); i++ {
		width += wordWidth(d.Words[i])
	}
	for from > 0 {
		more := width + wordWidth(d.Words[from-1])
		cut := text.Width(ellipsis) + 1
		if from == 1 {
			cut = 0
		}
		if more+cut > room {
			break
		}
		from, width = from-1, more
	}
	var runs []run
	if from > 0 {
		runs = append(runs, run{text: ellipsis})
	}
	for i, w := range d.Words[from:] {
		if w.Spaced || i == 0 && from > 0 {
			runs = append(runs, run{text: " "})
		}
		runs = append(runs, wordRun(d, from+i, w.Text))
	}
	return runs
}

// changes returns a prompt from its first change to its last, without punctuation at the end.
func changes(d *promptdiff.Diff) []run {
	var runs []run
	last := d.Last()
	for i := d.First; i <= last; i++ {
		if d.Words[i].Spaced && i > d.First {
			runs = append(runs, run{text: " "})
		}
		said := d.Words[i].Text
		if bare := strings.TrimRightFunc(said, unicode.IsPunct); i == last && bare != "" {
			said = bare
		}
		runs = append(runs, wordRun(d, i, said))
	}
	return runs
}

// wordRun returns the i-th word of a prompt, or a part of it.
func wordRun(d *promptdiff.Diff, i int, word string) run {
	if d.Changed[i] {
		return run{text.Safe(word), changedRun}
	}
	return run{text: text.Safe(word)}
}

func wordWidth(w promptdiff.Word) int {
	if w.Spaced {
		return 1 + text.Width(text.Safe(w.Text))
	}
	return text.Width(text.Safe(w.Text))
}

// hitRuns shows a prompt with what the filter found. Where the first hit would be cut off, it begins shortly before that.
func hitRuns(prompt text.Safe, o *DrawOptions, room int) []run {
	runs := splitAtHits(string(prompt), o.hits(string(prompt)))
	before := 0
	for _, r := range runs {
		before += text.Width(r.text)
		if r.kind == hitRun {
			break
		}
	}
	if len(runs) > 1 && before >= room && runs[0].kind != hitRun {
		runs[0].text = text.TruncateLeft(runs[0].text, room/3, o.Glyphs.Ellipsis)
	}
	return runs
}

// splitAtHits splits a prompt at its hits: ranges of bytes in order, none of which overlap.
func splitAtHits(s string, hits [][2]int) []run {
	var runs []run
	from := 0
	for _, hit := range hits {
		if hit[0] > from {
			runs = append(runs, run{text: text.Safe(s[from:hit[0]])})
		}
		runs = append(runs, run{text.Safe(s[hit[0]:hit[1]]), hitRun})
		from = hit[1]
	}
	if from < len(s) {
		runs = append(runs, run{text: text.Safe(s[from:])})
	}
	return runs
}

func runsWidth(runs []run) int {
	w := 0
	for _, r := range runs {
		w += text.Width(r.text)
	}
	return w
}

// fitRuns cuts runs to w columns, with the ellipsis at the end.
func fitRuns(runs []run, w int, g theme.Glyphs) []run {
	if runsWidth(runs) <= w {
		return runs
	}
	left := w - text.Width(g.Ellipsis)
	if left < 0 {
		return nil
	}
	var kept []run
	for _, r := range runs {
		n := text.Width(r.text)
		if n > left {
			r.text = text.TrimEnd(text.Truncate(r.text, left, ""))
			kept = append(kept, r)
			break
		}
		kept, left = append(kept, r), left-n
	}
	return append(kept, run{text: g.Ellipsis})
}

// drawRuns writes the runs of a row side by side, neighbours of one kind together.
func drawRuns(b *strings.Builder, runs []run, r *row, st *theme.Styles) {
	for i := 0; i < len(runs); {
		said, kind := "", runs[i].kind
		for ; i < len(runs) && runs[i].kind == kind; i++ {
			said += string(runs[i].text)
		}
		b.WriteString(drawRun(said, kind, r, st))
	}
}

func drawRun(said string, kind runKind, r *row, st *theme.Styles) string {
	switch kind {
	case hitRun:
		return st.Match(said, r.selected)
	case changedRun:
		return st.Changed.Render(said)
	}
	return weigh(st.Text, r).Render(said)
}
