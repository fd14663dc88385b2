package list

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

// RowFacts is what is known of a prediction when its row is drawn: cleaned, and with times as they are now.
type RowFacts struct {
	Prompt     text.Safe // one line, no more of it than a row can need
	Whole      string    // all of it, as sent: for telling whether two are the same
	model      text.Safe // its short name
	Parameters []parameterFact
	seed       *int64 // nil: not known yet
	seedChosen bool   // by the user, not by chance

	State     history.State
	progress  float64       // 0 to 1; < 0 unknown
	elapsed   time.Duration // since it was sent
	waiting   bool          // backing off; waits is how long still
	waits     time.Duration
	age       time.Duration // since it was made
	stopping  bool          // its cancel is on the way
	elsewhere bool          // under way, but nobody here follows it
	left      bool          // stopped as "no longer followed", not as cancelled

	star   bool
	Mark   bool
	Cursor bool
	Unseen bool // done, and not looked at yet
	Armed  bool // the next x cancels it
}

// parameterFact is one value of an input.
type parameterFact struct {
	Name  string    // as sent
	Value string    // for comparing
	Says  text.Safe // as a row says it: "9:16", "quality 90", "2 outputs"
}

// NewRowFacts reads a row's facts at a moment. What only the screen knows (mark, cursor, unseen, armed) is left to it.
func NewRowFacts(row runner.Row, now time.Time) RowFacts {
	_, chosen := row.Input["seed"]
	facts := RowFacts{
		Prompt: text.CleanLine(Beginning(row.Prompt(), ComparedBytes)), Whole: row.Prompt(), model: text.CleanLine(model.Find(row.Model).Name()),
		Parameters: ParameterFacts(row.Input), seed: row.Seed, seedChosen: chosen,
		State: row.State, progress: -1, age: max(0, now.Sub(row.CreatedTime())), star: starred(row.Entry),
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

// ParameterFacts are the values of an input but the prompt and the seed, in the order in which they are told.
func ParameterFacts(input map[string]any) []parameterFact {
	facts := make([]parameterFact, 0, len(input))
	for name, v := range input {
		if v == nil || name == "prompt" || name == "seed" {
			continue
		}
		facts = append(facts, parameterFact{name, PlainValue(v), ParameterSays(name, v)})
	}
	slices.SortFunc(facts, func(a, b parameterFact) int {
		return cmp.Or(cmp.Compare(ParameterRank(a.Name), ParameterRank(b.Name)), strings.Compare(a.Name, b.Name))
	})
	return facts
}

func ParameterRank(name string) int {
	if i := slices.Index(parameterOrder[:], name); i >= 0 {
		return i
	}
	return len(parameterOrder)
}

// ParameterSays is a value as few words: the bare value where it tells what it is, else with its name.
func ParameterSays(name string, v any) text.Safe {
	value, plain := PlainValue(v), strings.ReplaceAll(name, "_", " ")
	switch {
	case name == "aspect_ratio" && value == "match_input_image":
		return "the image's shape"
	case name == "aspect_ratio" || name == "output_format" || name == "resolution":
		return ShortLine(value)
	case name == "megapixels" || name == "output_megapixels":
		return ShortLine(value + " MP")
	case name == "output_quality":
		return ShortLine("quality " + value)
	case name == "num_outputs":
		return ShortLine(plural(value, "output"))
	case name == "num_inference_steps" || name == "steps":
		return ShortLine(plural(value, "step"))
	case IsImage(v):
		if path, ok := v.(string); ok && filepath.IsAbs(path) {
			return ShortLine(plain + " " + filepath.Base(path))
		}
		return ShortLine(plain)
	}
	switch v {
	case true:
		return ShortLine(plain + " on")
	case false:
		return ShortLine(plain + " off")
	}
	return ShortLine(plain + " " + value)
}

func plural(n, thing string) string {
	if n == "1" {
		return "1 " + thing
	}
	return n + " " + thing + "s"
}

// IsImage tells whether a value is a picture put in: nothing of it is fit for a row.
func IsImage(v any) bool {
	switch v := v.(type) {
	case string:
		return strings.HasPrefix(v, "data:") || strings.Contains(v, "://") || filepath.IsAbs(v)
	case []any, map[string]any, []string:
		return true
	}
	return false
}

// ShortLine is text from outside as a word or two of a row.
func ShortLine(s string) text.Safe { return text.Truncate(text.CleanLine(s), 40, "…") }

// PlainValue writes a value of JSON the same way wherever it came from: 80, 80.0 and "80" are one.
func PlainValue(v any) string {
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
		s := PlainValue(v)
		if n := len(s); n > 256 {
			s = s[:128] + s[n-128:] + strconv.Itoa(n)
		}
		b.WriteString(s)
		b.WriteByte(' ')
	}
	return b.String()
}

// Differences are what a row says of itself where it shares its prompt with the row below. A seed that chance chose is
// news only where nothing else is.
func Differences(row, below RowFacts) []text.Safe {
	var said []text.Safe
	otherModel := row.model != below.model
	if otherModel {
		said = append(said, row.model)
	}
	for _, p := range row.Parameters {
		theirs, found := valueOf(below.Parameters, p.Name)
		if theirs != p.Value && (found || !otherModel) {
			said = append(said, p.Says)
		}
	}
	for _, p := range below.Parameters {
		if _, found := valueOf(row.Parameters, p.Name); !found && !otherModel {
			said = append(said, "default "+ShortLine(strings.ReplaceAll(p.Name, "_", " ")))
		}
	}
	if row.seed != nil && (row.seedChosen || len(said) == 0) && (below.seed == nil || *below.seed != *row.seed) {
		said = append(said, text.Safe("seed "+strconv.FormatInt(*row.seed, 10)))
	}
	return said
}

func valueOf(facts []parameterFact, name string) (string, bool) {
	for _, p := range facts {
		if p.Name == name {
			return p.Value, true
		}
	}
	return "", false
}
