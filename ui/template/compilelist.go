package template

import (
	"fmt"
	"strings"
)

// wildcard compiles __path__.
func (c *compiler) wildcard(s *syntax, vars *scope) *node {
	n := c.list(s, vars)
	if n == nil {
		return nil
	}
	if s.sampler == 0 {
		return n
	}
	p := c.newPick(s)
	p.texts, p.options, p.sums = n.pick.texts, n.pick.options, n.pick.sums
	return c.finish(p, s)
}

// list compiles the values of a list, without a sampler.
func (c *compiler) list(s *syntax, vars *scope) *node {
	if n := c.known[s.text]; n != nil && len(s.options) == 0 {
		return n
	}
	for i, path := range c.paths {
		if path == s.text {
			c.fail(s, "%s → %s goes round.", strings.Join(c.paths[i:], " → "), s.text)
			return nil
		}
	}
	if len(c.paths) == 0 {
		c.start, c.end = s.start, s.end
	}
	for _, o := range s.options {
		value := c.sequence(o.body, vars)
		if value == nil {
			return nil
		}
		vars = &scope{name: o.name, value: c.named(o.name, value, o.once, s), outer: vars}
	}
	values, err := c.values(s.text)
	if err != nil {
		c.fail(s, "%s", err.Error())
		return nil
	}
	outerFree := c.free
	c.free = true
	c.paths = append(c.paths, s.text)
	n := c.pickOf(s, values, vars)
	c.paths = c.paths[:len(c.paths)-1]
	if n == nil {
		return nil
	}
	n.name = s.text
	if c.free && len(s.options) == 0 {
		c.known[s.text] = n
	}
	c.free = outerFree && c.free
	return n
}

// values reads a list.
func (c *compiler) values(path string) ([]Value, error) {
	if c.lists == nil {
		return nil, fmt.Errorf("no list called %s; there are no lists. Write \\__ for the signs themselves.", path)
	}
	values, err := c.lists.Values(path)
	if err == nil && len(values) == 0 {
		err = fmt.Errorf("the list %s has no values.", path)
	}
	return values, err
}

// pickOf compiles the values of a list.
func (c *compiler) pickOf(s *syntax, values []Value, vars *scope) *node {
	list := *s
	list.sampler = 0
	p := c.newPick(&list)
	read := parseList(values)
	p.texts, p.sums = read.texts, read.sums
	if p.texts != nil {
		return c.finish(p, &list)
	}
	holes := c.holes
	c.holes = nil
	defer func() { c.holes = holes }()
	c.places = append(c.places, "")
	defer func() { c.places = c.places[:len(c.places)-1] }()
	for i, v := range read.values {
		c.places[len(c.places)-1] = values[read.index[i]].Place
		if v.err != nil {
			c.fail(s, "%s", v.err)
			return nil
		}
		n := c.sequence(v.parts, vars)
		if n == nil {
			return nil
		}
		p.options = append(p.options, n)
	}
	return c.finish(p, &list)
}
