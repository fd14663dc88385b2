package picture

import (
	"context"
	"errors"
	"image"
	"image/jpeg"
	"io"
	"io/fs"
	"os"
	"strings"

	"tintype/history/imagekind"
	"tintype/ui/picture/imagefile"
)

// Info describes a picture, from its header.
type Info struct {
	Format        string // webp, png, jpeg or gif
	Width, Height int    // pixels, upright
	Bytes         int64  // size of the file
	Partial       bool   // the file is cut off or damaged: what could be read of it is shown
	memory        int64  // bytes that decoding takes at most
}

// PartialSentence tells the user about a picture that is Partial.
const PartialSentence = "This file is cut off or damaged: it is shown as far as it goes."

// Load reads and decodes the picture at path: first its header and then, if that is within limits, its pixels. It returns what a viewer
// would show: the picture upright and in sRGB, the first frame of an animation, and what there is of a file that was cut off. A picture that is
// missing, damaged, too large or of another kind is an *Error.
func Load(ctx context.Context, path string, l Limits) (image.Image, Info, error) {
	stat, err := os.Stat(path)
	if err == nil && !stat.Mode().IsRegular() { // opening a pipe would wait for somebody who writes to it
		return nil, Info{}, &Error{code: codeUnreadable, sentence: "This is not a file that holds a picture."}
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, Info{}, &Error{code: codeMissing, sentence: "This picture is no longer on disk.", cause: err}
	}
	if err != nil {
		return nil, Info{}, &Error{code: codeUnreadable, sentence: "This picture cannot be opened.", cause: err}
	}
	defer f.Close()
	return decode(ctx, f, stat.Size(), l)
}

// decode is Load for the first size bytes of r.
func decode(ctx context.Context, r io.ReaderAt, size int64, l Limits) (image.Image, Info, error) {
	l = l.withDefaults()
	if size > l.Bytes {
		return nil, Info{Bytes: size}, tooManyBytes(size, l)
	}
	f, info, err := openFile(ctx, r, size)
	if err != nil {
		return nil, info, err
	}
	if err := info.check(l); err != nil {
		return nil, info, err
	}
	done, err := imagefile.TakeTurn(ctx, info.memory)
	if err != nil {
		return nil, info, err
	}
	defer done()
	img, partial, err := f.Decode(ctx)
	if err != nil {
		return nil, info, decodeError(ctx, err)
	}
	info.Partial = partial
	return img, info, nil
}

// openFile reads a picture's header.
func openFile(ctx context.Context, r io.ReaderAt, size int64) (*imagefile.File, Info, error) {
	info := Info{Bytes: size}
	if size == 0 {
		return nil, info, &Error{code: codeUnreadable, sentence: "This file is empty."}
	}
	f, err := imagefile.Open(ctx, r, size)
	if err != nil {
		return nil, info, decodeError(ctx, err)
	}
	info.Format, info.Width, info.Height, info.memory = strings.ToLower(f.Kind.Name), f.Width, f.Height, f.Memory
	return f, info, nil
}

// decodeError returns the sentence for a decoding that failed: it was cancelled, the file is not a picture, or it is damaged.
func decodeError(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	sentence := "This file is damaged, and nothing of it can be shown; it is kept."
	var kind *imagefile.KindError
	var rare jpeg.UnsupportedError
	switch {
	case errors.As(err, &kind) && kind.Kind.Name != "":
		sentence = kind.Kind.Name + " is not shown here; " + imagekind.DecodedNames + " are."
	case errors.As(err, &kind):
		sentence = "This is not a picture tintype can read."
	case errors.As(err, &rare):
		sentence = "This is a rare kind of JPEG, which is not shown here (" + string(rare) + "); it is kept."
	}
	return &Error{code: codeUnreadable, sentence: sentence, cause: err}
}
