package picture

// palette is the colours that a terminal or a sixel picture has.
type palette []rgb

// terminalPalette returns xterm's 256 colours, or xterm's 16. Most themes have 16 of their own, so that these are a guess.
func terminalPalette(colours int) palette {
	p := palette{
		{0, 0, 0},
		{205, 0, 0},
		{0, 205, 0},
		{205, 205, 0},
		{0, 0, 238},
		{205, 0, 205},
		{0, 205, 205},
		{229, 229, 229},
		{127, 127, 127},
		{255, 0, 0},
		{0, 255, 0},
		{255, 255, 0},
		{92, 92, 255},
		{255, 0, 255},
		{0, 255, 255},
		{255, 255, 255},
	}
	if colours < 256 {
		return p
	}
	levels := [6]int32{0, 95, 135, 175, 215, 255} // of a channel in the 6×6×6 cube
	for i := range 216 {
		p = append(p, rgb{levels[i/36], levels[i/6%6], levels[i%6]})
	}
	for i := range int32(24) {
		p = append(p, rgb{8 + 10*i, 8 + 10*i, 8 + 10*i})
	}
	return p
}
