package api

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Error returns one or two sentences for a person: what happened, whether it is billed, what to do. It quotes the
// provider on one line, without control and format characters.
func (e *Error) Error() string {
	if e.op == opDownload {
		return e.downloadSentence()
	}
	first := e.description()
	switch {
	case e.op != opCreate:
		return first
	case e.ID != "":
		return first + " It named a prediction all the same: " + e.ID + "."
	case e.provider.Free && e.Outcome == OutcomeUnknown:
		return first + " It may have been accepted."
	case e.provider.Free:
		return first
	case SaysUnbilled(first) && e.Outcome != OutcomeUnknown: // the provider says so itself
		return first
	case e.Outcome == OutcomeUnknown:
		return first + " It may have been accepted and billed."
	case e.Outcome == NotSent:
		return first + " Nothing was sent, nothing is billed."
	}
	return first + " Nothing is billed."
}

// SaysUnbilled reports whether a sentence says already that nothing is billed, in our words or in a provider's.
func SaysUnbilled(sentence string) bool {
	sentence = strings.ToLower(sentence)
	for _, words := range []string{
		"nothing is billed", "nothing was billed", "nothing has been billed", "not billed", "not been billed", "not be billed",
		"not charged", "not been charged", "not be charged", "no charge", "n't be charged", "n't been charged", "nothing was charged",
	} {
		if strings.Contains(sentence, words) {
			return true
		}
	}
	return false
}

// description says what happened.
func (e *Error) description() string {
	who := e.capitalName()
	if e.op == opCreate && e.Outcome == OutcomeUnknown && e.HTTPStatus != 0 && e.Code != CodeBadResponse && e.Code != CodeTooLarge {
		text := strings.TrimPrefix(cleanText(e.Detail), strconv.Itoa(e.HTTPStatus)+" ") // a page's title: "502 Bad Gateway"
		if text != "" {
			text = ": " + text
		}
		return fmt.Sprintf("%s answered %d%s.", who, e.HTTPStatus, text) // no more is known, whatever its words mean
	}
	switch e.Code {
	case CodeUnreachable:
		return who + " cannot be reached" + e.detailSuffix() + "."
	case CodeOffline:
		return "No way to " + e.name() + ": the network is down, or its name is not found."
	case CodeTLS:
		return "The connection to " + e.name() + " is not safe" + e.detailSuffix() + ". A proxy or a wrong clock can be the cause."
	case CodeUnauthorized:
		return e.keySentence()
	case CodeCredit:
		return who + " wants more credit" + e.detailSuffix() + "."
	case CodeRate:
		if e.op == opCreate && e.Outcome == Refused {
			return who + " refused" + e.detailSuffix() + "."
		}
		return who + " asks to wait" + waitSuffix(e.RetryAfter, e.HasRetryAfter) + e.detailSuffix() + "."
	case CodeInvalid:
		return e.invalidSentence()
	case CodeNotFound:
		s := who + " does not know this " + e.subject() + e.detailSuffix() + "."
		if e.oddBase != "" {
			s += " Or the base URL is wrong: it should end in " + e.oddBase + "."
		}
		return s
	case CodeNotReady:
		return who + " does not know this prediction yet."
	case CodeNoSuchRoute:
		return e.routeSentence()
	case CodeServer:
		return fmt.Sprintf("%s has problems of its own (%d)%s.", who, e.HTTPStatus, e.detailSuffix())
	case CodeBadResponse:
		return who + " answered something that cannot be read" + e.statusSuffix() + e.detailSuffix() + "."
	case CodeTooLarge:
		return e.sizeSentence()
	case CodeCanceled:
		return "Cancelled before " + e.name() + " answered."
	case CodeBlocked:
		return "Not sent" + e.detailSuffix() + "."
	case CodeRefused:
		return who + " refused" + e.detailSuffix() + "."
	}
	return capitalize(cmp.Or(cleanText(e.Detail), "something went wrong")) + "."
}

// capitalName is the provider's name at the beginning of a sentence.
func (e *Error) capitalName() string { return capitalize(e.name()) }

// name is the provider's name within a sentence.
func (e *Error) name() string { return cmp.Or(e.provider.Title, "the provider") }

// detailSuffix is the provider's sentence or the cause, after a colon.
func (e *Error) detailSuffix() string {
	text := cleanText(e.Detail)
	if text == "" {
		return ""
	}
	return ": " + text
}

// statusSuffix is the HTTP status in parentheses, if there is one.
func (e *Error) statusSuffix() string {
	if e.HTTPStatus == 0 {
		return ""
	}
	return fmt.Sprintf(" (%d)", e.HTTPStatus)
}

