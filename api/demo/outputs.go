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

// output serves a picture, without a key, until it expires. Ranges and ETags
// work, so that a download can go on.
func (s *Server) output(a *answer, r *http.Request, d dialect, args []string) {
	if len(args) != 2 {
		d.refuse(a, notFound)
		return
	}
	found, ok := s.records.find(args[0])
	n, known := number(found, args[1])
	m := found.at(s.now())
	if !ok || !known || m.status != succeeded || m.expired {
		d.refuse(a, notFound)
		return
	}
	picture, err := s.gallery.picture(found, n)
	if err != nil {
		d.refuse(a, refusal{status: http.StatusInternalServerError, detail: err.Error()})
		return
	}
	a.header.Set("Content-Type", mimeOf(found.format()))
	a.header.Set("ETag", fmt.Sprintf(`"%s-%d"`, found.ID, n))
	http.ServeContent(a, r, "", time.Time{}, bytes.NewReader(picture))
}

// number reads out-0.webp.
func number(r record, name string) (int, bool) {
	middle, ok := strings.CutPrefix(name, "out-")
	middle, suffix := strings.CutSuffix(middle, "."+r.format())
	n, err := strconv.Atoi(middle)
	return n, ok && suffix && err == nil && r.has(n)
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

func mimeOf(format string) string {
	if format == "jpg" {
		return "image/jpeg"
	}
	return "image/" + format
}

// gallery keeps the pictures painted last: a download in parts asks several
// times for the same one.
type gallery struct {
	mu    sync.Mutex
	order []string
	kept  map[string]*painting
}

// painting is painted once, by whoever asks first.
type painting struct {
	once sync.Once
	file []byte
	err  error
}

const galleryRoom = 16

func newGallery() *gallery { return &gallery{kept: map[string]*painting{}} }

func (g *gallery) picture(r record, n int) ([]byte, error) {
	work := g.place(fmt.Sprintf("%s-%d", r.ID, n))
	work.once.Do(func() { work.file, work.err = r.paint(n) })
	return work.file, work.err
}

func (g *gallery) place(name string) *painting {
	g.mu.Lock()
	defer g.mu.Unlock()
	if work, ok := g.kept[name]; ok {
		return work
	}
	if len(g.order) >= galleryRoom {
		delete(g.kept, g.order[0])
		g.order = g.order[1:]
	}
	work := &painting{}
	g.kept[name], g.order = work, append(g.order, name)
	return work
}

// paint paints the n-th picture and encodes it as asked.
func (r record) paint(n int) ([]byte, error) {
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
