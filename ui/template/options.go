package template

import (
	"slices"
	"strings"
)

// hasHole reports whether there are dots, at any depth.
func hasHole(parts []*syntax) bool {
	return slices.ContainsFunc(parts, func(part *syntax) bool {
		return part.kind == holeSyntax || slices.ContainsFunc(part.options, func(o option) bool { return hasHole(o.body) })
	})
}

// hasMark reports whether there is a mark of a kind.
func hasMark(parts []*syntax, kind syntaxKind) bool {
	return slices.ContainsFunc(parts, func(part *syntax) bool { return part.kind == kind })
}

// splitOptions makes the options between separators.
func splitOptions(parts []*syntax, separator syntaxKind) []option {
	var options []option
	begin := 0
	var weight []*syntax
	end := func(to int) {
		options = append(options, newOption(append(weight, parts[begin:to]...)))
	}
	for i, part := range parts {
		if part.kind == separator {
			end(i)
			begin, weight = i+1, nil
			if len(part.options) > 0 {
				weight = append(weight, part.options[0].body...)
			}
		}
	}
	end(len(parts))
	return options
}

// newOption makes an option of its parts.
func newOption(parts []*syntax) option {
	o := option{weight: 1}
	if len(parts) > 0 && parts[0].kind == weightMark {
		o.weight = parts[0].weight
		parts = parts[1:]
	}
	o.body = trimmed(plainParts(parts))
	return o
}

// plainParts makes literals of the marks that separate nothing.
func plainParts(parts []*syntax) []*syntax {
	var plain []*syntax
	for _, part := range parts {
		switch part.kind {
		case barMark, commaMark, dollarsMark, weightMark:
			plain = append(plain, &syntax{text: part.text, start: part.start, end: part.end})
			if len(part.options) > 0 {
				plain = append(plain, plainParts(part.options[0].body)...)
			}
		default:
			plain = append(plain, part)
		}
	}
	return plain
}

// trimmed joins literals and removes the blanks at both ends.
func trimmed(parts []*syntax) []*syntax {
	parts = joinLiterals(parts)
	if len(parts) > 0 && parts[0].kind == literalSyntax {
		parts[0].text = strings.TrimLeft(parts[0].text, blanks)
		if parts[0].text == "" {
			parts = parts[1:]
		}
	}
	if last := len(parts) - 1; last >= 0 && parts[last].kind == literalSyntax {
		parts[last].text = strings.TrimRight(parts[last].text, blanks)
		if parts[last].text == "" {
			parts = parts[:last]
		}
	}
	return parts
}
