package imagefile

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

// A viewer is a program that decodes a picture to a PPM or PGM. Our colours are compared with its colours.
type viewer struct {
	program string
	args    []string
}

var viewers = map[imagekind.Kind]viewer{
	imagekind.WebP: {"dwebp", []string{"-quiet", "-ppm", "-o", "-"}},
	imagekind.JPEG: {"djpeg", []string{"-pnm"}},
	imagekind.PNG:  {"pngtopnm", nil},
}

// photo is a picture with edges, soft slopes, strong colours and a little noise.
func photo(w, h int) *image.NRGBA {
	img, noise := image.NewNRGBA(image.Rect(0, 0, w, h)), rand.New(rand.NewPCG(3, 4))
	for y := range h {
		for x := range w {
			fx, fy := float64(x)/float64(w), float64(y)/float64(h)
			r, g, b := 127+127*math.Sin(7*fx), 255*fy, 127+127*math.Cos(9*fx*fy+2)
			if (x/23+y/17)%5 == 0 {
				r, g, b = 255, 255*fx, 0
			}
			if math.Hypot(fx-0.6, fy-0.4) < 0.2 {
				r, g, b = 5, 10, 250*fy
			}
			n := 6 * noise.Float64()
			img.Pix[img.PixOffset(x, y)+0] = uint8(min(r+n, 255))
			img.Pix[img.PixOffset(x, y)+1] = uint8(min(g+n, 255))
			img.Pix[img.PixOffset(x, y)+2] = uint8(min(b+n, 255))
			img.Pix[img.PixOffset(x, y)+3] = 255
		}
	}
	return img
}

// encoders make files of a PPM (%P) or PNG (%N), as many kinds as their programs have.
var encoders = []string{
	"cwebp -quiet -q 80 %N -o %O.webp", "cwebp -quiet -q 20 -f 100 %N -o %O.webp", "cwebp -quiet -q 60 -nostrong -f 40 -segments 1 %N -o %O.webp",
	"cwebp -quiet -q 95 -partition_limit 20 %N -o %O.webp", "cwebp -quiet -lossless %N -o %O.webp", "cwebp -quiet -preset drawing -q 75 -sharp_yuv %N -o %O.webp",
	"cjpeg -quality 85 -outfile %O.jpg %P", "cjpeg -quality 85 -sample 1x1 -outfile %O.jpg %P", "cjpeg -quality 85 -sample 2x1 -outfile %O.jpg %P",
	"cjpeg -quality 85 -sample 1x2 -outfile %O.jpg %P", "cjpeg -quality 85 -sample 4x1 -outfile %O.jpg %P", "cjpeg -quality 85 -grayscale -outfile %O.jpg %P",
	"cjpeg -quality 85 -rgb -outfile %O.jpg %P", "cjpeg -quality 85 -progressive -outfile %O.jpg %P", "cjpeg -quality 30 -restart 1 -outfile %O.jpg %P",
	"pnmtopng -interlace -force %P > %O.png", "pnmtopng -gamma 0.8 %P > %O.png",
}

