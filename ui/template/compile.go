package template

import (
	"fmt"
)

// A scope is a variable that is set, and those that were set before it.
type scope struct {
	name  string
	value *node
	outer *scope
}

// find returns the value of a variable, or nil.
func (s *scope) find(name string) *node {
	for ; s != nil; s = s.outer {
		if s.name == name {
			return s.value
		}
	}
	return nil
}

// A compiler resolves the lists and variables of a template.
type compiler struct {
	text       string
	lists      Lists
	once       []*onceVariable
	steps      uint64 // the longest cycle of the groups in step
	made       int    // nodes
	depth      int
	paths      []string         // of the lists that it is in
	places     []string         // of their values
	start, end int              // of the list in the text that it is in
	known      map[string]*node // lists without variables, by their sampler and path
	free       bool             // no variable was used
	holes      []*node
	err        *Error
}

// fail notes the first mistake. Within a list its place is that of the list in the text, and the sentence names the value.
func (c *compiler) fail(s *syntax, format string, values ...any) {
	if c.err != nil {
		return
	}
	if len(c.paths) == 0 {
		c.err = newError(c.text, s.start, s.end, format, values...)
		return
	}
	sentence := fmt.Sprintf(format, values...)
	if last := c.places[len(c.places)-1]; last != "" {
		sentence = last + ": " + sentence
	}
	c.err = newError(c.text, c.start, c.end, "%s", sentence)
}

// sequence compiles parts that follow each other. Variables that are set hold for the parts after it.
func (c *compiler) sequence(parts []*syntax, vars *scope) *node {
	var nodes []*node
	for _, part := range parts {
		var n *node
		if part.kind == setSyntax {
			vars = c.set(part, vars)
			continue
		}
		if n = c.node(part, vars); n == nil {
			return nil
		}
		nodes = append(nodes, n)
	}
	if c.err != nil {
		return nil
	}
	n, ok := newSequence(nodes)
	if !ok {
		c.fail(&syntax{end: len(c.text)}, "this makes more combinations than can be counted. Take groups away.")
		return nil
	}
	c.check(n, &syntax{end: len(c.text)})
	return n
}

// node compiles a part. It returns nil if there is a mistake.
func (c *compiler) node(s *syntax, vars *scope) *node {
	c.depth++
	defer func() { c.depth-- }()
	if c.made++; c.made > maxParts || c.depth > 3*maxDepth {
		c.fail(s, "this template with its lists is too large.")
	}
	if c.err != nil {
		return nil
	}
	var n *node
	switch s.kind {
	case groupSyntax:
		n = c.group(s, vars)
	case wildcardSyntax:
		n = c.wildcard(s, vars)
	case getSyntax:
		n = c.get(s, vars)
	case wrapSyntax:
		n = c.wrap(s, vars)
	case holeSyntax:
		n = newText(s.text)
		if len(c.holes) > 0 {
			n = c.holes[len(c.holes)-1]
		}
	default:
		n = newText(s.text)
	}
	if n == nil || c.err != nil {
		return nil
	}
	placed := *n
	placed.start, placed.end = s.start, s.end
	c.check(&placed, s)
	return &placed
}

// check refuses what is too long.
func (c *compiler) check(n *node, s *syntax) {
	if n.longest > len(c.text)+maxGrowth {
		c.fail(s, "this can grow to more than %s characters. Take some of it away.", thousands(maxGrowth))
	}
}

// wrap compiles %{before ... after$$text}, or parts that were read as one.
func (c *compiler) wrap(s *syntax, vars *scope) *node {
	if len(s.options) == 1 {
		return c.sequence(s.options[0].body, vars)
	}
	inner := c.sequence(s.options[1].body, vars)
	if inner == nil {
		return nil
	}
	c.holes = append(c.holes, inner)
	defer func() { c.holes = c.holes[:len(c.holes)-1] }()
	return c.sequence(s.options[0].body, vars)
}

// chosenOnce returns the variables that are chosen once and used.
func (c *compiler) chosenOnce() []*onceVariable {
	var used []*onceVariable
	for _, v := range c.once {
		if v.used {
			v.index = len(used)
			used = append(used, v)
		}
	}
	return used
}

// set compiles ${name=value}, and returns the variables with it.
func (c *compiler) set(s *syntax, vars *scope) *scope {
	if s.weak && vars.find(s.text) != nil {
		c.free = false
		return vars
	}
	value := c.sequence(s.options[0].body, vars)
	if value == nil {
		return vars
	}
	return &scope{name: s.text, value: c.named(s.text, value, s.once, s), outer: vars}
}

// named makes the value of a variable.
func (c *compiler) named(name string, value *node, once bool, s *syntax) *node {
	named := *value
	named.name = name
	if !once || !value.draws && value.count64 == 1 && !value.dependent {
		return &named
	}
	named.start, named.end = s.start, s.end
	v := &onceVariable{index: len(c.once), value: &named}
	c.once = append(c.once, v)
	c.free = false
	return &node{kind: onceNode, once: v, name: name, count: one, count64: 1, longest: value.longest, dependent: true}
}

// get compiles ${name}.
func (c *compiler) get(s *syntax, vars *scope) *node {
	c.free = false
	if value := vars.find(s.text); value != nil {
		if value.once != nil {
			value.once.used = true
		}
		return value
	}
	if s.defaulted {
		value := c.sequence(s.options[0].body, vars)
		if value == nil {
			return nil
		}
		return c.named(s.text, value, false, s)
	}
	c.fail(s, "${%s} is not set. Write ${%s=…} before it, or ${%s:…} with what it is otherwise, or \\$ for the sign itself.", s.text, s.text, s.text)
	return nil
}

// group compiles {…}.
func (c *compiler) group(s *syntax, vars *scope) *node {
	p := c.newPick(s)
	if body := s.options[0].body; len(s.options) == 1 && len(body) == 1 && body[0].kind == wildcardSyntax {
		list := c.list(body[0], vars)
		if list == nil {
			return nil
		}
		p.texts, p.options, p.sums = list.pick.texts, list.pick.options, list.pick.sums
		return c.finish(p, s)
	}
	sum := 0.0
	seen := map[string]bool{}
	for _, o := range s.options {
		n := c.sequence(o.body, vars)
		if n == nil {
			return nil
		}
		if n.kind == textNode && p.sampler == 0 && !s.ranged {
			if seen[n.text] {
				continue
			}
			seen[n.text] = true
		}
		sum += o.weight
		p.options = append(p.options, n)
		p.sums = append(p.sums, sum)
	}
	return c.finish(p, s)
}

// newPick makes the pick of a group or list, without its options.
func (c *compiler) newPick(s *syntax) *pick {
	source := s.text
	if s.kind == wildcardSyntax {
		source = "__" + s.text
	}
	return &pick{sampler: s.sampler, low: s.low, high: s.high, separator: s.separator, path: hashOf(source)}
}
