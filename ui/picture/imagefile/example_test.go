package imagefile_test

import (
	"bytes"
	"context"
	"fmt"
	"os"

	"tintype/ui/picture/imagefile"
)

func ExampleOpen() {
	b, err := os.ReadFile("testdata/rgb.jpg")
	if err != nil {
		fmt.Println(err)
		return
	}
	cut := b[:len(b)-100]
	f, err := imagefile.Open(context.Background(), bytes.NewReader(cut), int64(len(cut)))
	if err != nil {
		fmt.Println(err)
		return
	}
	img, partial, err := f.Decode(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(f.Kind.Name, f.Width, f.Height, img.Bounds(), partial)
	// Output: JPEG 33 17 (0,0)-(33,17) true
}
