package template

import (
	"math/big"
)

// newSequence makes the node of parts that follow each other. ok is false if there are too many combinations.
func newSequence(nodes []*node) (n *node, ok bool) {
	if len(nodes) == 1 {
		return nodes[0], true
	}
	n = &node{kind: sequenceNode, count: one}
	for _, part := range nodes {
		if part.kind == textNode && part.text == "" {
			continue
		}
		n.parts = append(n.parts, part)
		n.longest = min(n.longest+part.longest, maxLongest)
		n.draws = n.draws || part.draws
		n.dependent = n.dependent || part.dependent
		if part.count64 != 1 {
			n.count = new(big.Int).Mul(n.count, part.count)
			if n.count.BitLen() > maxBits {
				return nil, false
			}
		}
	}
	switch len(n.parts) {
	case 0:
		return newText(""), true
	case 1:
		return n.parts[0], true
	}
	n.count64 = clamp(n.count)
	return n, true
}

// finish makes the node of a pick, and refuses what takes too much.
func (c *compiler) finish(p *pick, s *syntax) *node {
	if p.high == noHigh || p.high > p.size() {
		p.high = p.size()
	}
	if p.low > p.size() {
		c.fail(s, "this takes %d of %d options. Write more options, or a smaller number before $$.", p.low, p.size())
		return nil
	}
	if p.high > maxTaken {
		p.high = maxTaken
	}
	if p.low == 1 && p.high == 1 && p.size() == 1 {
		if p.texts != nil {
			return newText(p.texts[0])
		}
		return p.options[0]
	}
	p.shareTexts()
	n := &node{kind: pickNode, pick: p}
	for _, o := range p.options {
		n.draws = n.draws || o.draws
		n.dependent = n.dependent || o.dependent
	}
	n.longest = p.longest()
	if n.longest == 0 {
		return newText("")
	}
	if p.high > 1 && p.texts == nil && p.size()*p.high > maxTable {
		c.fail(s, "this takes %d of %d options that vary themselves, which is too many.", p.high, p.size())
		return nil
	}
	return c.counted(n, s)
}

// shareTexts makes texts of options that are all text.
func (p *pick) shareTexts() {
	if p.texts != nil {
		return
	}
	for _, o := range p.options {
		if o.kind != textNode {
			return
		}
	}
	p.texts = make([]string, len(p.options))
	for i, o := range p.options {
		p.texts[i] = o.text
	}
	p.options = nil
}

// counted counts the combinations of a pick.
func (c *compiler) counted(n *node, s *syntax) *node {
	p := n.pick
	if p.texts == nil && p.high > 1 {
		p.makeTable()
	}
	n.count = p.count()
	switch p.sampler {
	case '~':
		n.count, n.draws = one, true
	case '@':
		cycle := p.cycle()
		if cycle > maxInStep {
			c.fail(s, "a group in step may have %s combinations at most. Take options away.", thousands(maxInStep))
			return nil
		}
		c.steps = max(c.steps, cycle)
		n.count, n.dependent = p.inStep(), true
	}
	if n.count.BitLen() > maxBits {
		c.fail(s, "this makes more combinations than can be counted. Take options away.")
		return nil
	}
	n.count64 = clamp(n.count)
	return n
}

// longest returns the length of the longest text.
func (p *pick) longest() int {
	longest := 0
	for _, t := range p.texts {
		longest = max(longest, len(t))
	}
	for _, o := range p.options {
		longest = max(longest, o.longest)
	}
	return int(min(int64(longest+len(p.separator))*int64(p.high), maxLongest))
}

// makeTable counts the ways to take options that vary.
func (p *pick) makeTable() {
	n := p.size()
	p.table = make([][]uint64, n+1)
	p.table[n] = make([]uint64, p.high+1)
	p.table[n][0] = 1
	for i := n - 1; i >= 0; i-- {
		p.table[i] = make([]uint64, p.high+1)
		p.table[i][0] = 1
		for c := 1; c <= p.high; c++ {
			p.table[i][c] = addTo(p.table[i+1][c], times(p.options[i].count64, p.table[i+1][c-1]))
		}
	}
}

// count returns the number of combinations.
func (p *pick) count() *big.Int {
	sum := new(big.Int)
	if p.high <= 1 {
		if p.low == 0 {
			sum.SetInt64(1)
		}
		if p.high == 1 {
			if p.texts != nil {
				sum.Add(sum, big.NewInt(int64(len(p.texts))))
			}
			for _, o := range p.options {
				sum.Add(sum, o.count)
			}
		}
		return sum
	}
	orders := big.NewInt(1)
	for c, ways := range p.waysOf() {
		if c > 1 && p.sampler == '!' {
			orders.Mul(orders, big.NewInt(int64(c)))
		}
		if c >= p.low {
			sum.Add(sum, new(big.Int).Mul(ways, orders))
		}
		if sum.BitLen() > maxBits {
			break
		}
	}
	return sum
}

// waysOf returns the number of ways to take 0, 1, 2 … of the options.
func (p *pick) waysOf() []*big.Int {
	ways := make([]*big.Int, p.high+1)
	ways[0] = one
	if p.texts != nil {
		for c := 1; c <= p.high; c++ {
			w := new(big.Int).Mul(ways[c-1], big.NewInt(int64(len(p.texts)-c+1)))
			ways[c] = w.Quo(w, big.NewInt(int64(c)))
		}
		return ways
	}
	for c := 1; c <= p.high; c++ {
		ways[c] = new(big.Int)
	}
	for _, o := range p.options {
		for c := p.high; c >= 1; c-- {
			if ways[c-1].Sign() != 0 && ways[c].BitLen() <= maxBits {
				ways[c].Add(ways[c], new(big.Int).Mul(o.count, ways[c-1]))
			}
		}
	}
	return ways
}

// cycle returns after how many prompts a group in step begins again.
func (p *pick) cycle() uint64 {
	if p.low == 1 && p.high == 1 {
		return uint64(p.size())
	}
	sum := uint64(0)
	for c := p.low; c <= p.high; c++ {
		sum = addTo(sum, binomial(p.size(), c))
	}
	return sum
}

// inStep returns how many combinations the options of a group in step have at one step, at most.
func (p *pick) inStep() *big.Int {
	most := one
	for _, o := range p.options {
		if o.count.Cmp(most) > 0 {
			most = o.count
		}
	}
	if most.BitLen()*p.high > maxBits {
		return new(big.Int).Lsh(one, maxBits+1)
	}
	if p.high > 1 && most != one {
		most = new(big.Int).Exp(most, big.NewInt(int64(p.high)), nil)
	}
	return most
}
