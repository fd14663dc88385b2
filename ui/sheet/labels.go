package sheet

import (
	"tintype/api/model"
	"tintype/ui/plan"
	"tintype/ui/text"
)

// labels returns the labels of an axis's values. Those of numbers have the axis's name.
func (s *Screen) labels(axis int) []text.Safe {
	if axis < 0 {
		return nil
	}
	if kept, ok := s.labelled[axis]; ok {
		return kept
	}
	a := s.plan.Axes[axis]
	labels := make([]text.Safe, len(a.Values))
	for i, v := range a.Values {
		labels[i] = label(a, v)
	}
	s.labelled[axis] = labels
	return labels
}

// label returns the label of a value of an axis, by their indices.
func (s *Screen) label(axis, value int) text.Safe {
	a := s.plan.Axes[axis]
	return label(a, a.Values[value])
}

// label returns the label of a value: "guidance 2.5", "flux-schnell".
func label(a plan.Axis, v plan.Value) text.Safe {
	if a.Sets(plan.OfModel) && v.Text != "" {
		return text.CleanLine(model.Find(v.Text).Name())
	}
	said := text.CleanLine(v.Text)
	if said == "" {
		said = "(nothing)"
	}
	saysItself := len(a.Of) > 1 || a.Sets(plan.OfPrompt) || a.Sets(plan.OfReplace) || a.Sets(plan.OfLine) && !startsWithDigit(said)
	if name := a.Name(); !saysItself && name != plan.OfModel && name != plan.OfPrompt && name != plan.OfPreset {
		return text.CleanLine(name) + " " + said
	}
	return said
}

// startsWithDigit reports whether a label is of a number, such as that of a line, and not a name.
func startsWithDigit(said text.Safe) bool { return said[0] >= '0' && said[0] <= '9' }
