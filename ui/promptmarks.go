package ui

import (
	"errors"

	"tintype/ui/template"
	"tintype/ui/textedit"
)

// promptSpans returns what of a prompt is drawn in another way: the parts of the language, and its mistake. Lists are not looked up, since
// that reads the disk.
func promptSpans(prompt string) []textedit.Span {
	var spans []textedit.Span
	for _, m := range template.Marks(prompt) {
		if m.Kind != template.Escaped && m.Kind != template.Remark {
			spans = append(spans, textedit.Span{Start: m.Start, End: m.End})
		}
	}
	var mistake *template.Error
	if _, err := template.Parse(prompt, noLists{}); errors.As(err, &mistake) {
		wrong := textedit.Span{Start: mistake.Start, End: max(mistake.End, mistake.Start+1), Mistake: true}
		return append([]textedit.Span{wrong}, spans...) // the first one that has a character counts
	}
	return spans
}

// noLists has any list, with one value.
type noLists struct{}

func (noLists) Values(string) ([]template.Value, error) {
	return []template.Value{{Text: "…", Weight: 1}}, nil
}

func (noLists) Names() []string { return nil }
