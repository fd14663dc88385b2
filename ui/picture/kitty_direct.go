package picture

import (
	"context"
	"image"
)

// encodeDirect puts a kitty picture at the cursor, over the text and without moving the cursor (C=1): for terminals that take
// kitty graphics and know no placeholders (Konsole, kitty before 0.28).
func encodeDirect(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	if o.ID == 0 {
		return encodeBlocks(ctx, img, size, caps, o)
	}
	send, err := kittyPicture(ctx, img, size, caps, o, directAction)
	if err != nil {
		return Frame{}, err
	}
	return directFrame(send, size, caps, o), nil
}

// directAction shows a picture at the cursor, and leaves the cursor there.
const directAction = "a=T,p=1,C=1,"

func directFrame(send []byte, size Cells, caps Capabilities, o Options) Frame {
	return Frame{
		Lines:   guardLines(size, 0),
		Overlay: true,
		Send:    send,
		Redraw:  kittyCommand(nil, "a=p,p=1,C=1,i="+id(o.ID)+cellsOf(size)+",q=2", nil, caps.Tmux),
		Hide:    kittyCommand(nil, "a=d,d=i,i="+id(o.ID)+",q=2", nil, caps.Tmux), // d=i, small: the data stays
		ID:      o.ID,
		Delete:  kittyForget(o.ID, caps),
	}
}
