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

	"tintype/api/demo/vp8enc"
	"tintype/api/model"
)

// handleOutput serves a picture without a key until it expires. Ranges and ETags work, so that a
// download can be resumed.
func (s *Server) handleOutput(resp *response, r *http.Request, d dialect, args []string) {
	if len(args) != 2 {
		d.writeError(resp, errNotFound)
		return
	}
	rec, isKnown := s.store.find(args[0])
	n, hasOutput := parseOutputName(rec, args[1])
	m := rec.at(s.now())
	if !isKnown || !hasOutput || m.status != succeeded || m.isExpired || s.now().Before(m.completed.Add(rec.Plan.Late)) {
		d.writeError(resp, errNotFound)
		return
	}
	picture, err := s.pictures.get(rec, n)
	if err != nil {
		d.writeError(resp, apiError{status: http.StatusInternalServerError, detail: err.Error()})
		return
	}
	resp.header.Set("Content-Type", mediaType(rec.format()))
	resp.header.Set("ETag", fmt.Sprintf(`"%s-%d"`, rec.ID, n))
	http.ServeContent(resp, r, "", time.Time{}, bytes.NewReader(picture))
}

// parseOutputName returns the number in a name such as out-0.webp.
func parseOutputName(r record, name string) (int, bool) {
	middle, ok := strings.CutPrefix(name, "out-")
	middle, suffix := strings.CutSuffix(middle, "."+r.format())
	n, err := strconv.Atoi(middle)
	return n, ok && suffix && err == nil && r.hasOutput(n)
}

// format is the output format that the input asks for, or the model's default.
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

// pictureCache keeps the last pictures, since a resumed download asks for the same one several
// times.
type pictureCache struct {
	mu      sync.Mutex
	order   []string
	entries map[string]*cachedPicture
}

// cachedPicture is drawn once, by the first request for it.
type cachedPicture struct {
	once sync.Once
	file []byte
	err  error
}

const maxCachedPictures = 16

func newPictureCache() *pictureCache { return &pictureCache{entries: map[string]*cachedPicture{}} }

func (g *pictureCache) get(r record, n int) ([]byte, error) {
	entry := g.entry(fmt.Sprintf("%s-%d", r.ID, n))
	entry.once.Do(func() { entry.file, entry.err = r.render(n) })
	return entry.file, entry.err
}

func (g *pictureCache) entry(name string) *cachedPicture {
	g.mu.Lock()
	defer g.mu.Unlock()
	if entry, ok := g.entries[name]; ok {
		return entry
	}
	if len(g.order) >= maxCachedPictures {
		delete(g.entries, g.order[0])
		g.order = g.order[1:]
	}
	entry := &cachedPicture{}
	g.entries[name], g.order = entry, append(g.order, name)
	return entry
}

// render draws and encodes picture n.
func (r record) render(n int) ([]byte, error) {
	m := model.Find(r.Model)
	given := readInputs(m, r.Input)
	w, h, ok := m.Size(r.Input)
	if !ok {
		w, h = given.size()
	}
	prompt, _ := r.Input["prompt"].(string)
	quality := int64(80)
	if p, has := m.Parameter("output_quality"); has {
		quality, _ = model.Int(p.Default)
		if q, ok := model.Int(r.Input["output_quality"]); ok {
			quality = q
		}
	}
	return encode(given.paint(prompt, r.Plan.Seed+int64(n), w, h), r.format(), int(quality))
}

// encode encodes a picture as providers do: webp and jpg lossy, png not.
func encode(img image.Image, format string, quality int) ([]byte, error) {
	var file bytes.Buffer
	var err error
	switch format {
	case "jpg":
		err = jpeg.Encode(&file, img, &jpeg.Options{Quality: max(quality, 1)})
	case "png":
		err = (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, img)
	case "webp":
		err = vp8enc.Encode(&file, img, quality)
	default:
		err = errors.New("the demo paints webp, jpg and png")
	}
	return file.Bytes(), err
}
