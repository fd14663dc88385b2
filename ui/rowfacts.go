package ui

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// rowFacts is what is known of a prediction when its row is drawn: cleaned, and with times as they are now.
type rowFacts struct {
	prompt     text.Safe // one line, no more of it than a row can need
	whole      string    // all of it, as sent: for telling whether two are the same
	model      text.Safe // its short name
	parameters []parameterFact
	seed       *int64 // nil: not known yet
	seedChosen bool   // by the user, not by chance

	state     history.State
	progress  float64       // 0 to 1; < 0 unknown
	elapsed   time.Duration // since it was sent
	waiting   bool          // backing off; waits is how long still
	waits     time.Duration
	age       time.Duration // since it was made
	stopping  bool          // its cancel is on the way
	elsewhere bool          // under way, but nobody here follows it
	left      bool          // stopped as "no longer followed", not as cancelled

	star   bool
	mark   bool
	cursor bool
	unseen bool // done, and not looked at yet
	armed  bool // the next x cancels it
}

// parameterFact is one value of an input.
type parameterFact struct {
	name  string    // as sent
	value string    // for comparing
	says  text.Safe // as a row says it: "9:16", "quality 90", "2 outputs"
}

// newRowFacts reads a row's facts at a moment. What only the screen knows (mark, cursor, unseen, armed) is left to it.
func newRowFacts(row runner.Row, now time.Time) rowFacts {
	_, chosen := row.Input["seed"]
	facts := rowFacts{
		prompt: text.CleanLine(beginning(row.Prompt(), comparedBytes)), whole: row.Prompt(), model: text.CleanLine(model.Find(row.Model).Name()),
		parameters: parameterFacts(row.Input), seed: row.Seed, seedChosen: chosen,
		state: row.State, progress: -1, age: max(0, now.Sub(row.CreatedTime())), star: starred(row.Entry),
		left: unfollowed(row.Entry),
	}
	facts.elsewhere = row.Live == nil && !row.State.Ended() && row.State != history.Unconfirmed
	if live := row.Live; live != nil {
		facts.progress = live.Progress
		facts.elapsed = max(0, now.Sub(live.Since))
		facts.waiting = live.Waiting != runner.NotWaiting
		facts.waits = max(0, live.Until.Sub(now))
		facts.stopping = live.CancelRequested
	}
	return facts
}

// starred tells whether a prediction has a star, or one of its pictures has one of its own.
func starred(e history.Entry) bool {
	return e.Star || slices.ContainsFunc(e.Outputs, func(o history.Output) bool { return o.Star })
}

// unfollowed tells whether a stopped job was only let go: it may go on at the provider, and can be followed again.
func unfollowed(e history.Entry) bool {
	if e.State != history.Stopped {
		return false
	}
	reason := e.CancelReason
	if e.Error != nil {
		reason = cmp.Or(reason, e.Error.Code)
	}
	return reason == "not_followed" || reason == "no_end"
}

// parameterOrder is the order in which a row names what differs: what is seen in the picture first.
var parameterOrder = [...]string{
	"aspect_ratio", "width", "height", "megapixels", "resolution", "output_megapixels", "num_outputs", "output_format",
	"output_quality", "guidance", "steps", "num_inference_steps", "prompt_strength", "image_prompt_strength",
}

// parameterFacts are the values of an input but the prompt and the seed, in the order in which they are told.
func parameterFacts(input map[string]any) []parameterFact {
	facts := make([]parameterFact, 0, len(input))
	for name, v := range input {
		if v == nil || name == "prompt" || name == "seed" {
			continue
		}
		facts = append(facts, parameterFact{name, plainValue(v), parameterSays(name, v)})
	}
	slices.SortFunc(facts, func(a, b parameterFact) int {
		return cmp.Or(cmp.Compare(parameterRank(a.name), parameterRank(b.name)), strings.Compare(a.name, b.name))
	})
	return facts
}

func parameterRank(name string) int {
	if i := slices.Index(parameterOrder[:], name); i >= 0 {
		return i
	}
	return len(parameterOrder)
}

// parameterSays is a value as few words: the bare value where it tells what it is, else with its name.
func parameterSays(name string, v any) text.Safe {
	value, plain := plainValue(v), strings.ReplaceAll(name, "_", " ")
	switch {
	case name == "aspect_ratio" && value == "match_input_image":
		return "the image's shape"
	case name == "aspect_ratio" || name == "output_format" || name == "resolution":
		return shortLine(value)
	case name == "megapixels" || name == "output_megapixels":
		return shortLine(value + " MP")
	case name == "output_quality":
		return shortLine("quality " + value)
	case name == "num_outputs":
		return shortLine(plural(value, "output"))
	case name == "num_inference_steps" || name == "steps":
		return shortLine(plural(value, "step"))
	case isImage(v):
		if path, ok := v.(string); ok && filepath.IsAbs(path) {
			return shortLine(plain + " " + filepath.Base(path))
		}
		return shortLine(plain)
	}
	switch v {
	case true:
		return shortLine(plain + " on")
	case false:
		return shortLine(plain + " off")
	}
	return shortLine(plain + " " + value)
}

func plural(n, thing string) string {
	if n == "1" {
		return "1 " + thing
	}
	return n + " " + thing + "s"
}

// isImage tells whether a value is a picture put in: nothing of it is fit for a row.
func isImage(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasPrefix(v, "data:") || strings.Contains(v, "://") || filepath.IsAbs(v)
	case []any, map[string]any, []string:
		return true
	}
	return false
}

// shortLine is text from outside as a word or two of a row.
func shortLine(s string) text.Safe { return text.Truncate(text.CleanLine(s), 40, "…") }

// plainValue writes a value of JSON the same way wherever it came from: 80, 80.0 and "80" are one.
func plainValue(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case float64:
		return strconv.FormatFloat(v, 'f', -1, 64)
	case []string:
		return plainList(v)
	case []any:
		return plainList(v)
	}
	return fmt.Sprint(v)
}

// plainList writes a list for comparing. Of pictures put in as data, megabytes each, it keeps the ends and the length.
func plainList[V any](list []V) string {
	var b strings.Builder
	for _, v := range list {
		s := plainValue(v)
		if n := len(s); n > 256 {
			s = s[:128] + s[n-128:] + strconv.Itoa(n)
		}
		b.WriteString(s)
		b.WriteByte(' ')
	}
	return b.String()
}

// differences are what a row says of itself where it shares its prompt with the row below. A seed that chance chose is
// news only where nothing else is.
func differences(row, below rowFacts) []text.Safe {
	var said []text.Safe
	otherModel := row.model != below.model
	if otherModel {
		said = append(said, row.model)
	}
	for _, p := range row.parameters {
		theirs, found := valueOf(below.parameters, p.name)
		if theirs != p.value && (found || !otherModel) {
			said = append(said, p.says)
		}
	}
	for _, p := range below.parameters {
		if _, found := valueOf(row.parameters, p.name); !found && !otherModel {
			said = append(said, "default "+shortLine(strings.ReplaceAll(p.name, "_", " ")))
		}
	}
	if row.seed != nil && (row.seedChosen || len(said) == 0) && (below.seed == nil || *below.seed != *row.seed) {
		said = append(said, text.Safe("seed "+strconv.FormatInt(*row.seed, 10)))
	}
	return said
}

func valueOf(facts []parameterFact, name string) (string, bool) {
	for _, p := range facts {
		if p.name == name {
			return p.value, true
		}
	}
	return "", false
}
