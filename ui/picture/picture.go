package picture

import (
	"context"
	"image"
	"image/color"
)

// Protocol is a way to put a picture on the screen.
type Protocol string

// The protocols, each of which has its file and its row.
const (
	Blocks      Protocol = "cells"  // coloured block glyphs, or ASCII: works everywhere
	Kitty       Protocol = "kitty"  // kitty graphics with Unicode placeholders: the picture is part of the text
	KittyDirect Protocol = "direct" // kitty graphics placed at the cursor, over the text
	ITerm2      Protocol = "iterm2" // OSC 1337
	Sixel       Protocol = "sixel"
)

// Cells is a size in terminal cells.
type Cells struct{ W, H int }

// Capabilities is what a terminal can do for a picture. Its zero value is a terminal that shows plain ASCII.
type Capabilities struct {
	Protocol              Protocol // the best of those that the caller draws; "" counts as Blocks
	Colours               int      // 1<<24, 256, 16, or 0 for none; as the program's renderer will write them
	CellWidth, CellHeight int      // pixels of a cell; 0 where unknown
	Sextants, Octants     bool     // draws these glyphs well
	ASCII                 bool     // draws no block glyphs
	Tmux                  bool     // graphics are wrapped for tmux to pass through
	Remote                bool     // at the other end of SSH: bytes cost more than work
	Terminal              string   // its own name, as reported; "" where unknown
	Reason                string   // the reason for Protocol, for people
}

// Options are what a caller may say about one picture.
type Options struct {
	ID    uint32     // the picture's number in a kitty terminal, from IDs; needed for Kitty and KittyDirect
	Under color.RGBA // shows through transparent pixels; the zero value is black
	Light bool       // the terminal's background is light: ASCII art is dark on it
}

// Frame is a picture made ready for the terminal. A kitty terminal keeps pictures apart for its two screens: a program that
// uses the alternate one sends when it is up, and again after it was left and taken up again.
type Frame struct {
	Lines   []string // styled text for the cells: SGR codes only, exactly H lines of W cells; see LinesAt
	Send    []byte   // written out of band: before the frame, or after it where Overlay says so; nil for cells
	Overlay bool     // Send draws at the cursor: go to the picture's first cell and write it after the frame
	redraw  []byte   // of an overlay: written there again after the screen was cleared or drawn over; short where the terminal keeps the data
	hide    []byte   // of an overlay: takes it off the screen for a while; nil where text written over it does
	id      uint32   // the picture's number in a kitty terminal, else 0
	Delete  []byte   // deletes it in the terminal; nil where its text being overwritten does
	pieces  []piece  // of an overlay: the rest of a picture that one Send cannot draw
}

// piece is a part of an overlay's picture.
type piece struct {
	x, y int    // its first cell, from the picture's first
	send []byte // draws it at the cursor
}

// Render makes img ready to fill exactly size; Fit finds the size that keeps its shape.
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

// encoder is one protocol: what to send once, and what stands in the cells.
type encoder func(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error)

// protocols has a row a protocol.
var protocols = map[Protocol]encoder{
	"":          encodeBlocks,
	Blocks:      encodeBlocks,
	Kitty:       encodeKitty,
	KittyDirect: encodeKittyDirect,
	ITerm2:      encodeITerm2,
	Sixel:       encodeSixel,
}
