package promptdiff

import (
	"tintype/ui/text"
)

// Diff is how a prompt differs from the one below it.
type Diff struct {
	Words   []Word // of the prompt
	Changed []bool // by word: the prompt below lacks it
	First   int    // index of the first word where the two differ
	Similar bool   // they share at least 6 words in 10
}

// Compare compares a prompt with the one below it.
func Compare(prompt, below text.Safe) Diff {
	a, b := splitWords(prompt), splitWords(below)
	d := Diff{Words: a, Changed: make([]bool, len(a))}
	head := 0
	for head < len(a) && head < len(b) && a[head].Text == b[head].Text {
		head++
	}
	tail := 0
	for tail < len(a)-head && tail < len(b)-head && a[len(a)-1-tail].Text == b[len(b)-1-tail].Text {
		tail++
	}
	d.First = head
	common := head + tail + markChanged(d.Changed[head:len(a)-tail], a[head:len(a)-tail], b[head:len(b)-tail])
	d.Similar = common*10 >= 6*max(len(a), len(b)) && common > 0
	return d
}

// markChanged marks the words of a that are not common to a and b, and returns the number of those that are. Where there are too
// many to compare, it marks all.
func markChanged(changed []bool, a, b []Word) (common int) {
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

// Last returns the index of the last changed word; First-1 where none is.
func (d *Diff) Last() int {
	last := d.First - 1
	for i := d.First; i < len(d.Changed); i++ {
		if d.Changed[i] {
			last = i
		}
	}
	return last
}
