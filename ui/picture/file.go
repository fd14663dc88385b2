package picture

import (
	"bytes"
	"context"
	"io"
	"os"
	"strconv"
	"strings"
)

// RenderFile loads the picture at path, fits it into box and renders it. It returns the size that the picture takes. A kitty terminal gets
// a PNG, and one with iTerm2's images a PNG or JPEG, as the file is, undecoded and in full size: this takes a fifth of the time but more
// bytes, so that over SSH the picture is scaled here instead. It is also scaled here if the file must be turned, if its colours must be
// converted, or if it is cut off, since terminals differ in these cases.
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
	f.Partial = info.Partial
	return f, size, info, err
}

// takesFile reports whether a protocol takes image files of a format undecoded.
func takesFile(protocol Protocol, format string) bool {
	switch protocol {
	case Kitty, KittyDirect:
		return format == "png"
	case ITerm2:
		return format == "png" || format == "jpeg"
	}
	return false
}

// renderUndecoded makes a frame of the file as it is, where that can be done. After any error ok is false: Load then reports it.
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
	opened, info, err := openFile(ctx, bytes.NewReader(file), int64(len(file)))
	if err != nil || !takesFile(caps.Protocol, info.Format) || info.check(l) != nil || !opened.IsPlain() {
		return f, size, info, false
	}
	size = Fit(info.Width, info.Height, box, caps)
	f, ok = fileFrame(file, size, caps, o)
	return f, size, info, ok
}

// fileFrame is the frame of an image file. ok is false where the protocol cannot show it in that size.
func fileFrame(file []byte, size Cells, caps Capabilities, o Options) (f Frame, ok bool) {
	if caps.Protocol == ITerm2 {
		return iterm2Frame(file, size), true
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

// Print writes a frame at the cursor, which must be in the first column, and leaves the cursor on the line below it. It is for a
// program that prints and ends. The screen must have room for all lines of an overlay.
func Print(w io.Writer, f Frame) error {
	var b strings.Builder
	height := strconv.Itoa(len(f.Lines))
	if f.Overlay {
		b.WriteString(strings.Repeat("\n", len(f.Lines))) // scroll first, so that the picture does not
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

// cursorBy returns the code that moves the cursor by n cells. It is empty for 0, which a terminal would take for 1.
func cursorBy(n int, direction byte) string {
	if n == 0 {
		return ""
	}
	return "\x1b[" + strconv.Itoa(n) + string(direction)
}
