package paint

// palette is the light of a scene.
type palette struct {
	top, mid, low rgb // of the sky, from the zenith to the horizon
	sun, glow     rgb
	far, near     rgb // land in the distance, and in front
	leaf          rgb // what grows
	accent        rgb // the one strong colour
	night         bool
}

var palettes = map[string]palette{
	"sunrise": {rgbOf(0x4a6ba8), rgbOf(0xe39aa0), rgbOf(0xffd9a0), rgbOf(0xfff6d8), rgbOf(0xff9f5a), rgbOf(0xa78fb5), rgbOf(0x2d2b4f), rgbOf(0x3f5a56), rgbOf(0xe8623a), false},
	"dawn":    {rgbOf(0x6f86c0), rgbOf(0xc9a7c7), rgbOf(0xfbd3c3), rgbOf(0xfff3e0), rgbOf(0xf7a58b), rgbOf(0x9c93ba), rgbOf(0x37385c), rgbOf(0x4b6a6a), rgbOf(0xe07a5f), false},
	"golden":  {rgbOf(0x6a97bd), rgbOf(0xf0c189), rgbOf(0xffe6ad), rgbOf(0xfffbe6), rgbOf(0xffb040), rgbOf(0xcf9f78), rgbOf(0x4b3327), rgbOf(0x6b7038), rgbOf(0xc2492f), false},
	"day":     {rgbOf(0x2c7cc4), rgbOf(0x78bbe6), rgbOf(0xdcf1f2), rgbOf(0xfffdf0), rgbOf(0xfff2c2), rgbOf(0x8db4c9), rgbOf(0x1f4d45), rgbOf(0x4d8f4a), rgbOf(0xe4572e), false},
	"soft":    {rgbOf(0x86b2db), rgbOf(0xc3d9ec), rgbOf(0xfdeadb), rgbOf(0xfffaf0), rgbOf(0xffe3b8), rgbOf(0xa9bdd0), rgbOf(0x3f5d6b), rgbOf(0x6d9b72), rgbOf(0xef7c66), false},
	"dusk":    {rgbOf(0x232c63), rgbOf(0x8d5193), rgbOf(0xffa270), rgbOf(0xffe4b8), rgbOf(0xff7650), rgbOf(0x6f4d85), rgbOf(0x191631), rgbOf(0x2e3552), rgbOf(0xffb54a), false},
	"rose":    {rgbOf(0x45407f), rgbOf(0xc46f97), rgbOf(0xffc09b), rgbOf(0xfff0d0), rgbOf(0xff8c78), rgbOf(0x8c6595), rgbOf(0x2a1f45), rgbOf(0x40485f), rgbOf(0xf94f6d), false},
	"night":   {rgbOf(0x070c26), rgbOf(0x142a60), rgbOf(0x3a5f9a), rgbOf(0xf8f4e2), rgbOf(0x7b9bd8), rgbOf(0x29407a), rgbOf(0x080d20), rgbOf(0x122a33), rgbOf(0xffd27a), true},
	"teal":    {rgbOf(0x041c2d), rgbOf(0x0d4254), rgbOf(0x3b8c8c), rgbOf(0xf3f8e8), rgbOf(0x6fcabc), rgbOf(0x1d5663), rgbOf(0x05151d), rgbOf(0x0e3335), rgbOf(0xffc86b), true},
	"storm":   {rgbOf(0x29323d), rgbOf(0x586673), rgbOf(0xb0b8b4), rgbOf(0xe8ebe4), rgbOf(0xc9d2cf), rgbOf(0x6e7d86), rgbOf(0x1b242c), rgbOf(0x37463f), rgbOf(0xf2c14e), false},
	"fog":     {rgbOf(0xa9b9bf), rgbOf(0xcfd8d8), rgbOf(0xf0ece1), rgbOf(0xfffdf4), rgbOf(0xfff0d2), rgbOf(0xb4c0c2), rgbOf(0x3d4c50), rgbOf(0x607467), rgbOf(0xd96c4a), false},
	"snow":    {rgbOf(0x8fb0cf), rgbOf(0xc9dbea), rgbOf(0xf9efe9), rgbOf(0xfffaf0), rgbOf(0xffe0c4), rgbOf(0xa4bad0), rgbOf(0x2c4357), rgbOf(0x4c6b78), rgbOf(0xd8483c), false},
	"autumn":  {rgbOf(0x7ea6b8), rgbOf(0xf1cfa2), rgbOf(0xffe8bd), rgbOf(0xfffae8), rgbOf(0xffc266), rgbOf(0xc98f63), rgbOf(0x55291b), rgbOf(0xc8702a), rgbOf(0xd9451d), false},
	"spring":  {rgbOf(0x74b3dd), rgbOf(0xbfe0ea), rgbOf(0xfff0e6), rgbOf(0xfffcf0), rgbOf(0xffe4c8), rgbOf(0x9cc0bd), rgbOf(0x2f5a4b), rgbOf(0x79b35c), rgbOf(0xf2789f), false},
	"desert":  {rgbOf(0x3d7ba6), rgbOf(0xf1cda3), rgbOf(0xffe9c9), rgbOf(0xfffbea), rgbOf(0xffc273), rgbOf(0xdda878), rgbOf(0x7b3c22), rgbOf(0x74804a), rgbOf(0xc23b22), false},
	"neon":    {rgbOf(0x0b0624), rgbOf(0x45128f), rgbOf(0xf72c86), rgbOf(0xffd9f5), rgbOf(0xf72c86), rgbOf(0x431473), rgbOf(0x0d0424), rgbOf(0x1a1a4b), rgbOf(0x3fd5f5), true},
	"space":   {rgbOf(0x05060f), rgbOf(0x14143a), rgbOf(0x3a2260), rgbOf(0xfff0d8), rgbOf(0xa46be0), rgbOf(0x29265c), rgbOf(0x0a0a1e), rgbOf(0x203060), rgbOf(0xff9e5e), true},
	"sea":     {rgbOf(0x0a4a6e), rgbOf(0x0f7a94), rgbOf(0x49c0bd), rgbOf(0xeafff5), rgbOf(0x9af0dc), rgbOf(0x1b7f97), rgbOf(0x06283e), rgbOf(0x1b6b5f), rgbOf(0xff8a5c), false},
}

