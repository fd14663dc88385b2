// Command preview prints a picture as cells, sixels or kitty graphics: what measure.sh takes the time of.
//
//	preview cells|sixel|kitty FILE
package main

import (
	"context"
	"fmt"
	"os"

	"tintype/ui/picture"
)

func main() {
	caps := picture.Capabilities{Protocol: picture.Protocol(os.Args[1]), Colours: 1 << 24, CellWidth: 8, CellHeight: 16}
	box := picture.Cells{W: 100, H: 50}
	frame, _, _, err := picture.RenderFile(context.Background(), os.Args[2], box, caps, picture.Options{ID: 1}, picture.Preview)
	if err == nil {
		err = picture.Print(os.Stdout, frame)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
