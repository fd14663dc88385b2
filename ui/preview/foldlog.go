package preview

import (
	"regexp"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// logLine is a line of a log after folding.
type logLine struct {
	text       text.Safe
	isProgress bool // it is the last of several that each replaced the one before
}

// The patterns of lines about progress. They are compiled when the first log is folded.
var logPatterns = sync.OnceValue(func() (p struct{ bar, counter, progress, number *regexp.Regexp }) {
	// a bar of tqdm: "Fetching: 12%|█▎   | 1/8 [00:00<00:01, 7.23it/s]"
	p.bar = regexp.MustCompile(`^(.*?)(\d+)%\s*\|[^|]*\|\s*([\d.]+\w*)/([\d.]+\w*)\s*(?:\[[^,\]]*,?\s*([^\],]*)[^\]]*\]?)?`)
	// a counter of tqdm, which has no total: "3it [00:00, 5.45it/s]"
	p.counter = regexp.MustCompile(`^(.*?)(\d+)it\s*\[[^,\]]*,?\s*([^\],]*)`)
	p.progress = regexp.MustCompile(`(?i)\d\s*%|\d\s*(?:/|of)\s*\d|\d\s*[kmg]?i?b(?:/s|\b)|it/s|s/it\b|\dit\s*\[|(?:\.\.\.|…)\s*$|\b(?:down|up)?loading\b|\b(?:fetching|extracting|pulling|waiting|retrying)\b`)
	p.number = regexp.MustCompile(`[\d.:,]+(?:\s*[kmgKMG]?i?[bB]\b)?`)
	return p
})

// foldLog returns a log as a person reads it. Of lines that replace each other, which is what a terminal would show, only the last is
// left: those that end in \r, and consecutive ones about the same progress. Bars are written in a few words, so that they fit.
func foldLog(log string) []logLine {
	var folded []logLine
	block := map[string]int{} // of the progress lines since the last other line: where each is in folded
	for line := range strings.SplitSeq(strings.TrimSpace(strings.ReplaceAll(log, "\r\n", "\n")), "\n") {
		line = strings.TrimRight(ansi.Strip(afterReturn(line)), " \t")
		said, subject := line, ""
		if logPatterns().progress.MatchString(line) {
			said, subject = describeProgress(line)
		}
		at, replaces := block[subject]
		switch {
		case subject == "":
			clear(block)
			folded = append(folded, logLine{text: text.CleanLine(said)})
		case replaces:
			folded[at].text = text.CleanLine(said)
		default:
			block[subject] = len(folded)
			folded = append(folded, logLine{text.CleanLine(said), true})
		}
	}
	return folded
}

// afterReturn returns what a terminal shows of a line in which carriage returns go back to its beginning.
func afterReturn(line string) string {
	line = strings.TrimRight(line, "\r")
	return line[strings.LastIndexByte(line, '\r')+1:]
}

// describeProgress returns a line about progress without its bar, and what it is about: lines with the same subject replace each other.
func describeProgress(line string) (said, subject string) {
	p := logPatterns()
	if m := p.bar.FindStringSubmatch(line); m != nil {
		return joinWords(m[1], m[2]+"%", m[3]+"/"+m[4], rate(m[5])), strings.TrimSpace(m[1]) + "/" + m[4]
	}
	if m := p.counter.FindStringSubmatch(line); m != nil {
		return joinWords(m[1], m[2]+" steps", rate(m[3])), strings.TrimSpace(m[1]) + "/steps"
	}
	return line, "#" + p.number.ReplaceAllString(line, "#")
}

// rate returns the speed of a bar; "" if it is not known yet.
func rate(s string) string {
	if strings.HasPrefix(s, "?") {
		return ""
	}
	return strings.TrimSpace(s)
}

// joinWords joins texts by two blanks; an empty one is left out.
func joinWords(words ...string) string {
	var said []string
	for _, w := range words {
		if w = strings.TrimSpace(w); w != "" {
			said = append(said, w)
		}
	}
	return strings.Join(said, "  ")
}
