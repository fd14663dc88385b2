package form

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tintype/api/model"
	"tintype/ui/params"
)

// byShape returns a parameter with its ratios in order: 1:1, wider and wider ones, taller and taller ones, and last what is no ratio.
// Other parameters stay as they are.
func byShape(p model.Parameter) model.Parameter {
	if p.Name != params.Shape {
		return p
	}
	p.Choices = slices.SortedStableFunc(slices.Values(p.Choices), func(a, b string) int {
		classA, stretchA := shapeOrder(a)
		classB, stretchB := shapeOrder(b)
		return cmp.Or(cmp.Compare(classA, classB), cmp.Compare(stretchA, stretchB))
	})
	return p
}

// shapeOrder returns the class of a shape (square, wide, tall, no ratio), and how many times longer its longer side is.
func shapeOrder(shape string) (class int, stretch float64) {
	left, right, ok := strings.Cut(shape, ":")
	w, errW := strconv.ParseFloat(left, 64)
	h, errH := strconv.ParseFloat(right, 64)
	switch {
	case !ok || errW != nil || errH != nil || w <= 0 || h <= 0:
		return 3, 0
	case w == h:
		return 0, 1
	case w > h:
		return 1, w / h
	}
	return 2, h / w
}