// makeCorpus encodes photos of several sizes in every way that an installed program knows.
func makeCorpus(t *testing.T, dir string) {
	for i, size := range []image.Point{{101, 67}, {3, 5}, {1, 1}} {
		img := photo(size.X, size.Y)
		ppm, name := fmt.Appendf(nil, "P6\n%d %d\n255\n", size.X, size.Y), filepath.Join(dir, fmt.Sprint("source", i))
		for at := 0; at < len(img.Pix); at += 4 {
			ppm = append(ppm, img.Pix[at:at+3]...)
		}
		var file bytes.Buffer
		if err := png.Encode(&file, img); err != nil {
			t.Fatal(err)
		}
		for ext, content := range map[string][]byte{".ppm": ppm, ".png": file.Bytes()} {
			if err := os.WriteFile(name+ext, content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		for n, command := range encoders {
			command = strings.NewReplacer("%P", name+".ppm", "%N", name+".png", "%O", fmt.Sprintf("%s-%d", name, n)).Replace(command)
			program, _, _ := strings.Cut(command, " ")
			if _, err := exec.LookPath(program); err != nil {
				continue
			}
			if out, err := exec.Command("sh", "-c", command).CombinedOutput(); err != nil {
				t.Logf("%s: %s", command, out)
			}
		}
	}
}

// corpusFolders are where pictures are found: those of the test, of Go, and of golang.org/x/image.
func corpusFolders(t *testing.T) []string {
	folders := []string{filepath.Join(runtime.GOROOT(), "src", "image")} //nolint:staticcheck // the one whose tests' pictures are there
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "golang.org/x/image").Output()
	if dir := strings.TrimSpace(string(out)); err == nil && dir != "" {
		folders = append(folders, dir)
	}
	if dir := os.Getenv("TINTYPE_CORPUS"); dir != "" {
		folders = append(folders, filepath.SplitList(dir)...)
	}
	return folders
}

// eachPicture calls do with every file below folders that a viewer knows or that its name calls a picture.
func eachPicture(t *testing.T, folders []string, do func(path string, content []byte)) {
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isPictureName(path) {
				return err
			}
			content, err := os.ReadFile(path)
			if err == nil {
				do(path, content)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// pictureNames are the ends of names that are called pictures: those that are shown, and others that are only to be named.
const pictureNames = " .webp .png .apng .jpg .jpeg .jpe .jfif .gif .bmp .tif .tiff .avif .heic .ico .cur .psd .ppm .pgm .pbm .svg .jp2 .j2k .jxl " +
	".qoi .dds .xcf .hdr .tga .pcx .dcx .icns .eps .fli .im .xbm .xpm .sgi .ras .spider .msp .gbr .ftu .fpx .fits .wmf .emf .hdf .h5 .mic .pcd .pxr .bin .mpo .pdf "

func isPictureName(path string) bool {
	end := strings.ToLower(filepath.Ext(path))
	return end != "" && strings.Contains(pictureNames, " "+end+" ")
}

// pixels decodes a file at its own size over black.
func pixels(ctx context.Context, content []byte) (raster.Image, image.Image, *File, error) {
	f, err := Open(ctx, bytes.NewReader(content), int64(len(content)))
	if err != nil {
		return raster.Image{}, nil, nil, err
	}
	img, _, err := f.Decode(ctx)
	if err != nil {
		return raster.Image{}, nil, f, err
	}
	out, err := raster.Scale(ctx, img, f.Width, f.Height)
	return out, img, f, err
}

func isOpaque(img image.Image) bool {
	switch m := img.(type) {
	case *raster.Planes:
		return m.Alpha == nil
	case interface{ Opaque() bool }:
		return m.Opaque()
	}
	return false
}

// blacken makes all pixels black that are not opaque, since viewers that ignore alpha show other colours there.
func blacken(img image.Image, w int, pictures ...[]byte) {
	if isOpaque(img) {
		return
	}
	for at := 0; at < len(pictures[0]); at += 3 {
		if _, _, _, a := img.At(at/3%w, at/3/w).RGBA(); a != 0xffff {
			for _, p := range pictures {
				clear(p[at : at+3])
			}
		}
	}
}

// readPNM reads a PPM or PGM as three bytes a pixel.
func readPNM(b []byte) (w, h int, rgb []byte, err error) {
	var kind string
	var most int
	if _, err := fmt.Sscan(string(b[:min(len(b), 64)]), &kind, &w, &h, &most); err != nil {
		return 0, 0, nil, err
	}
	channels := map[string]int{"P5": 1, "P6": 3}[kind]
	wide := 1
	if most > 255 {
		wide = 2
	}
	n := w * h * channels * wide
	if channels == 0 || n > len(b) {
		return 0, 0, nil, fmt.Errorf("%s of %d", kind, most)
	}
	b = b[len(b)-n:]
	for i := range w * h {
		for c := range 3 {
			at := (i*channels + c*(channels-1)/2) * wide
			v := int(b[at])
			if wide == 2 {
				v = v<<8 | int(b[at+1])
			}
			rgb = append(rgb, byte((v*255+most/2)/most))
		}
	}
	return w, h, rgb, nil
}

// TestColoursAreAViewers compares pictures at their own size with what dwebp, djpeg and pngtopnm make of them.
func TestColoursAreAViewers(t *testing.T) {
	dir := t.TempDir()
	makeCorpus(t, dir)
	compared := map[string]int{}
	eachPicture(t, append(corpusFolders(t), dir), func(path string, content []byte) {
		kind := imagekind.Of(content)
		v, ok := viewers[kind]
		if _, err := exec.LookPath(v.program); !ok || err != nil {
			return
		}
		out, err := exec.Command(v.program, append(v.args, path)...).Output()
		if err != nil {
			return // not a picture for the viewer either, or one that was cut
		}
		w, h, want, err := readPNM(out)
		if err != nil {
			return
		}
		got, img, f, err := pixels(t.Context(), content)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			return
		}
		if f.turn > 1 || f.convert != nil {
			return // these programs do not follow orientation and profiles
		}
		if got.W != w || got.H != h {
			t.Errorf("%s is %d×%d, not %d×%d", path, got.W, got.H, w, h)
			return
		}
		blacken(img, w, got.Pix, want)
		mean, most := difference(got.Pix, want)
		compared[v.program]++
		if testing.Verbose() {
			t.Logf("%s: mean %.2f, most %d", filepath.Base(path), mean, most)
		}
		if mean > 1 {
			t.Errorf("%s: colours are off by %.2f, at most by %d", path, mean, most)
		}
	})
	if len(compared) == 0 {
		t.Skip("dwebp, djpeg and pngtopnm are not installed")
	}
	t.Logf("compared: %v", compared)
}

func difference(got, want []byte) (mean float64, most int) {
	sum := 0
	for i := range want {
		d := max(int(got[i])-int(want[i]), int(want[i])-int(got[i]))
		sum, most = sum+d, max(most, d)
	}
	return float64(sum) / float64(max(1, len(want))), most
}
