package demo

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/HugoSmits86/nativewebp"

	"tintype/api/demo/paint"
	"tintype/api/model"
)

// handleOutput serves a picture, without a key, until it expires. Ranges and ETags
// work, so that a download can go on.
func (s *Server) handleOutput(a *response, r *http.Request, d dialect, args []string) {
	if len(args) != 2 {
		d.writeError(a, errNotFound)
		return
	}
	found, ok := s.store.find(args[0])
	n, known := parseOutputName(found, args[1])
	m := found.at(s.now())
	if !ok || !known || m.status != succeeded || m.isExpired {
		d.writeError(a, errNotFound)
		return
	}
	picture, err := s.pictures.get(found, n)
	if err != nil {
		d.writeError(a, apiError{status: http.StatusInternalServerError, detail: err.Error()})
		return
	}
	a.header.Set("Content-Type", mediaType(found.format()))
	a.header.Set("ETag", fmt.Sprintf(`"%s-%d"`, found.ID, n))
	http.ServeContent(a, r, "", time.Time{}, bytes.NewReader(picture))
}

// parseOutputName reads out-0.webp.
func parseOutputName(r record, name string) (int, bool) {
	middle, ok := strings.CutPrefix(name, "out-")
	middle, suffix := strings.CutSuffix(middle, "."+r.format())
	n, err := strconv.Atoi(middle)
	return n, ok && suffix && err == nil && r.hasOutput(n)
}

// format is the one asked for, or the model's own.
func (r record) format() string {
	if f, _ := r.Input["output_format"].(string); f == "webp" || f == "jpg" || f == "png" {
		return f
	}
	p, _ := model.Find(r.Model).Parameter("output_format")
	if f, _ := p.Default.(string); f != "" {
		return f
	}
	return "webp"
}

func mediaType(format string) string {
	if format == "jpg" {
		return "image/jpeg"
	}
	return "image/" + format
}

// pictureCache keeps the pictures painted last: a download in parts asks several
// times for the same one.
type pictureCache struct {
	mu      sync.Mutex
	order   []string
	entries map[string]*cachedPicture
}

// cachedPicture is painted once, by whoever asks first.
type cachedPicture struct {
	once sync.Once
	file []byte
	err  error
}

const maxCachedPictures = 16

func newPictureCache() *pictureCache { return &pictureCache{entries: map[string]*cachedPicture{}} }

func (g *pictureCache) get(r record, n int) ([]byte, error) {
	work := g.entry(fmt.Sprintf("%s-%d", r.ID, n))
	work.once.Do(func() { work.file, work.err = r.render(n) })
	return work.file, work.err
}

func (g *pictureCache) entry(name string) *cachedPicture {
	g.mu.Lock()
	defer g.mu.Unlock()
	if work, ok := g.entries[name]; ok {
		return work
	}
	if len(g.order) >= maxCachedPictures {
		delete(g.entries, g.order[0])
		g.order = g.order[1:]
	}
	work := &cachedPicture{}
	g.entries[name], g.order = work, append(g.order, name)
	return work
}

// render paints the n-th picture and encodes it as asked.
func (r record) render(n int) ([]byte, error) {
	m := model.Find(r.Model)
	w, h, ok := m.Size(r.Input)
	if !ok {
		w, h = 1024, 1024
	}
	prompt, _ := r.Input["prompt"].(string)
	quality := int64(80)
	if p, has := m.Parameter("output_quality"); has {
		quality, _ = model.Int(p.Default)
		if q, given := model.Int(r.Input["output_quality"]); given {
			quality = q
		}
	}
	return encode(paint.Paint(prompt, r.Plan.Seed+int64(n), w, h), r.format(), int(quality))
}

// encode writes a file. The quality counts for jpg; our webp is without loss, as
// png is.
func encode(img image.Image, format string, quality int) ([]byte, error) {
	var file bytes.Buffer
	var err error
	switch format {
	case "jpg":
		err = jpeg.Encode(&file, img, &jpeg.Options{Quality: max(quality, 1)})
	case "png":
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, img)
	case "webp":
		err = nativewebp.Encode(&file, img, nil)
	default:
		err = errors.New("the demo paints webp, jpg and png")
	}
	return file.Bytes(), err
}
