package picture

// Limits bound what is decoded. A zero field takes its value from DefaultLimits.
type Limits struct {
	Bytes  int64 // of the file
	Pixels int64 // width times height
	Side   int   // the longer side, in pixels
	Memory int64 // bytes that decoding needs
}

// DefaultLimits are the limits for showing a picture. Decoding a photo of 24 megapixels takes 36 MB as JPEG, 180 MB as progressive JPEG and
// 96 MB as PNG; the entire program is to stay below 256 MB.
var DefaultLimits = Limits{Bytes: 64 << 20, Pixels: 32e6, Side: 20_000, Memory: 192 << 20}

func (l Limits) withDefaults() Limits {
	if l.Bytes <= 0 {
		l.Bytes = DefaultLimits.Bytes
	}
	if l.Pixels <= 0 {
		l.Pixels = DefaultLimits.Pixels
	}
	if l.Side <= 0 {
		l.Side = DefaultLimits.Side
	}
	if l.Memory <= 0 {
		l.Memory = DefaultLimits.Memory
	}
	return l
}

// check returns an error where the picture is too large for the limits.
func (i Info) check(l Limits) error {
	pixels := int64(i.Width) * int64(i.Height)
	switch {
	case pixels > l.Pixels || max(i.Width, i.Height) > l.Side:
		return tooManyPixels(i, l)
	case i.memory > l.Memory:
		return tooMuchMemory(i, l)
	}
	return nil
}
