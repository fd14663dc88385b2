package inputimage

import (
	"context"
	"encoding/base64"
	"errors"
	"fmt"
	"image"
	"io"
	"os"
	"path/filepath"
	"sync"

	"tintype/api"
	"tintype/api/model"
	"tintype/history/imagekind"
)

// Sent is what is sent of a picture on this disk.
type Sent struct {
	Path          string
	SHA256        string // of the file
	Original      int64  // bytes of the file
	Format        string // "JPEG"
	Bytes         int64
	Width, Height int
	IsCopy        bool // another file than the one on the disk
	data          []byte
	mime          string
	full          image.Point // pixels of the file, upright
}

// String describes what is sent: "sent as JPEG 1024×1024, 141 kB"; "" for the file as it is.
func (s Sent) String() string {
	if !s.IsCopy {
		return ""
	}
	return "sent as " + s.Short()
}

// Short describes what is sent in fewer words: "JPEG 1024×1024, 141 kB".
func (s Sent) Short() string {
	return fmt.Sprintf("%s %d×%d, %s", s.Format, s.Width, s.Height, sizeText(s.Bytes))
}

// Brief describes what is sent in the fewest words: "JPEG 141 kB".
func (s Sent) Brief() string { return s.Format + " " + sizeText(s.Bytes) }

// uri is the data: URI that is sent.
func (s Sent) uri() string {
	return "data:" + s.mime + ";base64," + base64.StdEncoding.EncodeToString(s.data)
}

func (s Sent) size() image.Point { return image.Pt(s.Width, s.Height) }

// version is what tells whether a file is still the same.
type version struct {
	path     string
	modified int64
	size     int64
}

// copyKey is a version of a file, and the rules that a copy of it follows.
type copyKey struct {
	version
	rules copyRules
}

// copies are the last pictures that were prepared, so that one is not decoded again when the form shows it, it is bought, and a lost
// purchase is looked for.
var copies = cache{kept: map[copyKey]Sent{}}

// cache keeps what was prepared last. Each is smaller than a provider's limit.
type cache struct {
	mu    sync.Mutex
	kept  map[copyKey]Sent
	order []copyKey
}

const mostCopies = 32

func (c *cache) get(key copyKey) (Sent, bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	s, ok := c.kept[key]
	return s, ok
}

func (c *cache) put(key copyKey, s Sent) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.kept[key]; ok {
		return
	}
	if len(c.order) >= mostCopies {
		delete(c.kept, c.order[0])
		c.order = c.order[1:]
	}
	c.kept[key], c.order = s, append(c.order, key)
}

// prepare returns what is sent of a picture on the disk by the rules. One that is upright and fits is sent as it is.
func prepare(ctx context.Context, path string, rules copyRules) (Sent, error) {
	at := version{path: path}
	if info, err := os.Stat(path); err == nil {
		at.modified, at.size = info.ModTime().UnixNano(), info.Size()
	}
	if s, ok := copies.get(copyKey{at, rules}); ok {
		return s, nil
	}
	s, err := readPicture(ctx, path, rules)
	if err == nil {
		copies.put(copyKey{at, rules}, s)
	}
	return s, err
}

func readPicture(ctx context.Context, path string, rules copyRules) (Sent, error) {
	src, err := openSource(ctx, path)
	if err != nil {
		return Sent{}, err
	}
	defer src.close()
	sum, err := src.sum()
	if err != nil {
		return Sent{}, err
	}
	s := Sent{Path: path, SHA256: sum, Original: src.size, full: src.pixels()}
	if src.canGoAsItIs(rules) {
		return src.asItIs(ctx, s)
	}
	return src.asCopy(ctx, s, rules)
}

// canGoAsItIs reports whether the file itself follows the rules.
func (s *source) canGoAsItIs(rules copyRules) bool {
	size := s.pixels()
	return s.size <= rules.limit && s.isUpright() && (rules.exact == image.Point{} || rules.exact == size) &&
		(rules.most == image.Point{} || size.X <= rules.most.X && size.Y <= rules.most.Y)
}

// asItIs reads the file. It is decoded to see whether it is complete, unless it is too large for that.
func (s *source) asItIs(ctx context.Context, sent Sent) (Sent, error) {
	data, err := io.ReadAll(s.reader())
	if err != nil {
		return Sent{}, refuse("The input image cannot be read: %s.", s.path)
	}
	if s.memory() <= maxMemory {
		_, done, err := s.decode(ctx)
		switch {
		case err == nil:
			done()
		case !errors.Is(err, errRare):
			return Sent{}, err
		}
	}
	return sent.with(copied{data, s.kind, s.pixels()}), nil
}

// asCopy makes a copy that follows the rules.
func (s *source) asCopy(ctx context.Context, sent Sent, rules copyRules) (Sent, error) {
	img, done, err := s.decode(ctx)
	if errors.Is(err, errRare) {
		return Sent{}, refuse("%s is a rare kind of JPEG, which tintype cannot make smaller: save it as an ordinary one.", s.name())
	}
	if err != nil {
		return Sent{}, err
	}
	defer done()
	made, err := fit(ctx, img, isLossy(img), rules)
	if err != nil {
		return Sent{}, err
	}
	sent = sent.with(made)
	sent.IsCopy = true
	return sent, nil
}

func (s Sent) with(c copied) Sent {
	s.data, s.mime, s.Format, s.Bytes, s.Width, s.Height = c.data, c.kind.MIME, c.kind.Name, int64(len(c.data)), c.size.X, c.size.Y
	return s
}

// rulesFor returns the rules for the value of a parameter.
func rulesFor(m model.Model, name string, p api.Provider) copyRules {
	_, hasMask := m.Parameter(maskName)
	return copyRules{limit: pictureLimit(p), isMask: name == maskName, keepAlpha: hasMask}
}

// maskName is the parameter for the part of the input image that is painted again.
const maskName = "mask"

// pictureLimit is how many bytes a picture may have to fit into a data: URI that the provider accepts.
func pictureLimit(p api.Provider) int64 {
	const head = len("data:image/jpeg;base64,")
	return max(int64((p.MaxDataURI-head)/4*3), 0)
}

// checkKind returns an error for a kind of picture that models do not accept.
func checkKind(kind imagekind.Kind, what string) error {
	switch {
	case kind.Decoded, kind.Name == "BMP":
		return nil
	case kind.Name == "":
		return refuse("%s holds no picture.", what)
	}
	return refuse("%s is %s, which tintype cannot convert: it takes WebP, PNG, JPEG, GIF and BMP.", what, kind.Name)
}

// sizeText writes a number of bytes for a person.
func sizeText(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d kB", (n+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// asSentence returns a refusal of our own as an error that is only its sentence.
func asSentence(err error) error {
	var e *api.Error
	if errors.As(err, &e) {
		return errors.New(e.Detail)
	}
	return err
}

// refuse is a refusal of our own, before anything is sent.
func refuse(format string, args ...any) error {
	return &api.Error{Code: api.CodeInvalid, Outcome: api.Refused, Detail: fmt.Sprintf(format, args...)}
}

// noFit says that a picture cannot be made small enough.
func noFit(path string, p api.Provider) error {
	return refuse("The input image %s cannot be made small enough: %s takes at most %s. Save a smaller one, or give its URL.",
		filepath.Base(path), p.Title, sizeText(pictureLimit(p)))
}
