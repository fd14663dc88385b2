package picture

import "math/rand/v2"

// IDs hands out the numbers by which a kitty terminal knows pictures. It begins at a random number, because the programs in one
// window (panes of tmux) share them.
type IDs struct{ last uint32 }

// NewIDs begins at a random number.
func NewIDs() *IDs { return &IDs{last: rand.Uint32()} }

// Next returns a number that can be written as the colour of a placeholder: 24 bits, or with 256 colours 8 bits and another 8 bits
// that go into the placeholder's third diacritic.
func (i *IDs) Next(caps Capabilities) uint32 {
	i.last++
	if caps.Colours >= 1<<24 {
		return max(1, i.last&0xffffff)
	}
	const first = 16 // those before are the theme's, and renderers rewrite them
	return i.last/(256-first)&0xff<<24 | (first + i.last%(256-first))
}
