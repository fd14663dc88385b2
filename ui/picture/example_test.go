package picture_test

import (
	"context"
	"fmt"
	"image"
	"image/draw"
	"os"

	"tintype/ui/picture"
)

func ExampleFit() {
	fmt.Println(picture.Fit(1344, 768, picture.Cells{W: 72, H: 36}, picture.Capabilities{}))
	// Output: {72 21}
}

// A terminal without any capabilities gets ASCII art.
func ExampleRender() {
	img := image.NewGray(image.Rect(0, 0, 60, 30)) // a white field with a black frame
	draw.Draw(img, image.Rect(3, 6, 57, 24), image.White, image.Point{}, draw.Src)
	caps := picture.Capabilities{}
	size := picture.Fit(60, 30, picture.Cells{W: 20, H: 10}, caps)
	frame, err := picture.Render(context.Background(), img, size, caps, picture.Options{Light: true})
	if err == nil {
		err = picture.Print(os.Stdout, frame)
	}
	if err != nil {
		fmt.Println(err)
	}
	// Output:
	// @@@@@@@@@@@@@@@@@@@@
	// @                  @
	// @                  @
	// @                  @
	// @@@@@@@@@@@@@@@@@@@@
}
