package picture

import "math/rand/v2"

// IDs gives out the numbers by which a kitty terminal knows pictures. They begin at a random place, because programs in
// one window (panes of tmux) share them.
type IDs struct{ last uint32 }

// NewIDs begins at a random number.
func NewIDs() *IDs { return &IDs{last: rand.Uint32()} }

// Next is a number that caps can write into the colour of a placeholder: 24 bits, or with 256 colours 8 bits, which the
// third mark of a placeholder makes up for with another 8.
func (i *IDs) Next(caps Capabilities) uint32 {
	i.last++
	if caps.Colours >= 1<<24 {
		return max(1, i.last&0xffffff)
	}
	const first = 16 // those before belong to the theme, and renderers rewrite them
	return i.last/(256-first)&0xff<<24 | (first + i.last%(256-first))
}
