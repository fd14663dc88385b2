package list

import (
	"strings"
	"unicode"

	"tintype/ui/text"
)

// promptDiff is how a prompt differs from the one below it.
type promptDiff struct {
	words   []word
	changed []bool // by word: it is not in the prompt below
	first   int    // index of the first word where the two differ
	similar bool   // they share at least 6 words in 10
}

// diffPrompts compares a prompt with the one below it.
func diffPrompts(prompt, below text.Safe) promptDiff {
	a, b := splitWords(prompt), splitWords(below)
	d := promptDiff{words: a, changed: make([]bool, len(a))}
	head := 0
	for head < len(a) && head < len(b) && a[head].text == b[head].text {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].text == b[len(b)-1-tail].text {
		tail++
	}
	d.first = head
	common := head + tail + markChanged(d.changed[head:len(a)-tail], a[head:len(a)-tail], b[head:len(b)-tail])
	d.similar = common*10 >= 6*max(len(a), len(b)) && common > 0
	return d
}

// markChanged marks the words of a that are not common to a and b, and returns the number of those that are. Where there are too
// many to compare, it marks all.
func markChanged(changed []bool, a, b []word) (common int) {
	for i := range changed {
		changed[i] = true
	}
	if len(a) == 0 || len(b) == 0 || len(a) > maxMidWords || len(b) > maxMidWords {
		return 0
	}
	same := commonWords(a, b)
	for _, i := range same {
		changed[i] = false
	}
	return len(same)
}

// last returns the index of the last word that the prompt below lacks; first-1 where it lacks none.
func (d *promptDiff) last() int {
	last := d.first - 1
	for i := d.first; i < len(d.changed); i++ {
		if d.changed[i] {
			last = i
		}
	}
	return last
}

// changes returns the prompt from its first change to its last, without punctuation at the end.
func (d *promptDiff) changes() []run {
	var runs []run
	last := d.last()
	for i := d.first; i <= last; i++ {
		if d.words[i].spaced && i > d.first {
			runs = append(runs, run{text: " "})
		}
		said := d.words[i].text
		if bare := strings.TrimRightFunc(said, unicode.IsPunct); i == last && bare != "" {
			said = bare
		}
		runs = append(runs, d.run(i, said))
	}
	return runs
}
