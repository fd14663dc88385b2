package cli

import (
	"encoding/csv"
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"

	"tintype/history"
	"tintype/ui/format"
	"tintype/ui/rank"
	"tintype/ui/text"
)

// rankedJSON is a picture or a value of rank --json.
type rankedJSON struct {
	Key      string  `json:"key,omitempty"`
	Output   int     `json:"output,omitempty"` // which picture of the prediction, from 1
	Value    *string `json:"value,omitempty"`  // with --by
	Strength float64 `json:"strength"`
	Low      float64 `json:"low"`
	High     float64 `json:"high"`
	Duels    int     `json:"duels"`
}

// rounded leaves digits that mean something. Zero has no sign.
func rounded(x float64) float64 { return math.Round(x*1e4)/1e4 + 0 }

// printRanking ranks pictures.
func printRanking(p *program, h *history.History, c comparison, f rankFlags) error {
	r := rank.Fit(c.pictures, c.duels, nil)
	rows := make([]rankedJSON, 0, len(r.Items))
	for _, i := range r.Items {
		rows = append(rows, rankedJSON{
			Key: i.Picture.Key, Output: i.Picture.Output, Duels: i.Duels,
			Strength: rounded(i.Strength), Low: rounded(i.Low), High: rounded(i.High),
		})
	}
	switch {
	case p.json:
		return p.writeJSON(rows)
	case f.csv:
		return printCSV(p, []string{"key", "output"}, rows)
	case len(rows) < 2:
		p.printProgress(tooFewCompared(c))
		return nil
	}
	short, err := h.ShortKeys()
	if err != nil {
		return err
	}
	t := newRankTable(p)
	t.heading(4, 7)
	for _, i := range r.Items {
		e := c.entries[i.Picture.Key]
		key := short.Of(e.Key)
		if len(e.Outputs) > 1 {
			key += "#" + strconv.Itoa(i.Picture.Output)
		}
		place := "–"
		if i.Place > 0 {
			place = strconv.Itoa(i.Place)
		}
		t.row([]span{{place, 4, t.styles.Muted}, {key, 7, t.styles.Strong}}, t.wins(i.Wins()), i.Duels, e.Prompt())
	}
	said := r.Sentences(mostUntold)
	if len(said) > 0 {
		p.printLine(p.out, "")
	}
	for _, s := range said {
		p.printLine(p.out, s)
	}
	return nil
}

// mostUntold is how many runs of places that are not told apart are said.
const mostUntold = 5

// printValues ranks the values of a parameter, or of an axis of a plan.
func printValues(p *program, c comparison, f rankFlags) error {
	if err := c.checkBy(f.by); err != nil {
		return err
	}
	features, ofPlan := c.features(f.by)
	effects := rank.Values(c.pictures, rank.Among(c.pictures, c.duels), f.by, features)
	rows := make([]rankedJSON, 0, len(effects))
	for i := range effects {
		e := &effects[i]
		rows = append(rows, rankedJSON{Value: &e.Value, Strength: rounded(e.Strength), Low: rounded(e.Low), High: rounded(e.High), Duels: e.Duels})
	}
	switch {
	case p.json:
		return p.writeJSON(rows)
	case f.csv:
		return printCSV(p, []string{"value"}, rows)
	case len(c.pictures) < 2:
		p.printProgress(tooFewCompared(c))
		return nil
	case len(effects) < 2:
		p.printProgress(fmt.Sprintf("The pictures that were compared do not differ in their %s.", f.by))
		return nil
	}
	printEffects(p, effects)
	if !ofPlan || !rank.IsBalanced(c.pictures, features) {
		p.printLine(p.out, "")
		p.printLine(p.out, "These pictures are no balanced plan: a value occurs in better or worse pictures, and need not be what makes them so.")
	}
	return nil
}

// valueWidth is the greatest width of the column of values.
const valueWidth = 30

// printEffects prints the values with what they are worth.
func printEffects(p *program, effects []rank.Effect) {
	const worth = 18
	t, column := newRankTable(p), 0
	most := valueWidth
	if t.width > 0 {
		most = max(min(most, t.width-worth-shareWidth-5), 6)
	}
	for _, e := range effects {
		column = min(max(column, text.Width(text.CleanLine(shortModel(e.Value)))), most)
	}
	t.heading(column, worth)
	for _, e := range effects {
		value := shortModel(e.Value)
		if t.width > 0 {
			value = string(text.Truncate(text.CleanLine(value), column, "…"))
		}
		t.row([]span{{value, column, t.styles.Strong}, {rank.Signed(e.Strength, e.Low, e.High), worth, t.styles.Text}}, t.wins(e.Wins()), e.Duels, "")
	}
}

// tooFewCompared is what is said where nothing is ranked.
func tooFewCompared(c comparison) string {
	switch {
	case len(c.duels) == 0:
		return "No pictures were compared yet: tintype duel compares them."
	case len(c.pictures) == 1:
		return "Only one picture that was compared is among these; a ranking needs two."
	}
	return "No picture that was compared is among these."
}

// warnOfDuels says what is missing from the ranking.
func warnOfDuels(p *program, c comparison) {
	if c.gone > 0 {
		what := format.Plural(c.gone, "picture") + " that " + was(c.gone) + " compared cannot be listed: "
		p.printProgress(what + "in the trash, or not in the history any more. The duels count.")
	}
	if c.bad > 0 {
		p.printProgress(format.Plural(c.bad, "line") + " of the duels cannot be read: tintype doctor")
	}
}

func was(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}

// printCSV prints rows as a table for spreadsheets, with line feeds in a value as \n. names are the first columns.
func printCSV(p *program, names []string, rows []rankedJSON) error {
	lines := &strings.Builder{}
	table := csv.NewWriter(lines)
	err := table.Write(append(names, "strength", "low", "high", "duels"))
	number := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	for _, row := range rows {
		var first []string
		if row.Value != nil {
			first = []string{csvText(*row.Value)}
		} else {
			first = []string{csvText(row.Key), strconv.Itoa(row.Output)}
		}
		if err == nil {
			err = table.Write(append(first, number(row.Strength), number(row.Low), number(row.High), strconv.Itoa(row.Duels)))
		}
	}
	table.Flush()
	if err != nil {
		return err
	}
	for line := range strings.Lines(lines.String()) { // not as one text, which is cut where it is very long
		p.printLine(p.out, strings.TrimSuffix(line, "\n"))
	}
	return nil
}

// csvText returns a text as a cell of a table for spreadsheets: safe to print, on one line, and with a quote in front where a spreadsheet would
// take it for a formula, which could run a command. Numbers stay numbers. It is cleaned first, since that may bring a sign to the front.
func csvText(s string) string {
	s = strings.ReplaceAll(string(text.Clean(s)), "\n", `\n`)
	begin := strings.TrimLeft(s, " \u00a0\u3000␍") // tabs are blanks now, and carriage returns are ␍
	if _, err := strconv.ParseFloat(s, 64); err != nil && startsFormula(begin) {
		return "'" + s
	}
	return s
}

// startsFormula reports whether a spreadsheet takes a text for a formula. Some languages type the signs in full width.
func startsFormula(s string) bool {
	first, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("=+-@＝＋－＠", first)
}
