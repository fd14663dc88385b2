package ui

import (
	"tintype/ui/template"
	"tintype/ui/textedit"
)

// promptSpans returns the parts of a prompt that are of the language, which are underlined.
func promptSpans(prompt string) []textedit.Span {
	var spans []textedit.Span
	for _, m := range template.Marks(prompt) {
		if m.Kind != template.Escaped && m.Kind != template.Remark {
			spans = append(spans, textedit.Span{Start: m.Start, End: m.End})
		}
	}
	return spans
}

// hasMistake reports whether a prompt has a mistake that needs no lists to be found.
func hasMistake(prompt string) bool {
	_, err := template.Parse(prompt, noLists{})
	return err != nil
}

// noLists has any list, with one value.
type noLists struct{}

func (noLists) Values(string) ([]template.Value, error) {
	return []template.Value{{Text: "…", Weight: 1}}, nil
}

func (noLists) Names() []string { return nil }
