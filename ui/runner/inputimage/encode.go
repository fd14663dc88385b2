package inputimage

import (
	"context"
	"errors"
	"image"
	"maps"
	"math"
	"sync"

	"tintype/api"
	"tintype/api/model"
)

// Encode returns an input as it is sent: an image that is a path on this disk becomes a data: URI that the provider accepts, and sent says
// by the path what it is. A picture that is too large, lies on its side or is of a kind that models do not take is sent as a copy. A mask
// is copied without loss, and in the size of its image. Everything else is sent exactly as it is. The given input is not changed. An image
// that cannot be sent is an *api.Error with the outcome Refused.
func Encode(ctx context.Context, m model.Model, input map[string]any, p api.Provider) (wire map[string]any, sent map[string]Sent, err error) {
	wire, sent = maps.Clone(input), map[string]Sent{}
	masked, err := prepareMasked(ctx, m, input, p)
	if err != nil {
		return nil, nil, err
	}
	err = eachImage(m, input, func(name string, value any) error {
		encoded, err := mapImages(value, func(path string) (string, error) {
			if !model.IsPath(path) {
				return path, nil
			}
			s, ok := masked[name]
			if !ok {
				if s, err = prepare(ctx, path, rulesFor(m, name, p)); err != nil {
					return "", noCopy(err, path, p)
				}
			}
			sent[path] = s
			return s.uri(), nil
		})
		wire[name] = encoded
		return err
	})
	return wire, sent, err
}

// Describe returns what would be sent of the pictures on this disk, by their paths, if they can be sent.
func Describe(ctx context.Context, m model.Model, input map[string]any, p api.Provider) (map[string]Sent, error) {
	_, sent, err := Encode(ctx, m, input, p)
	return sent, err
}

// Sizes returns the measure of an input's pictures on this disk, for prices that depend on their sizes: those that would be sent. They are
// read at the first question, and once.
func Sizes(m model.Model, input map[string]any, p api.Provider) model.Measure {
	describe := sync.OnceValue(func() map[string]Sent {
		sent, err := Describe(context.Background(), m, input, p)
		if err != nil {
			return nil // the purchase says why
		}
		return sent
	})
	return func(image string) (w, h int, ok bool) {
		sent, ok := describe()[image]
		return sent.Width, sent.Height, ok
	}
}

func noCopy(err error, path string, p api.Provider) error {
	if errors.Is(err, errNoFit) {
		return noFit(path, p)
	}
	return err
}

// prepareMasked prepares an image and its mask, by the names of their parameters, if the input has both and one of them is on this disk:
// they must cover each other after one was made smaller.
func prepareMasked(ctx context.Context, m model.Model, input map[string]any, p api.Provider) (map[string]Sent, error) {
	mask, _ := input[maskName].(string)
	imageName := maskedImage(m)
	picture, _ := input[imageName].(string)
	if mask == "" || picture == "" {
		return nil, nil
	}
	pair := pair{ctx, p, picture, mask, rulesFor(m, imageName, p), rulesFor(m, maskName, p)}
	switch {
	case model.IsPath(picture) && model.IsPath(mask):
		image, mask, err := pair.prepare()
		return map[string]Sent{imageName: image, maskName: mask}, err
	case model.IsPath(picture):
		s, err := pair.inFullSize(picture, pair.pictureRules, "its mask")
		return map[string]Sent{imageName: s}, err
	case model.IsPath(mask):
		s, err := pair.inFullSize(mask, pair.maskRules, "its image")
		return map[string]Sent{maskName: s}, err
	}
	return nil, nil
}

// maskedImage is the parameter of the image that a model's mask belongs to; "" if it takes no mask.
func maskedImage(m model.Model) string {
	if _, ok := m.Parameter(maskName); !ok {
		return ""
	}
	for _, p := range m.Parameters {
		if p.Type == model.Image && p.Name != maskName {
			return p.Name
		}
	}
	return ""
}

// pair is an image and its mask.
type pair struct {
	ctx                     context.Context
	provider                api.Provider
	picture, mask           string
	pictureRules, maskRules copyRules
}

// prepare makes the image smaller until a mask in proportion fits too.
func (p pair) prepare() (picture, mask Sent, err error) {
	for {
		if picture, err = prepare(p.ctx, p.picture, p.pictureRules); err != nil {
			return picture, mask, noCopy(err, p.picture, p.provider)
		}
		if p.maskRules.exact, err = maskSize(p.ctx, p.mask, picture); err != nil {
			return picture, mask, err
		}
		mask, err = prepare(p.ctx, p.mask, p.maskRules)
		if !errors.Is(err, errNoFit) {
			return picture, mask, err
		}
		const step = 0.8
		if min(picture.Width, picture.Height) <= leastSide {
			return picture, mask, noFit(p.mask, p.provider)
		}
		p.pictureRules.most = times(picture.size(), step)
	}
}

// maskSize returns the size of a mask that is made smaller by as much as its image.
func maskSize(ctx context.Context, path string, picture Sent) (image.Point, error) {
	src, err := openSource(ctx, path)
	if err != nil {
		return image.Point{}, err
	}
	defer src.close()
	own := src.pixels()
	part := func(n, sent, full int) int {
		return max(1, int(math.Round(float64(n)*float64(sent)/float64(full))))
	}
	return image.Pt(part(own.X, picture.Width, picture.full.X), part(own.Y, picture.Height, picture.full.Y)), nil
}

// inFullSize prepares a picture whose other half is elsewhere, so that it keeps its size.
func (p pair) inFullSize(path string, rules copyRules, other string) (Sent, error) {
	src, err := openSource(p.ctx, path)
	if err != nil {
		return Sent{}, err
	}
	rules.exact = src.pixels()
	src.close()
	s, err := prepare(p.ctx, path, rules)
	if errors.Is(err, errNoFit) {
		return s, refuse("%s must be made smaller to be sent, and %s too, which is at a URL. Give both as files.", src.name(), other)
	}
	return s, err
}

// eachImage calls do with every value of an input that is an input image, or a list of them.
func eachImage(m model.Model, input map[string]any, do func(name string, value any) error) error {
	for _, p := range m.Parameters {
		value, given := input[p.Name]
		if !given || !p.IsImage() {
			continue
		}
		if err := do(p.Name, value); err != nil {
			return err
		}
	}
	return nil
}

// mapImages replaces an image, or each of a list, by what f returns for it.
func mapImages(value any, f func(string) (string, error)) (any, error) {
	switch v := value.(type) {
	case string:
		return f(v)
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return mapImages(list, f)
	case []any:
		mapped := make([]any, len(v))
		for i := range v {
			image, err := mapImages(v[i], f)
			if err != nil {
				return nil, err
			}
			mapped[i] = image
		}
		return mapped, nil
	}
	return value, nil
}
