package paint

// palette is the light and the colours of a scene.
type palette struct {
	top, mid, low rgb // the sky from the zenith to the horizon
	sun, glow     rgb
	far, near     rgb // land in the distance, and in front
	leaf          rgb // plants
	accent        rgb // the one strong colour
	night         bool
}

var palettes = map[string]palette{
	"sunrise": {hexColour(0x4a6ba8), hexColour(0xe39aa0), hexColour(0xffd9a0), hexColour(0xfff6d8), hexColour(0xff9f5a), hexColour(0xa78fb5), hexColour(0x2d2b4f), hexColour(0x3f5a56), hexColour(0xe8623a), false},
	"dawn":    {hexColour(0x6f86c0), hexColour(0xc9a7c7), hexColour(0xfbd3c3), hexColour(0xfff3e0), hexColour(0xf7a58b), hexColour(0x9c93ba), hexColour(0x37385c), hexColour(0x4b6a6a), hexColour(0xe07a5f), false},
	"golden":  {hexColour(0x6a97bd), hexColour(0xf0c189), hexColour(0xffe6ad), hexColour(0xfffbe6), hexColour(0xffb040), hexColour(0xcf9f78), hexColour(0x4b3327), hexColour(0x6b7038), hexColour(0xc2492f), false},
	"day":     {hexColour(0x2c7cc4), hexColour(0x78bbe6), hexColour(0xdcf1f2), hexColour(0xfffdf0), hexColour(0xfff2c2), hexColour(0x8db4c9), hexColour(0x1f4d45), hexColour(0x4d8f4a), hexColour(0xe4572e), false},
	"soft":    {hexColour(0x86b2db), hexColour(0xc3d9ec), hexColour(0xfdeadb), hexColour(0xfffaf0), hexColour(0xffe3b8), hexColour(0xa9bdd0), hexColour(0x3f5d6b), hexColour(0x6d9b72), hexColour(0xef7c66), false},
	"dusk":    {hexColour(0x232c63), hexColour(0x8d5193), hexColour(0xffa270), hexColour(0xffe4b8), hexColour(0xff7650), hexColour(0x6f4d85), hexColour(0x191631), hexColour(0x2e3552), hexColour(0xffb54a), false},
	"rose":    {hexColour(0x45407f), hexColour(0xc46f97), hexColour(0xffc09b), hexColour(0xfff0d0), hexColour(0xff8c78), hexColour(0x8c6595), hexColour(0x2a1f45), hexColour(0x40485f), hexColour(0xf94f6d), false},
	"night":   {hexColour(0x070c26), hexColour(0x142a60), hexColour(0x3a5f9a), hexColour(0xf8f4e2), hexColour(0x7b9bd8), hexColour(0x29407a), hexColour(0x080d20), hexColour(0x122a33), hexColour(0xffd27a), true},
	"teal":    {hexColour(0x041c2d), hexColour(0x0d4254), hexColour(0x3b8c8c), hexColour(0xf3f8e8), hexColour(0x6fcabc), hexColour(0x1d5663), hexColour(0x05151d), hexColour(0x0e3335), hexColour(0xffc86b), true},
	"storm":   {hexColour(0x29323d), hexColour(0x586673), hexColour(0xb0b8b4), hexColour(0xe8ebe4), hexColour(0xc9d2cf), hexColour(0x6e7d86), hexColour(0x1b242c), hexColour(0x37463f), hexColour(0xf2c14e), false},
	"fog":     {hexColour(0xa9b9bf), hexColour(0xcfd8d8), hexColour(0xf0ece1), hexColour(0xfffdf4), hexColour(0xfff0d2), hexColour(0xb4c0c2), hexColour(0x3d4c50), hexColour(0x607467), hexColour(0xd96c4a), false},
	"snow":    {hexColour(0x8fb0cf), hexColour(0xc9dbea), hexColour(0xf9efe9), hexColour(0xfffaf0), hexColour(0xffe0c4), hexColour(0xa4bad0), hexColour(0x2c4357), hexColour(0x4c6b78), hexColour(0xd8483c), false},
	"autumn":  {hexColour(0x7ea6b8), hexColour(0xf1cfa2), hexColour(0xffe8bd), hexColour(0xfffae8), hexColour(0xffc266), hexColour(0xc98f63), hexColour(0x55291b), hexColour(0xc8702a), hexColour(0xd9451d), false},
	"spring":  {hexColour(0x74b3dd), hexColour(0xbfe0ea), hexColour(0xfff0e6), hexColour(0xfffcf0), hexColour(0xffe4c8), hexColour(0x9cc0bd), hexColour(0x2f5a4b), hexColour(0x79b35c), hexColour(0xf2789f), false},
	"desert":  {hexColour(0x3d7ba6), hexColour(0xf1cda3), hexColour(0xffe9c9), hexColour(0xfffbea), hexColour(0xffc273), hexColour(0xdda878), hexColour(0x7b3c22), hexColour(0x74804a), hexColour(0xc23b22), false},
	"neon":    {hexColour(0x0b0624), hexColour(0x45128f), hexColour(0xf72c86), hexColour(0xffd9f5), hexColour(0xf72c86), hexColour(0x431473), hexColour(0x0d0424), hexColour(0x1a1a4b), hexColour(0x3fd5f5), true},
	"space":   {hexColour(0x05060f), hexColour(0x14143a), hexColour(0x3a2260), hexColour(0xfff0d8), hexColour(0xa46be0), hexColour(0x29265c), hexColour(0x0a0a1e), hexColour(0x203060), hexColour(0xff9e5e), true},
	"sea":     {hexColour(0x0a4a6e), hexColour(0x0f7a94), hexColour(0x49c0bd), hexColour(0xeafff5), hexColour(0x9af0dc), hexColour(0x1b7f97), hexColour(0x06283e), hexColour(0x1b6b5f), hexColour(0xff8a5c), false},
}

// colourWords are the colours that a prompt can name.
var colourWords = map[string]rgb{
	"red": hexColour(0xd62828), "crimson": hexColour(0xb3122f), "scarlet": hexColour(0xe02b20), "orange": hexColour(0xf77f00), "amber": hexColour(0xffb000),
	"yellow": hexColour(0xfcca2e), "gold": hexColour(0xe0a520), "green": hexColour(0x3a9a4a), "emerald": hexColour(0x129a6a), "jade": hexColour(0x2aa37f),
	"mint": hexColour(0x7fd6b5), "teal": hexColour(0x128a8a), "turquoise": hexColour(0x2fc4c0), "cyan": hexColour(0x22c3e6), "blue": hexColour(0x2a62d4),
	"azure": hexColour(0x3a96f0), "cobalt": hexColour(0x1d4fb8), "indigo": hexColour(0x4636b8), "violet": hexColour(0x8443d0), "purple": hexColour(0x7a2fb5),
	"lavender": hexColour(0xa995e0), "lilac": hexColour(0xb894d8), "magenta": hexColour(0xd6249f), "pink": hexColour(0xf277a8), "rose": hexColour(0xe8647f),
	"peach": hexColour(0xffb38a), "coral": hexColour(0xff6f59), "brown": hexColour(0x8a5a34), "copper": hexColour(0xb8693a), "turquoise-blue": hexColour(0x2fb4c0),
}

// tintedWith shifts the palette towards a colour by the share t; the accent becomes that colour.
func (p palette) tintedWith(to rgb, t float64) palette {
	for _, c := range []*rgb{&p.top, &p.mid, &p.low, &p.glow, &p.far, &p.near} {
		*c = c.towardHue(to, t)
	}
	p.accent = to
	return p
}
