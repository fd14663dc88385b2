package picture

import (
	"bytes"
	"context"
	"encoding/base64"
	"image"
	"image/jpeg"
	"image/png"
	"strconv"
)

// encodeITerm2 hands the terminal an image file to draw over the cells at the cursor
// (OSC 1337, https://iterm2.com/documentation-images.html): a PNG, or over SSH a JPEG, which has a fifth of the bytes.
func encodeITerm2(ctx context.Context, img image.Image, size Cells, caps Capabilities, _ Options) (Frame, error) {
	pixels, err := scaleToSend(ctx, img, size, caps)
	if err != nil {
		return Frame{}, err
	}
	var file bytes.Buffer
	if caps.Remote {
		err = jpeg.Encode(&file, pixels.RGBA(), &jpeg.Options{Quality: 90})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, pixels.RGBA())
	}
	if err != nil {
		return Frame{}, err
	}
	return iterm2Frame(file.Bytes(), size), ctx.Err()
}

// iterm2Frame is the frame of an image file.
func iterm2Frame(file []byte, size Cells) Frame {
	send := iterm2Code(file, size)
	return Frame{Lines: fillerLines(size, 0), Overlay: true, Send: send, redraw: send}
}

// iterm2Code returns the code that draws an image file over size cells. doNotMoveCursor is WezTerm's; others ignore it.
func iterm2Code(file []byte, size Cells) []byte {
	out := make([]byte, 0, len(file)*4/3+128)
	out = append(out, "\x1b]1337;File=inline=1;doNotMoveCursor=1;preserveAspectRatio=0;size="...)
	out = strconv.AppendInt(out, int64(len(file)), 10)
	out = append(out, ";width="...)
	out = strconv.AppendInt(out, int64(size.W), 10)
	out = append(out, ";height="...)
	out = strconv.AppendInt(out, int64(size.H), 10)
	out = append(out, ':')
	out = base64.StdEncoding.AppendEncode(out, file)
	return append(out, '\a')
}
