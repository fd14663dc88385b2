package lab

import "tintype/ui/plan"

// ResolveParent returns a spec whose parent is the key of a prediction, where a person wrote a shorter name or an id. One that is not here stays: the
// file may be from another machine.
func (l *Lab) ResolveParent(spec plan.Spec) plan.Spec {
	if spec.Parent == "" || l.History == nil {
		return spec
	}
	if e, err := l.History.Get(spec.Parent); err == nil {
		spec.Parent = e.Key
	}
	return spec
}