// subject is what the call is about.
func (e *Error) subject() string {
	if e.op == opCreate || e.op == opSchema {
		return "model"
	}
	return "prediction"
}

func (e *Error) keySentence() string {
	name := "the key's variable"
	if len(e.provider.KeyNames) > 0 {
		name = e.provider.KeyNames[0]
	}
	if e.op == opPrices {
		return e.capitalName() + " gives its list of prices only to those with a key, and tintype sends none for it."
	}
	if e.HTTPStatus == 0 {
		return fmt.Sprintf("No key for %s: set %s, or try --demo.", e.name(), name)
	}
	if e.provider.KeyURL == "" {
		return fmt.Sprintf("%s refused the key: check %s.", e.capitalName(), name)
	}
	return fmt.Sprintf("%s refused the key: check %s, or get a new one at %s.", e.capitalName(), name, e.provider.KeyURL)
}

func (e *Error) invalidSentence() string {
	if e.HTTPStatus == 0 {
		return "Not sent: " + cmp.Or(cleanText(e.Detail), "the request cannot be written") + "."
	}
	var lines []string
	for _, field := range e.Fields {
		lines = append(lines, field.sentence())
	}
	if len(lines) == 0 {
		return e.capitalName() + " refused the input" + e.detailSuffix() + "."
	}
	return e.capitalName() + " refused the input: " + strings.Join(lines, "; ") + "."
}

// sentence is the complaint, with the parameter's name in front if the provider's sentence lacks it.
func (f InvalidField) sentence() string {
	name, inInput := strings.CutPrefix(cleanText(f.Field), "input.")
	text := cleanText(f.Description)
	if !inInput || strings.Contains(text, name) {
		return text
	}
	return name + ": " + text
}

func (e *Error) routeSentence() string {
	switch e.op {
	case opCancel:
		return e.capitalName() + " cannot cancel."
	case opList:
		return e.capitalName() + " cannot list predictions."
	case opSchema:
		return e.capitalName() + " does not describe its models."
	case opPrices:
		return e.capitalName() + " has no list of prices at this address. Check the base URL."
	}
	s := e.capitalName() + " does not know this address" + e.detailSuffix() + ". Check the base URL"
	if e.oddBase != "" {
		s += ": it should end in " + e.oddBase
	}
	return s + "."
}

func (e *Error) sizeSentence() string {
	if e.HTTPStatus >= 400 {
		return e.capitalName() + " finds the request too large. Give pictures as URLs."
	}
	if e.op == opPrices {
		return e.capitalName() + " answered more than a list of prices can hold."
	}
	return e.capitalName() + " answered more than a prediction can hold."
}

func (e *Error) downloadSentence() string {
	switch e.Code {
	case CodeExpired:
		return "The picture's server does not give it out" + e.detailSuffix() + "."
	case CodeBlocked:
		return "The picture is not fetched" + e.detailSuffix() + "."
	case CodeTooLarge:
		return "The picture is larger than 64 MiB and is not fetched."
	case CodeChanged:
		return "The picture cannot be resumed where it broke off; it is fetched from its beginning."
	case CodeClient:
		return "The picture could not be written here" + e.detailSuffix() + "."
	case CodeBadResponse:
		return "What arrived is not a picture" + e.detailSuffix() + "."
	case CodeRate:
		return "The picture's server asks to wait" + waitSuffix(e.RetryAfter, e.HasRetryAfter) + "."
	case CodeTLS:
		return "The connection to the picture's server is not safe" + e.detailSuffix() + "."
	case CodeCanceled:
		return "Cancelled before the picture was here."
	}
	return "The picture could not be fetched" + e.detailSuffix() + "."
}

// waitSuffix writes a wait in whole seconds, rounded up; "" for none.
func waitSuffix(wait time.Duration, known bool) string {
	if !known || wait <= 0 {
		return ""
	}
	return fmt.Sprintf(" %d s", int64((wait+time.Second-1)/time.Second))
}

// cleanText makes a provider's text fit into a sentence: one line of at most 300 characters, without control characters,
// a leading list dash or a final full stop.
func cleanText(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Co, unicode.Zl, unicode.Zp), r == unicode.ReplacementChar:
			return -1
		}
		return r
	}, text)
	text = strings.Join(strings.Fields(text), " ")
	text = strings.TrimPrefix(text, "- ")
	if runes := []rune(text); len(runes) > 300 {
		text = string(runes[:299]) + "…"
	}
	return strings.TrimRight(text, ". ")
}

// capitalize makes the first letter upper case; the text must begin with ASCII.
func capitalize(text string) string {
	if text == "" {
		return ""
	}
	return strings.ToUpper(text[:1]) + text[1:]
}
