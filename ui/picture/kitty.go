package picture

import (
	"context"
	"image"
)

func encodeKitty(ctx context.Context, img image.Image, size Cells, caps Capabilities, o Options) (Frame, error) {
	return encodeBlocks(ctx, img, size, caps, o)
}