// hues are the colour words of a prompt.
var hues = map[string]rgb{
	"red": rgbOf(0xd62828), "crimson": rgbOf(0xb3122f), "scarlet": rgbOf(0xe02b20), "orange": rgbOf(0xf77f00), "amber": rgbOf(0xffb000),
	"yellow": rgbOf(0xfcca2e), "gold": rgbOf(0xe0a520), "green": rgbOf(0x3a9a4a), "emerald": rgbOf(0x129a6a), "jade": rgbOf(0x2aa37f),
	"mint": rgbOf(0x7fd6b5), "teal": rgbOf(0x128a8a), "turquoise": rgbOf(0x2fc4c0), "cyan": rgbOf(0x22c3e6), "blue": rgbOf(0x2a62d4),
	"azure": rgbOf(0x3a96f0), "cobalt": rgbOf(0x1d4fb8), "indigo": rgbOf(0x4636b8), "violet": rgbOf(0x8443d0), "purple": rgbOf(0x7a2fb5),
	"lavender": rgbOf(0xa995e0), "lilac": rgbOf(0xb894d8), "magenta": rgbOf(0xd6249f), "pink": rgbOf(0xf277a8), "rose": rgbOf(0xe8647f),
	"peach": rgbOf(0xffb38a), "coral": rgbOf(0xff6f59), "brown": rgbOf(0x8a5a34), "copper": rgbOf(0xb8693a), "turquoise-blue": rgbOf(0x2fb4c0),
}

// tinted leans the light towards a colour; the accent takes it whole.
func (p palette) tinted(to rgb, t float64) palette {
	for _, c := range []*rgb{&p.top, &p.mid, &p.low, &p.glow, &p.far, &p.near} {
		*c = c.toward(to, t)
	}
	p.accent = to
	return p
}
