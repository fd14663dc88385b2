package picture

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"io"
	"os"
	"strconv"
	"strings"
)

// RenderFile is Load, Fit and Render in one, for a picture on disk: it fits into box and says what size it took. A PNG goes to a
// kitty terminal, and a PNG or JPEG to one with iTerm2's pictures, as it lies on the disk, undecoded and whole: five times
// as fast, but more bytes; over SSH it is scaled here instead.
func RenderFile(ctx context.Context, path string, box Cells, caps Capabilities, o Options, l Limits) (Frame, Cells, Info, error) {
	if f, size, info, ok := renderUndecoded(ctx, path, box, caps, o, l); ok {
		return f, size, info, nil
	}
	img, info, err := Load(ctx, path, l)
	if err != nil {
		return Frame{}, Cells{}, info, err
	}
	size := Fit(info.Width, info.Height, box, caps)
	f, err := Render(ctx, img, size, caps, o)
	return f, size, info, err
}

// takesFile says which files a protocol takes as they are.
func takesFile(protocol Protocol, format string) bool {
	switch protocol {
	case Kitty, KittyDirect:
		return format == "png"
	case ITerm2:
		return format == "png" || format == "jpeg"
	}
	return false
}

// renderUndecoded hands the file over undecoded, if that can be done; any trouble is left to Load to put into words.
func renderUndecoded(ctx context.Context, path string, box Cells, caps Capabilities, o Options, l Limits) (f Frame, size Cells, info Info, ok bool) {
	if caps.Remote || !takesFile(caps.Protocol, "png") {
		return f, size, info, false
	}
	l = l.withDefaults()
	stat, err := os.Stat(path)
	if err != nil || !stat.Mode().IsRegular() || stat.Size() > l.Bytes {
		return f, size, info, false
	}
	file, err := os.ReadFile(path)
	if err != nil {
		return f, size, info, false
	}
	info, err = Header(ctx, bytes.NewReader(file), int64(len(file)))
	if err != nil || !takesFile(caps.Protocol, info.Format) || info.check(l) != nil {
		return f, size, info, false
	}
	size = Fit(info.Width, info.Height, box, caps)
	f, ok = fileFrame(file, size, caps, o)
	return f, size, info, ok
}

// fileFrame is the frame of an image file, as Render's is of an image.
func fileFrame(file []byte, size Cells, caps Capabilities, o Options) (Frame, bool) {
	if caps.Protocol == ITerm2 {
		send := iterm2File(file, size)
		return Frame{Lines: fillerLines(size, 0), Overlay: true, Send: send, redraw: send}, true
	}
	if o.ID == 0 || caps.Protocol == Kitty && (size.W > maxPlaceholder || size.H > maxPlaceholder) {
		return Frame{}, false
	}
	keys := "i=" + formatID(o.ID) + ",f=100" + sizeKeys(size) + ",q=2"
	if caps.Protocol == KittyDirect {
		return kittyDirectFrame(kittyCommand(nil, kittyDirectAction+keys, file, caps.Tmux), size, caps, o), true
	}
	return kittyFrame(kittyCommand(nil, kittyAction+keys, file, caps.Tmux), size, caps, o), true
}

// Print writes a frame where the cursor is, which must be the first column, and leaves the cursor on the line below it: for a
// program that prints and ends. There must be room for all lines on the screen if the frame is an overlay.
func Print(w io.Writer, f Frame) error {
	var b strings.Builder
	height := strconv.Itoa(len(f.Lines))
	if f.Overlay {
		b.WriteString(strings.Repeat("\n", len(f.Lines))) // scrolls, so that drawing does not
		b.WriteString("\x1b[" + height + "A\x1b7")
		b.Write(f.Send)
		for _, piece := range f.pieces {
			b.WriteString("\x1b8" + cursorBy(piece.y, 'B') + cursorBy(piece.x, 'C'))
			b.Write(piece.send)
		}
		b.WriteString("\x1b8\x1b[" + height + "B")
	} else {
		b.Write(f.Send)
		for _, line := range f.Lines {
			b.WriteString(line)
			b.WriteByte('\n')
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// cursorBy moves the cursor by n cells. A terminal takes none for one.
func cursorBy(n int, way byte) string {
	if n == 0 {
		return ""
	}
	return "\x1b[" + strconv.Itoa(n) + string(way)
}

// smallThumbnail is the longer side of a thumbnail, in pixels: enough for a gallery's cells, and a sixteenth of the work.
const smallThumbnail = 256

// newThumbnail is img at most side pixels a side, never enlarged.
func newThumbnail(ctx context.Context, img image.Image, side int) (*image.RGBA, error) {
	w, h := img.Bounds().Dx(), img.Bounds().Dy()
	if long := max(w, h); long > side {
		w, h = max(1, w*side/long), max(1, h*side/long)
	}
	r, err := scale(ctx, img, w, h, color.RGBA{})
	if err != nil {
		return nil, err
	}
	return r.image(), nil
}
