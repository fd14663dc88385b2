package wildcards

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"go.yaml.in/yaml/v3"
)

// yaml reads lists in maps at any depth.
func (p *fileParser) yaml(raw []byte) {
	decoder := yaml.NewDecoder(bytes.NewReader(raw))
	for {
		var document yaml.Node
		err := decoder.Decode(&document)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			p.fail("%s is no YAML: %s.", p.name, strings.TrimPrefix(err.Error(), "yaml: "))
			return
		}
		p.node("", &document, 0)
	}
	if len(p.lists) == 0 {
		p.declare("")
	}
}

// mapping reads a map of YAML. What it merges (<<: *other) counts where it has no list of the same name itself.
func (p *fileParser) mapping(list string, n *yaml.Node, deep int) {
	own := map[string]bool{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if key := n.Content[i]; key.Tag != mergeTag {
			own[key.Value] = true
			p.node(join(list, key.Value), n.Content[i+1], deep+1)
		}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Tag == mergeTag {
			p.merge(list, n.Content[i+1], own, deep+1)
		}
	}
}

const mergeTag = "!!merge"

// merge reads the maps that another one merges: the first that has a name counts.
func (p *fileParser) merge(list string, n *yaml.Node, own map[string]bool, deep int) {
	if p.total++; deep > maxDeep || p.total > 10*MaxValues {
		p.fail("%s has too many values that are merged. Write its lists without <<.", p.name)
		return
	}
	switch n.Kind {
	case yaml.AliasNode:
		p.merge(list, n.Alias, own, deep+1)
	case yaml.SequenceNode:
		for _, inner := range n.Content {
			p.merge(list, inner, own, deep+1)
		}
	case yaml.MappingNode:
		var merged []*yaml.Node
		for i := 0; i+1 < len(n.Content); i += 2 {
			switch key := n.Content[i]; {
			case key.Tag == mergeTag:
				merged = append(merged, n.Content[i+1])
			case !own[key.Value]:
				own[key.Value] = true
				p.node(join(list, key.Value), n.Content[i+1], deep+1)
			}
		}
		for _, inner := range merged {
			p.merge(list, inner, own, deep+1)
		}
	default:
		p.fail("line %d of the list %s: << takes a map.", n.Line, p.name)
	}
}

// node reads a value of YAML. Its text is kept as it is written, also that of numbers and dates.
func (p *fileParser) node(list string, n *yaml.Node, deep int) {
	if deep > maxDeep || p.mistake != nil {
		return
	}
	switch n.Kind {
	case yaml.MappingNode:
		p.mapping(list, n, deep)
	case yaml.AliasNode:
		if p.total++; p.total > 10*MaxValues {
			p.fail("%s has more than %s values. Make several lists of it.", p.name, count(MaxValues))
			return
		}
		p.node(list, n.Alias, deep+1)
	case yaml.ScalarNode:
		p.declare(list)
		if n.Tag != "!!null" {
			p.add(list, n.Value, n.Line)
		}
	case yaml.SequenceNode:
		p.declare(list)
		fallthrough
	default:
		for _, inner := range n.Content {
			p.node(list, inner, deep+1)
		}
	}
}
