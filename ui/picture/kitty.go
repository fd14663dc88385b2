package picture

import (
	"context"
	"encoding/base64"
	"image"
	"strconv"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/ansi/kitty"
)

// maxPlaceholder is how many rows, and how many columns, of one picture placeholders can name: kitty's list of diacritics has
// 297 entries.
const maxPlaceholder = 297

// encodeKitty sends the pixels once, as a virtual placement (U=1), and puts placeholders into the text. The terminal draws in each
// placeholder the part of the picture that it names, so that the picture goes wherever its text goes
// (https://sw.kovidgoyal.net/kitty/graphics-protocol/#unicode-placeholders).
func encodeKitty(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	if size.W > maxPlaceholder || size.H > maxPlaceholder || o.ID == 0 {
		return encodeBlocks(ctx, img, size, caps, o)
	}
	send, err := kittyTransmit(ctx, img, size, caps, o, kittyAction)
	if err != nil {
		return Frame{}, err
	}
	return kittyFrame(send, size, caps, o), nil
}

// kittyAction transmits a picture and shows it wherever placeholders name it.
const kittyAction = "a=T,U=1,"

func kittyFrame(send []byte, size Cells, caps Capabilities, o Options) Frame {
	return Frame{Lines: placeholderLines(size, o.ID, caps), Send: send, id: o.ID, Delete: kittyDelete(o.ID, caps)}
}

// kittyTransmit returns the command that transmits the pixels and does what action says.
func kittyTransmit(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options, action string) ([]byte, error) {
	pixels, err := scaleToSend(ctx, img, size, caps)
	if err != nil {
		return nil, err
	}
	keys := action + "i=" + formatID(o.ID) + ",f=24,s=" + strconv.Itoa(pixels.W) + ",v=" + strconv.Itoa(pixels.H) + sizeKeys(size) + ",q=2"
	data := pixels.Pix
	if caps.Remote {
		data, err = deflate(data)
		if err != nil {
			return nil, err
		}
		keys += ",o=z"
	}
	return kittyCommand(nil, keys, data, caps.Tmux), ctx.Err()
}

func formatID(n uint32) string { return strconv.FormatUint(uint64(n), 10) }

func sizeKeys(size Cells) string {
	return ",c=" + strconv.Itoa(size.W) + ",r=" + strconv.Itoa(size.H)
}

// kittyDelete returns the command that deletes the picture and its data (d=I; d=i would leave the data).
func kittyDelete(number uint32, caps Capabilities) []byte {
	return kittyCommand(nil, "a=d,d=I,i="+formatID(number)+",q=2", nil, caps.Tmux)
}

// kittyChunk is how many bytes of data one escape code takes. base64 makes 4096 of them, the limit of the protocol.
const kittyChunk = 3072

// kittyCommand appends a command with its data to out, in as many escape codes as needed. For tmux each code is wrapped on its own.
func kittyCommand(out []byte, keys string, data []byte, tmux bool) []byte {
	if len(out) == 0 {
		out = make([]byte, 0, len(keys)+len(data)*11/8+64)
	}
	for first := true; first || len(data) > 0; first = false {
		chunk := data[:min(len(data), kittyChunk)]
		data = data[len(chunk):]
		at := len(out)
		out = append(out, "\x1b_G"...)
		if first {
			out = append(out, keys...)
		}
		switch {
		case len(data) > 0 && first:
			out = append(out, ",m=1"...)
		case len(data) > 0:
			out = append(out, "m=1"...)
		case !first:
			out = append(out, "m=0"...)
		}
		if len(chunk) > 0 {
			out = append(out, ';')
			out = base64.StdEncoding.AppendEncode(out, chunk)
		}
		out = append(out, "\x1b\\"...)
		if tmux {
			out = append(out[:at], ansi.TmuxPassthrough(string(out[at:]))...)
		}
	}
	return out
}

// placeholderLines returns the lines that name the parts of a picture. Each cell names its row and its column, so that a dialog
// over one cell does not move the others. The picture's number is the colour, and its highest byte a third diacritic.
func placeholderLines(size Cells, number uint32, caps Capabilities) []string {
	w := sgrWriter{colours: caps.Colours}
	colour := rgb{int32(number >> 16 & 255), int32(number >> 8 & 255), int32(number & 255)}
	if caps.Colours < 1<<24 {
		colour = rgb{int32(number & 255)}
	}
	lines := make([]string, size.H)
	for y := range lines {
		w.begin(size.W)
		w.foreground(colour)
		for x := range size.W {
			w.rune(kitty.Placeholder)
			w.rune(kitty.Diacritic(y))
			w.rune(kitty.Diacritic(x))
			if top := number >> 24; top != 0 {
				w.rune(kitty.Diacritic(int(top)))
			}
		}
		lines[y] = w.end()
	}
	return lines
}
