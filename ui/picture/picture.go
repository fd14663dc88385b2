package picture

import (
	"context"
	"image"
)

// Protocol is a way to put a picture on the screen.
type Protocol string

// The protocols. Each has a file of its own and a row in the table protocols.
const (
	Blocks      Protocol = "cells"  // coloured block glyphs, or ASCII: works everywhere
	Kitty       Protocol = "kitty"  // kitty graphics with Unicode placeholders: the picture is part of the text
	KittyDirect Protocol = "direct" // kitty graphics placed at the cursor, over the text
	ITerm2      Protocol = "iterm2" // iTerm2's inline images (OSC 1337), over the text
	Sixel       Protocol = "sixel"  // DEC sixels, over the text
)

// Cells is a size in terminal cells.
type Cells struct{ W, H int }

// Capabilities is what a terminal can do for a picture. Its zero value is a terminal that shows plain ASCII.
type Capabilities struct {
	Protocol              Protocol // the best one that the caller can draw; "" counts as Blocks
	Colours               int      // 1<<24, 256, 16, or 0 for none, as the program's renderer writes them
	CellWidth, CellHeight int      // pixels of a cell; 0 where unknown
	Sextants, Octants     bool     // draws these glyphs well
	ASCII                 bool     // draws no block glyphs
	Tmux                  bool     // runs in tmux: graphics are wrapped for its passthrough
	Remote                bool     // at the other end of SSH: bytes cost more than work
	Clipboard             bool     // it says that it accepts text for the clipboard: 52 in its reply to DA1
	Terminal              string   // the name that the terminal reports; "" where unknown
	Reason                string   // why Protocol was chosen, for people
}

// Options are about one picture.
type Options struct {
	ID    uint32 // the picture's number in a kitty terminal, from IDs; Kitty and KittyDirect need it
	Light bool   // the terminal's background is light: ASCII art is drawn dark on it
}

// Frame is a picture that is ready for the terminal. A kitty terminal keeps the pictures of its two screens apart: a program
// that uses the alternate screen has to send them while that is up, and again after it was left and entered again.
type Frame struct {
	Lines   []string // styled text for the cells: exactly H lines of W cells, with SGR codes only; see LinesAt
	Send    []byte   // written out of band: before the frame, or after it where Overlay is set; nil for Blocks
	Overlay bool     // Send draws at the cursor: write it after the text, with the cursor at the picture's first cell
	Delete  []byte   // deletes the picture in the terminal; nil where overwriting its text is enough
	Partial bool     // the file was cut off or damaged, and a part of the picture is missing
	redraw  []byte   // of an overlay: draws it again after its cells were overwritten; short where the terminal keeps the data
	hide    []byte   // of an overlay: takes it off the screen for a while; nil where text written over it does
	id      uint32   // the picture's number in a kitty terminal, else 0
	pieces  []piece  // of an overlay: the rest of a picture that is too large for one Send
}

// piece is a part of an overlay's picture.
type piece struct {
	x, y int    // its first cell, counted from the picture's first
	send []byte // draws it at the cursor
}

// Render makes img ready to fill exactly size. Fit finds the size that keeps its proportions.
func Render(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	if size.W < 1 || size.H < 1 || img == nil || img.Bounds().Empty() {
		return Frame{}, &Error{code: codeNoRoom, sentence: "There is no room, or no picture, to draw."}
	}
	encode, ok := protocols[caps.Protocol]
	if !ok {
		return Frame{}, &Error{code: codeNoRoom, sentence: "tintype does not know these graphics: kitty, iterm2, sixel or cells."}
	}
	return encode(ctx, img, size, caps, o)
}

// encoder is one protocol: it returns what to send once, and the lines for the cells.
type encoder func(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error)

var protocols = map[Protocol]encoder{
	"":          encodeBlocks,
	Blocks:      encodeBlocks,
	Kitty:       encodeKitty,
	KittyDirect: encodeKittyDirect,
	ITerm2:      encodeITerm2,
	Sixel:       encodeSixel,
}
