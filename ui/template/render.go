package template

import (
	"slices"
)

// A renderer writes the prompt with a number.
type renderer struct {
	seed   uint64
	number uint64 // of the prompt, for draws
	step   uint64 // for groups in step
	random bool   // everything is drawn
	once   []string
	drawn  map[uint64]uint64 // how often a group was drawn in this prompt
	out    []byte
	digits []uint64
}

// write appends the text of a node: the combination with a rank, or a draw.
func (r *renderer) write(n *node, rank uint64, drawn bool) {
	switch n.kind {
	case textNode:
		r.out = append(r.out, n.text...)
	case onceNode:
		r.out = append(r.out, r.once[n.once.index]...)
	case sequenceNode:
		r.sequence(n, rank, drawn)
	case pickNode:
		r.pick(n.pick, rank, drawn)
	}
}

// sequence writes the parts of a sequence. The last turns fastest.
func (r *renderer) sequence(n *node, rank uint64, drawn bool) {
	base := len(r.digits)
	for range n.parts {
		r.digits = append(r.digits, 0)
	}
	for i := len(n.parts) - 1; i >= 0 && rank > 0; i-- {
		if count := n.parts[i].count64; count > 1 {
			r.digits[base+i] = rank % count
			rank /= count
		}
	}
	for i, part := range n.parts {
		r.write(part, r.digits[base+i], drawn)
	}
	r.digits = r.digits[:base]
}

// pick writes the options that are taken.
func (r *renderer) pick(p *pick, rank uint64, drawn bool) {
	switch {
	case p.sampler == '@':
		r.inStep(p, rank, drawn)
	case p.sampler == '~' || drawn || r.random:
		r.draw(p)
	case p.low == 1 && p.high == 1:
		r.single(p, rank)
	default:
		r.several(p, rank)
	}
}

// option writes an option.
func (r *renderer) option(p *pick, i int, rank uint64, drawn bool) {
	if p.texts != nil {
		r.out = append(r.out, p.texts[i]...)
		return
	}
	r.write(p.options[i], rank, drawn)
}

// single writes one option.
func (r *renderer) single(p *pick, rank uint64) {
	if p.texts != nil {
		r.option(p, int(rank), 0, false)
		return
	}
	for _, o := range p.options {
		if rank < o.count64 {
			r.write(o, rank, false)
			return
		}
		rank -= o.count64
	}
}

// A taken is an option that is taken, and which of its combinations.
type taken struct {
	option int
	rank   uint64
}

// several writes some of the options: the smaller numbers first, then in written order.
func (r *renderer) several(p *pick, rank uint64) {
	var chosen []taken
	for c := p.low; c <= p.high; c++ {
		orders := uint64(1)
		if p.sampler == '!' {
			orders = factorial(c)
		}
		ways := times(p.ways(0, c), orders)
		if rank >= ways {
			rank -= ways
			continue
		}
		chosen = p.unrank(c, rank/orders)
		if p.sampler == '!' {
			chosen = order(chosen, rank%orders)
		}
		break
	}
	for i, t := range chosen {
		if i > 0 {
			r.out = append(r.out, p.separator...)
		}
		r.option(p, t.option, t.rank, false)
	}
}

// unrank returns the c options of a rank.
func (p *pick) unrank(c int, rank uint64) []taken {
	chosen := make([]taken, 0, c)
	for i := 0; c > 0 && i < p.size(); i++ {
		rest := uint64(1)
		if c > 1 {
			rest = p.ways(i+1, c-1)
		}
		ways := times(p.combinations(i), rest)
		if rank >= ways {
			rank -= ways
			continue
		}
		chosen = append(chosen, taken{option: i, rank: rank / rest})
		rank %= rest
		c--
	}
	return chosen
}

// order puts what is taken in the order with a number.
func order(chosen []taken, number uint64) []taken {
	ordered := make([]taken, 0, len(chosen))
	left := slices.Clone(chosen)
	for len(left) > 0 {
		f := factorial(len(left) - 1)
		i := int(number / f)
		number %= f
		ordered = append(ordered, left[i])
		left = slices.Delete(left, i, i+1)
	}
	return ordered
}

// inStep writes the options whose turn it is.
func (r *renderer) inStep(p *pick, rank uint64, drawn bool) {
	turn := r.step % p.cycle()
	if p.low == 1 && p.high == 1 {
		r.turn(p, int(turn), rank, drawn)
		return
	}
	for c := p.low; c <= p.high; c++ {
		ways := binomial(p.size(), c)
		if turn >= ways {
			turn -= ways
			continue
		}
		r.turns(p, combination(p.size(), c, turn), rank, drawn)
		return
	}
}

// turn writes an option of a group in step.
func (r *renderer) turn(p *pick, i int, rank uint64, drawn bool) {
	if count := p.combinations(i); count > 0 {
		rank %= count
	}
	r.option(p, i, rank, drawn)
}

// turns writes several options of a group in step.
func (r *renderer) turns(p *pick, chosen []int, rank uint64, drawn bool) {
	ranks := make([]uint64, len(chosen))
	for k := len(chosen) - 1; k >= 0; k-- {
		count := p.combinations(chosen[k])
		ranks[k] = rank % count
		rank /= count
	}
	for k, i := range chosen {
		if k > 0 {
			r.out = append(r.out, p.separator...)
		}
		r.option(p, i, ranks[k], drawn)
	}
}

// combination returns the c of n with a rank, in written order.
func combination(n, c int, rank uint64) []int {
	var chosen []int
	for i := 0; c > 0 && i < n; i++ {
		ways := binomial(n-i-1, c-1)
		if rank >= ways {
			rank -= ways
			continue
		}
		chosen = append(chosen, i)
		c--
	}
	return chosen
}

// prompt writes the prompt of t with a number.
func (r *renderer) prompt(t *Template, number uint64) string {
	r.number = number
	rank := number
	r.step = rank % t.steps
	rank /= t.steps
	body := uint64(0)
	if t.root.count64 > 0 {
		body = rank % t.root.count64
		rank /= t.root.count64
	}
	return r.combine(t, t.onceRanks(rank), body)
}

// onceRanks returns the ranks of the variables that are chosen once. The last turns fastest.
func (t *Template) onceRanks(rank uint64) []uint64 {
	ranks := make([]uint64, len(t.once))
	for i := len(t.once) - 1; i >= 0; i-- {
		count := t.once[i].value.count64
		ranks[i] = rank % count
		rank /= count
	}
	return ranks
}

// combine writes the prompt for the ranks of the variables that are chosen once, and of the rest.
func (r *renderer) combine(t *Template, once []uint64, body uint64) string {
	clear(r.drawn)
	r.once = r.once[:0]
	for i, v := range t.once {
		r.out = r.out[:0]
		r.write(v.value, once[i], false)
		r.once = append(r.once, string(r.out))
	}
	r.out = r.out[:0]
	r.write(t.root, body, false)
	return string(r.out)
}
