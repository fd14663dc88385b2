// Package inputdiff finds what differs between the inputs of two predictions, and makes an input with some of these changes. It is pure.
//
// A change is one place of the prompt, one parameter, or the model. Prompts are compared in words (package promptdiff); parameters with the
// defaults of their models, so that a default that was written down is no change.
package inputdiff

import (
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/params"
	"tintype/ui/promptdiff"
)

// Kind is what a change is of.
type Kind string

// The kinds.
const (
	Words     Kind = "words"
	Parameter Kind = "parameter"
	Model     Kind = "model"
)

// A Change is one difference. Texts are raw: clean them before they are displayed.
type Change struct {
	Kind          Kind
	Name          string // of the parameter; "prompt" for words, "model" for the model
	Before, After string // words, or values in words; "" for none
	hunk          promptdiff.Hunk
	value         any // of the second input; nil if it has none
}

// An Input is what one prediction was asked for.
type Input struct {
	Model  string            // owner/name, with a version behind it if one was asked for
	Values map[string]any    // with the prompt
	Images map[string]string // sha256 of input images by their paths; may be nil
}

// OfEntry returns the input of a prediction.
func OfEntry(e history.Entry) Input {
	return Input{model.Reference(e.Model, e.Version), e.Input, e.Images}
}

// A Diff is what leads from one input to another.
type Diff struct {
	Changes  []Change
	from, to Input
}

// Between compares two inputs: the prompt's words first, then the model, and then parameters in the order in which they are shown elsewhere. The
// seed is a parameter as others are.
func Between(from, to Input) Diff {
	d := Diff{from: from, to: to}
	a, b := from.prompt(), to.prompt()
	for _, h := range promptdiff.Hunks(a, b) {
		d.Changes = append(d.Changes, Change{
			Kind: Words, Name: params.Prompt, hunk: h,
			Before: strings.TrimSpace(a[h.From:h.To]), After: strings.TrimSpace(b[h.OtherFrom:h.OtherTo]),
		})
	}
	old, now := model.Find(from.Model), model.Find(to.Model)
	if old.Reference() != now.Reference() {
		d.Changes = append(d.Changes, Change{Kind: Model, Name: "model", Before: old.Label(), After: now.Label()})
	}
	for _, name := range names(from, to) {
		v, hadOld := old.ValueIn(from.Values, name)
		w, hasNow := now.ValueIn(to.Values, name)
		if from.plain(v, hadOld) == to.plain(w, hasNow) {
			continue
		}
		d.Changes = append(d.Changes, Change{Kind: Parameter, Name: name, Before: words(name, v, hadOld), After: words(name, w, hasNow), value: to.Values[name]})
	}
	return d
}

func (i Input) prompt() string {
	s, _ := i.Values[params.Prompt].(string)
	return s
}

// names returns the parameters that one of the inputs has, in the order in which they are shown. What neither was asked for is no change, though the
// defaults of two models differ.
func names(from, to Input) []string {
	var all []string
	for _, values := range []map[string]any{from.Values, to.Values} {
		for name, v := range values {
			if v != nil && name != params.Prompt && !slices.Contains(all, name) {
				all = append(all, name)
			}
		}
	}
	slices.SortFunc(all, params.Compare)
	return all
}

// plain returns a value as it is compared: input images by their content, where it is known.
func (i Input) plain(v any, has bool) string {
	if !has {
		return ""
	}
	if images := i.sums(v); images != "" {
		return images
	}
	return "=" + params.Plain(v)
}

// sums returns the checksums of the images of a value; "" if it is none, or one is not known.
func (i Input) sums(v any) string {
	var sums []string
	for _, path := range pathsOf(v) {
		if i.Images[path] == "" {
			return ""
		}
		sums = append(sums, i.Images[path])
	}
	return strings.Join(sums, " ")
}

// pathsOf returns the texts of a value: of an image, or of a list of images.
func pathsOf(v any) []string {
	if one, ok := v.(string); ok {
		return []string{one}
	}
	all, _ := model.StringList(v)
	return all
}

// words returns a value in words, without its name.
func words(name string, v any, has bool) string {
	if !has {
		return ""
	}
	if path, ok := v.(string); ok && params.IsImage(v) && model.IsPath(path) {
		return filepath.Base(path)
	}
	return string(params.Bare(name, v))
}

// Text returns a change in a few words: "+ at dusk", "− in fog", "sunrise → dusk", "guidance 2.5 → 3".
func (c Change) Text() string {
	switch {
	case c.Kind == Words && c.Before == "":
		return "+ " + trimMarks(c.After)
	case c.Kind == Words && c.After == "":
		return "− " + trimMarks(c.Before)
	case c.Kind == Words && c.Before == c.After:
		return "blanks"
	case c.Kind == Words && trimMarks(c.Before) != trimMarks(c.After):
		return trimMarks(c.Before) + " → " + trimMarks(c.After)
	case c.Kind == Words:
		return c.Before + " → " + c.After
	case c.Kind == Model:
		return c.Before + " → " + c.After
	}
	label := params.Label(c.Name)
	switch {
	case c.Before == c.After:
		return "another " + label
	case c.Before == "":
		return "+ " + label + " " + c.After
	case c.After == "":
		return "− " + label + " " + c.Before
	}
	return label + " " + c.Before + " → " + c.After
}

// trimMarks drops the comma with which an added phrase begins or ends.
func trimMarks(s string) string {
	if trimmed := strings.Trim(s, ",;. \n\t"); trimmed != "" {
		return trimmed
	}
	return s
}

// Texts returns all changes in a few words each.
func (d Diff) Texts() []string {
	texts := make([]string, len(d.Changes))
	for i, c := range d.Changes {
		texts[i] = c.Text()
	}
	return texts
}

// Without returns the diff without the changes of some parameters.
func (d Diff) Without(names ...string) Diff {
	d.Changes = slices.DeleteFunc(slices.Clone(d.Changes), func(c Change) bool { return c.Kind == Parameter && slices.Contains(names, c.Name) })
	return d
}

// Apply returns the first input with some of the changes, which are given by their indices. Neither of the two inputs is changed.
func (d Diff) Apply(changes []int) Input {
	out := Input{Model: d.from.Model, Values: maps.Clone(d.from.Values), Images: maps.Clone(d.from.Images)}
	if out.Values == nil {
		out.Values = map[string]any{}
	}
	var hunks []promptdiff.Hunk
	var on []bool
	for i, c := range d.Changes {
		chosen := slices.Contains(changes, i)
		switch {
		case c.Kind == Words:
			hunks, on = append(hunks, c.hunk), append(on, chosen)
		case !chosen:
		case c.Kind == Model:
			out.Model = d.to.Model
		case c.value == nil:
			delete(out.Values, c.Name)
		default:
			out.Values[c.Name] = c.value
			out.takeImages(d.to, c.value)
		}
	}
	if len(hunks) > 0 {
		out.Values[params.Prompt] = promptdiff.Apply(d.from.prompt(), d.to.prompt(), hunks, func(i int) bool { return on[i] })
	}
	return out
}

// takeImages takes the checksums of the images of a value from another input: a file may have been another one then.
func (i *Input) takeImages(from Input, v any) {
	for _, path := range pathsOf(v) {
		if sum := from.Images[path]; sum != "" {
			if i.Images == nil {
				i.Images = map[string]string{}
			}
			i.Images[path] = sum
		}
	}
}
