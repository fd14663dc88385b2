package demo

import (
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"strings"
	"testing"
	"time"

	xdraw "golang.org/x/image/draw"
)

func TestLook(t *testing.T) {
	list := os.Getenv("LOOK")
	if list == "" {
		t.Skip()
	}
	prompts := strings.Split(list, "|")
	const n, side = 4, 400
	sheet := image.NewRGBA(image.Rect(0, 0, n*side, (len(prompts)+n-1)/n*side))
	for i, p := range prompts {
		b := time.Now()
		img := Paint(p, int64(i), 1024, 1024)
		fmt.Println(time.Since(b), p)
		r := image.Rect(i%n*side, i/n*side, i%n*side+side-4, i/n*side+side-4)
		xdraw.BiLinear.Scale(sheet, r, img, img.Bounds(), draw.Src, nil)
	}
	f, _ := os.Create("/tmp/paint/sheet.png")
	png.Encode(f, sheet)
	f.Close()
}
