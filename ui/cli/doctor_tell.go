package cli

import (
	"fmt"
	"strings"

	"tintype/history"
)

// mostOfAKind is how many findings of one kind a person is shown.
const mostOfAKind = 5

// tellDiagnosis prints what was found, and gives the exit code.
func (p *program) tellDiagnosis(d *diagnosis, verify bool) (int, error) {
	code := exitDone
	if !d.OK {
		code = exitFailed
	}
	if p.json {
		return code, p.writeJSON(d)
	}
	p.tellHistory(d.History, verify)
	p.tellFolders(d.Folders)
	p.title("Settings")
	for _, s := range d.Settings {
		p.say(p.out, columns([]int{labels, 40}, s.Name, orElse(s.Value, "–"), s.From))
	}
	p.tellProvider(d)
	p.title("Terminal")
	p.showProbe(d.Terminal)
	p.tellFindings(d.Findings)
	if d.OK && len(d.Findings) > 0 {
		p.say(p.out, "Nothing is wrong: all of this may stay as it is.")
	}
	return code, nil
}

func (p *program) title(title string) {
	p.say(p.out, "")
	p.say(p.out, title)
}

func (p *program) tellHistory(r history.Report, verify bool) {
	p.say(p.out, "History")
	p.row("file", r.Path)
	p.row("holds", fmt.Sprintf("%s, %s, %s, %s", amount(r.Entries, "prediction"), amount(r.Pictures, "picture"),
		amount(r.Lines, "line"), bytesWord(r.Bytes)))
	p.row("unended", fmt.Sprint(r.Active))
	p.row("unconfirmed", fmt.Sprint(r.Unconfirmed))
	p.row("bad lines", fmt.Sprintf("%d (torn %d, foreign %d, empty bytes %d, too long %d); duplicates %d, of a newer version %d",
		r.Bad, r.Counts[history.Truncated], r.Counts[history.Foreign], r.Counts[history.ZeroBytes], r.Counts[history.TooLong],
		r.Counts[history.Duplicate], r.Counts[history.Newer]))
	if verify {
		p.row("verified", fmt.Sprintf("%d of %s", r.Verified, amount(r.Pictures, "picture")))
	}
}

func (p *program) tellFolders(folders []folderObject) {
	p.title("Folders and files")
	for _, f := range folders {
		mode := "not there"
		switch {
		case f.Mode != nil:
			mode = *f.Mode
		case f.Exists:
			mode = "there"
		}
		p.say(p.out, columns([]int{labels}, mode, f.Path))
	}
}

func (p *program) tellProvider(d *diagnosis) {
	p.title("Provider")
	p.row("name", d.Provider.Name)
	p.row("address", d.Provider.BaseURL)
	switch {
	case !d.Key.Needed:
		p.row("key", "none is needed")
	case d.Key.Found:
		p.row("key", "from "+*d.Key.From)
	default:
		p.row("key", "none; looked for in "+strings.Join(d.Key.Names, ", "))
	}
	switch {
	case !d.Provider.Asked && d.Key.Needed && !d.Key.Found:
		p.row("reached", "not asked: that takes a key")
	case !d.Provider.Asked:
		p.row("reached", "not asked; --reach asks")
	case d.Provider.Reached:
		p.row("reached", fmt.Sprintf("yes, in %.1f s", d.Provider.Seconds))
	default:
		p.row("reached", "no")
	}
}

// tellFindings prints each finding with what to do about it; of many of one kind, the first.
func (p *program) tellFindings(findings []findingObject) {
	p.title("Findings")
	if len(findings) == 0 {
		p.say(p.out, "Nothing is wrong.")
		return
	}
	told := map[history.FindingKind]int{}
	for _, f := range findings {
		if told[f.Kind]++; told[f.Kind] > mostOfAKind {
			continue
		}
		p.say(p.out, strings.ReplaceAll("- "+f.Sentence, "\n", " "))
		if f.Fix != "" {
			p.say(p.out, strings.ReplaceAll("  "+f.Fix, "\n", " "))
		}
	}
	for _, f := range findings {
		if more := told[f.Kind] - mostOfAKind; more > 0 {
			p.say(p.out, fmt.Sprintf("- … and %d more of the kind %s; --json lists all.", more, f.Kind))
			told[f.Kind] = 0
		}
	}
}
