package imagefile

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"image/png"

	"tintype/history/imagekind"
	"tintype/ui/picture/raster"
)

// ErrCutOff means that a part of a file is missing or damaged.
var ErrCutOff = errors.New("a part of the file is missing or damaged")

// ErrTooLarge means that decoding a picture takes more memory than is allowed.
var ErrTooLarge = errors.New("the picture is too large to be decoded")

// uprightQualities are the qualities of JPEGs that Upright encodes, best first. At 95 nobody sees the second encoding.
var uprightQualities = []int{95, 90, 80, 70}

// Upright returns a file whose stored picture is upright, for programs that do not follow EXIF, such as image models. A file that is
// upright already is returned as it is, with changed false. Others are encoded again, in sRGB and without EXIF: as JPEG if the picture was
// lossy and is opaque, otherwise as PNG. If the result has more than most bytes, a JPEG of lower quality is tried; even the last may have
// more.
//
// The file is decoded to see whether it is complete, unless that takes more than memory bytes. The error is a *KindError for an unknown
// kind, ErrCutOff for a file that is incomplete or damaged, and ErrTooLarge for one that cannot be turned within memory bytes.
func Upright(ctx context.Context, file []byte, most, memory int64) (upright []byte, kind imagekind.Kind, changed bool, err error) {
	f, err := Open(ctx, bytes.NewReader(file), int64(len(file)))
	switch {
	case err != nil:
		return nil, kind, false, err
	case !f.complete:
		return nil, f.Kind, false, ErrCutOff
	case f.Memory > memory && f.isTurned():
		return nil, f.Kind, false, ErrTooLarge
	case f.Memory > memory:
		return file, f.Kind, false, nil
	}
	img, partial, err := f.Decode(ctx)
	var rare jpeg.UnsupportedError
	switch {
	case errors.As(err, &rare) && !f.isTurned():
		return file, f.Kind, false, nil // it is not damaged, only rare
	case ctx.Err() != nil:
		return nil, f.Kind, false, ctx.Err()
	case err != nil || partial:
		return nil, f.Kind, false, ErrCutOff
	case !f.isTurned():
		return file, f.Kind, false, nil
	}
	upright, kind, err = encodeUpright(ctx, img, f, int(most))
	return upright, kind, true, err
}

// encodeUpright encodes what was decoded of f.
func encodeUpright(ctx context.Context, img image.Image, f *File, most int) ([]byte, imagekind.Kind, error) {
	var out bytes.Buffer
	view, ok := img.(*raster.View)
	if !ok || !isOpaque(view.Image) {
		all := image.NewNRGBA(img.Bounds())
		draw.Draw(all, all.Rect, img, image.Point{}, draw.Src)
		err := png.Encode(&out, all)
		return out.Bytes(), imagekind.PNG, err
	}
	pixels, err := view.RGBA(ctx)
	if err != nil {
		return nil, f.Kind, err
	}
	if _, isLossy := view.Image.(*raster.Planes); !isLossy && f.Kind != imagekind.JPEG {
		if err := png.Encode(&out, pixels); err != nil || out.Len() <= most {
			return out.Bytes(), imagekind.PNG, err
		}
	}
	for _, quality := range uprightQualities {
		out.Reset()
		if err := jpeg.Encode(&out, pixels, &jpeg.Options{Quality: quality}); err != nil {
			return nil, f.Kind, err
		}
		if out.Len() <= most {
			break
		}
	}
	return out.Bytes(), imagekind.JPEG, nil
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
