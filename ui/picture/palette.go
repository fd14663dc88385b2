package picture

// palette is the colours of a terminal that has no others.
type palette []rgb

// paletteOf gives xterm's 256 or the usual 16; of the latter every theme has its own, so they are a guess.
func paletteOf(colours int) palette {
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
	for i := range 216 {
		p = append(p, rgb{int32(cubeSteps[i/36]), int32(cubeSteps[i/6%6]), int32(cubeSteps[i%6])})
	}
	for i := range int32(24) {
		p = append(p, rgb{8 + 10*i, 8 + 10*i, 8 + 10*i})
	}
	return p
}

// cubeSteps are the levels of a channel in the cube of xterm's 256 colours.
var cubeSteps = [6]float32{0, 95, 135, 175, 215, 255}
