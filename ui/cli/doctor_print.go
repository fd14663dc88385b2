package cli

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"tintype/history"
	"tintype/ui/format"
)

// maxPerKind is how many findings of one kind are printed without --json.
const maxPerKind = 5

// printDiagnosis prints what was found and returns the exit code.
func (p *program) printDiagnosis(d *diagnosis, verify bool) (int, error) {
	code := exitOK
	if !d.OK {
		code = exitFailed
	}
	if p.json {
		return code, p.writeJSON(d)
	}
	if d.Mended != nil {
		p.printMended(*d.Mended)
	}
	p.printHistory(d.History, verify)
	p.printFolders(d.Folders)
	p.printSection("Settings")
	for _, s := range d.Settings {
		p.printLine(p.out, columns([]int{labelWidth, 40}, s.Name, cmp.Or(s.Value, "–"), s.From))
	}
	p.printProvider(d)
	p.printSection("Terminal")
	p.printTerminal(d.Terminal)
	p.printFindings(d)
	if d.OK && len(d.Findings) > 0 {
		p.printLine(p.out, "Nothing is wrong: all of this can stay as it is.")
	}
	return code, nil
}

// printMended says what --mend did, and where the old files are.
func (p *program) printMended(m history.Mended) {
	p.printTitle("Mended")
	if m.Backup == "" {
		p.printRow("history", "nothing needed a repair")
		p.printLine(p.out, "")
		return
	}
	p.printRow("history", fmt.Sprintf("%s of its own, and %s from copies", format.Plural(m.Entries, "line"), format.Plural(m.Joined, "line")))
	p.printRow("kept", m.Backup)
	for _, path := range m.Copies {
		p.printRow("kept", path)
	}
	if m.Bad > 0 {
		p.printRow("unreadable", fmt.Sprintf("%s, now in %s", format.Plural(m.Bad, "line"), m.Unreadable))
	}
	p.printLine(p.out, "")
}

// printSection prints the title of another section.
func (p *program) printSection(title string) {
	p.printLine(p.out, "")
	p.printTitle(title)
}

func (p *program) printHistory(r history.Report, verify bool) {
	p.printTitle("History")
	if r.Path == "" {
		p.printRow("file", "none")
		return
	}
	p.printRow("file", r.Path)
	p.printRow("holds", fmt.Sprintf("%s, %s, %s, %s", format.Plural(r.Entries, "prediction"), format.Plural(r.Pictures, "picture"),
		format.Plural(r.Lines, "line"), format.Bytes(r.Bytes)))
	p.printRow("unfinished", fmt.Sprint(r.Active))
	p.printRow("unconfirmed", fmt.Sprint(r.Unconfirmed))
	p.printRow("bad lines", badLines(r))
	if r.Duels+r.BadDuels > 0 {
		p.printRow("duels", fmt.Sprintf("%s; bad lines %d", format.Count(r.Duels), r.BadDuels))
	}
	if verify {
		p.printRow("verified", fmt.Sprintf("%d of %s", r.Verified, format.Plural(r.Pictures, "picture")))
	}
}

// badLines says how many lines cannot be read, of which kinds, and what else is remarkable.
func badLines(r history.Report) string {
	said := fmt.Sprint(r.Bad)
	count := func(names []string, kinds []history.FindingKind) (counts []string) {
		for i, kind := range kinds {
			if n := r.Counts[kind]; n > 0 {
				counts = append(counts, fmt.Sprintf("%s %d", names[i], n))
			}
		}
		return counts
	}
	bad := count([]string{"cut off", "foreign", "zero bytes", "too long"},
		[]history.FindingKind{history.Truncated, history.Foreign, history.ZeroBytes, history.TooLong})
	if len(bad) > 0 {
		said += " (" + strings.Join(bad, ", ") + ")"
	}
	good := count([]string{"duplicates", "of a newer version"}, []history.FindingKind{history.Duplicate, history.Newer})
	return strings.Join(append([]string{said}, good...), "; ")
}

func (p *program) printFolders(folders []folderJSON) {
	p.printSection("Folders and files")
	for _, f := range folders {
		mode := "not there"
		switch {
		case f.Mode != nil:
			mode = *f.Mode
		case f.Exists:
			mode = "there"
		}
		p.printLine(p.out, columns([]int{labelWidth}, mode, f.Path))
	}
}

func (p *program) printProvider(d *diagnosis) {
	p.printSection("Provider")
	p.printRow("name", d.Provider.Name)
	p.printRow("address", d.Provider.BaseURL)
	switch {
	case !d.Key.Needed:
		p.printRow("key", "none is needed")
	case d.Key.Found:
		p.printRow("key", "from "+*d.Key.From)
	default:
		p.printRow("key", "none; looked for in "+strings.Join(d.Key.Names, ", "))
	}
	switch {
	case !d.Provider.Asked && d.Key.Needed && !d.Key.Found:
		p.printRow("reached", "not asked: that takes a key")
	case !d.Provider.Asked:
		p.printRow("reached", "not asked; --reach asks")
	case d.Provider.Reached:
		p.printRow("reached", "yes, in "+format.Duration(time.Duration(d.Provider.Seconds*float64(time.Second))))
	default:
		p.printRow("reached", "no")
	}
	if d.Provider.Route != nil {
		p.printRow("route", *d.Provider.Route)
	}
}

// printFindings prints each finding with its fix, at most maxPerKind of each kind.
func (p *program) printFindings(d *diagnosis) {
	p.printSection("Findings")
	findings := d.Findings
	if len(findings) == 0 {
		p.printSpans(p.out, span{text: "Nothing is wrong.", style: p.styles(p.out).Success})
		return
	}
	shown := map[history.FindingKind]int{}
	for _, f := range findings {
		if shown[f.Kind]++; shown[f.Kind] > maxPerKind {
			continue
		}
		style := p.styles(p.out).Failure
		if f.Harmless {
			style = p.styles(p.out).Muted
		}
		p.printSpans(p.out, span{text: "- ", style: style}, span{text: strings.ReplaceAll(f.Sentence, "\n", " "), style: style})
		if f.Fix != "" {
			p.printLine(p.out, strings.ReplaceAll("  "+f.Fix, "\n", " "))
		}
	}
	for _, f := range findings {
		more := max(shown[f.Kind], d.History.Counts[f.Kind]) - maxPerKind
		if shown[f.Kind] <= maxPerKind || more <= 0 {
			continue
		}
		all := "all"
		if more+maxPerKind > history.MaxFindings {
			all = fmt.Sprintf("the first %d", history.MaxFindings)
		}
		p.printLine(p.out, fmt.Sprintf("- … and %d more of the kind %s; --json lists %s.", more, f.Kind, all))
		shown[f.Kind] = 0
	}
}
