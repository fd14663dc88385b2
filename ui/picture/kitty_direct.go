package picture

import (
	"context"
	"image"
)

// encodeKittyDirect draws a kitty picture at the cursor, over the text and without moving the cursor (C=1). It is for terminals
// that have kitty graphics but no placeholders: Konsole, and kitty before 0.28.
func encodeKittyDirect(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	if o.ID == 0 {
		return encodeBlocks(ctx, img, size, caps, o)
	}
	send, err := kittyTransmit(ctx, img, size, caps, o, kittyDirectAction)
	if err != nil {
		return Frame{}, err
	}
	return kittyDirectFrame(send, size, caps, o), nil
}

// kittyDirectAction transmits a picture and shows it at the cursor, which stays there.
const kittyDirectAction = "a=T,p=1,C=1,"

func kittyDirectFrame(send []byte, size Cells, caps Capabilities, o Options) Frame {
	return Frame{
		Lines:   fillerLines(size, 0),
		Overlay: true,
		Send:    send,
		redraw:  kittyCommand(nil, "a=p,p=1,C=1,i="+formatID(o.ID)+sizeKeys(size)+",q=2", nil, caps.Tmux),
		hide:    kittyCommand(nil, "a=d,d=i,i="+formatID(o.ID)+",q=2", nil, caps.Tmux), // d=i keeps the data; d=I would not
		id:      o.ID,
		Delete:  kittyDelete(o.ID, caps),
	}
}
