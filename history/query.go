package history

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A Query is a parsed query. The zero Query finds everything.
//
// The list, the filter and the command line have one query language. Words must all occur in the prompt, a tag or the note, in
// any case; so must "an exact phrase". A minus before a word, phrase or field excludes what matches it. The fields are:
//
//	model:dev provider:comet     the name contains it
//	state:failed                 creating waiting saving done failed unconfirmed cancelled (or stopped) lost, or how they begin
//	is:running is:starred        also trashed, unconfirmed and the other states; unranked: no duel had its pictures
//	is:root is:leaf from:01k…    came from no other one, none came from it, came from that one; see Outside
//	ratio:16:9 format:png seed:62182 tag:poster key:01k…
//	after:yesterday before:2026-03-01   from the beginning of that day on, before it; also today, monday, 2026, 2026-03,
//	                             2026-03-01T14:30, 3h 7d 2w (so long ago)
//	cost>0.01 time>10s seed<100  > >= < <= =; cost in USD, time in seconds unless it has a unit, ms, s, m or h
//	rank>0.5                     the share of duels that its best picture wins against the average one; also rank>50%
//
// A ~ before a word, or alone, turns on fuzzy matching for all words: about one letter in four may be missing, wrong or added,
// and letters may be omitted within a word.
type Query struct {
	terms        []term
	conditions   []condition
	outside      []*Outside
	fuzzy        bool
	wantsTrashed bool               // finds trashed entries, which are omitted otherwise
	ranks        map[string]float64 // of predictions by their keys, if a condition asks for them
}

// A term is a word or a phrase.
type term struct {
	text    string // folded
	negated bool
}

// A BadTerm is a part of a query that has no meaning.
type BadTerm struct {
	Text   string // as it was typed: clean it before it is displayed
	At     int    // offset in the query, in bytes
	Reason string // a sentence
}

// A QueryError lists the parts of a query that have no meaning. The Query that is returned with it has the other parts.
type QueryError struct{ Terms []BadTerm }

func (e *QueryError) Error() string {
	lines := make([]string, len(e.Terms))
	for i, p := range e.Terms {
		lines[i] = fmt.Sprintf("%q, at %d: %s", p.Text, p.At+1, p.Reason)
	}
	return strings.Join(lines, "\n")
}

// ParseQuery parses a query. It omits the parts that have no meaning, and returns them as a *QueryError. Days begin at midnight
// in now's time zone.
func ParseQuery(s string, now time.Time) (Query, error) {
	p := parser{now: now}
	for at := 0; at < len(s); {
		r, n := utf8.DecodeRuneInString(s[at:])
		if unicode.IsSpace(r) {
			at += n
			continue
		}
		end := termEnd(s, at)
		p.parseTerm(s[at:end], at)
		at = end
	}
	if len(p.bad) > 0 {
		return p.query, &QueryError{p.bad}
	}
	return p.query, nil
}

// termEnd returns the end of the term that begins at at: the next space outside of quotes.
func termEnd(s string, at int) int {
	quoted := false
	for i, r := range s[at:] {
		switch {
		case r == '"':
			quoted = !quoted
		case unicode.IsSpace(r) && !quoted:
			return at + i
		}
	}
	return len(s)
}

type parser struct {
	now   time.Time
	query Query
	bad   []BadTerm

	text string // the term that is being parsed, as it was typed
	at   int    // its offset
}

// fail reports that the current term has no meaning.
func (p *parser) fail(format string, args ...any) {
	p.bad = append(p.bad, BadTerm{p.text, p.at, fmt.Sprintf(format, args...)})
}

func (p *parser) parseTerm(text string, at int) {
	p.text, p.at = text, at
	s, fuzzy := strings.CutPrefix(text, "~")
	p.query.fuzzy = p.query.fuzzy || fuzzy
	s, not := strings.CutPrefix(s, "-")
	switch {
	case s != "":
		p.parseWordOrField(s, not)
	case not:
		p.fail("A minus leaves out what follows it.")
	}
}

// addWord adds a word or a phrase.
func (p *parser) addWord(s string, not bool) {
	if strings.Count(s, `"`)%2 == 1 {
		p.fail("The quotation mark is not closed.")
	}
	if folded := string(fold(nil, []byte(strings.ReplaceAll(s, `"`, "")))); folded != "" {
		p.query.terms = append(p.query.terms, term{folded, not})
	}
}

// parseWordOrField distinguishes model:dev and cost>1 from words: a field's name has only letters, and an operator follows.
func (p *parser) parseWordOrField(s string, not bool) {
	n := strings.IndexFunc(s, func(r rune) bool { return r < 'A' || r > 'z' || r > 'Z' && r < 'a' })
	if n <= 0 || !strings.ContainsRune(":<>=", rune(s[n])) {
		p.addWord(s, not)
		return
	}
	name, op, value := strings.ToLower(s[:n]), s[n:n+1], s[n+1:]
	if rest, ok := strings.CutPrefix(value, "="); ok && (op == "<" || op == ">") {
		op, value = op+"=", rest
	}
	value = strings.ReplaceAll(value, `"`, "")
	f, known := queryFields[name]
	switch {
	case !known:
		p.fail("There is no field %q; there are %s. Put words with a colon into quotation marks.", name, queryFieldNames)
	case value == "":
		p.fail("%s asks for %s.", name, f.value)
	case op != ":" && op != "=" && !f.ordered:
		p.fail("%s cannot be compared; write %s:%s.", name, name, value)
	default:
		p.addField(f, name, op, value, not)
	}
}

func (p *parser) addField(f queryField, name, op, value string, not bool) {
	if isOutside(name, value) {
		p.addOutside(name, value, not)
		return
	}
	c, reason := condition{negated: not}, ""
	switch {
	case name == "is" && strings.EqualFold(value, "unranked"):
		c.rank = isUnranked
	case name == "rank":
		c.rank, reason = parseRank(op, value)
	default:
		c.ask, reason = f.read(op, value, p.now)
	}
	if reason != "" {
		p.fail("%s", reason)
		return
	}
	if name == "is" && !not && strings.EqualFold(value, "trashed") {
		p.query.wantsTrashed = true
	}
	p.query.conditions = append(p.query.conditions, c)
}

// Empty reports whether the query has no conditions, so that everything matches.
func (q Query) Empty() bool { return len(q.terms) == 0 && len(q.conditions) == 0 }

// Words returns the words and phrases that must occur, folded to lower case.
func (q Query) Words() (words []string) {
	for _, t := range q.terms {
		if !t.negated {
			words = append(words, t.text)
		}
	}
	return words
}
