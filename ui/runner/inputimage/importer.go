// Package inputimage reads the pictures that a prediction is made from: Importer takes what a person typed, pasted or dropped into
// an input, and Encode turns such an input into what is sent. It only reads files, except that pictures that were given as data are
// written to files, so that the history never contains them.
package inputimage

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"tintype/api"
	"tintype/api/model"
	"tintype/history/imagekind"
	"tintype/ui/picture/imagefile"
)

// Importer takes input images, before anything is bought. Its methods read files.
type Importer struct {
	Home     string // what ~ stands for; "" leaves it as it is
	Folder   string // where pictures that were given as data are kept
	Provider api.Provider
}

// New returns an Importer for a provider: ~ is the home folder that the environment names, and data is kept in the folder
// "inputs" of the data folder.
func New(env func(string) string, dataDir string, p api.Provider) Importer {
	home := env("HOME")
	if runtime.GOOS == "windows" {
		home = env("USERPROFILE")
	}
	return Importer{Home: home, Folder: filepath.Join(dataDir, "inputs"), Provider: p}
}

// IsFile reports whether there is a file on this disk under what was typed.
func (im Importer) IsFile(typed string) bool {
	_, err := os.Stat(im.path(strings.TrimSpace(typed)))
	return err == nil
}

// Resolve imports every input image of an input for a model. The result shares nothing with the given input; the error is a
// sentence.
func (im Importer) Resolve(m model.Model, input map[string]any) (map[string]any, error) {
	resolved := maps.Clone(input)
	err := eachImage(m, input, func(name string, value any) error {
		v, err := mapImages(value, im.Import)
		resolved[name] = v
		return err
	})
	return resolved, err
}

// Import turns what was typed, pasted or dropped into a value for an input: a URL stays as it is; a file becomes its absolute path,
// if it is a picture that can be sent; a data: URI becomes the path of a file that is made of it. The error is a sentence.
func (im Importer) Import(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if api.IsDataURL(typed) {
		return im.keep(typed)
	}
	path := im.path(typed)
	if !model.IsPath(path) {
		return typed, nil
	}
	path, err := filepath.Abs(path)
	if err == nil {
		_, err = readImage(path, im.Provider)
	}
	if err != nil {
		return "", asSentence(err)
	}
	return path, nil
}

// path returns the path in what terminals and file managers paste: in quotes, with escaped spaces, as a file: URL, or with ~.
func (im Importer) path(text string) string {
	if n := len(text); n >= 2 && (text[0] == '\'' || text[0] == '"') && text[n-1] == text[0] {
		text = text[1 : n-1]
	}
	if u, err := url.Parse(text); err == nil && strings.EqualFold(u.Scheme, "file") && u.Path != "" {
		text = u.Path
		if runtime.GOOS == "windows" {
			text = strings.TrimPrefix(text, "/") // file:///C:/…
		}
	}
	if runtime.GOOS != "windows" {
		text = unescape(text)
	}
	if rest, ok := strings.CutPrefix(text, "~/"); ok && im.Home != "" {
		text = filepath.Join(im.Home, rest)
	}
	return text
}

// unescape removes a shell's backslashes, unless there is a file with exactly that name.
func unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	if _, err := os.Stat(text); err == nil {
		return text
	}
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// keep writes the picture of a data: URI into the folder and returns its path, which is the same for the same picture.
func (im Importer) keep(uri string) (string, error) {
	if len(uri) > im.Provider.MaxDataURI {
		return "", asSentence(tooLong("The input image", int64(len(uri)), im.Provider))
	}
	data, err := decodeData(uri)
	if err != nil {
		return "", err
	}
	kind := imagekind.Of(data)
	if err := checkKind(kind, "The data: URI"); err != nil {
		return "", asSentence(err)
	}
	sum := sha256.Sum256(data)
	path := filepath.Join(im.Folder, hex.EncodeToString(sum[:12])+kind.Ext)
	if err := writeAtomically(path, data); err != nil {
		return "", fmt.Errorf("The picture of the data: URI cannot be kept in %s.", im.Folder)
	}
	return path, nil
}

// decodeData returns the bytes of a data: URI in base64.
func decodeData(uri string) ([]byte, error) {
	head, body, found := strings.Cut(uri, ",")
	if !found || !strings.HasSuffix(strings.ToLower(head), ";base64") {
		return nil, errors.New("An input image as data looks like data:image/png;base64,…")
	}
	data, err := base64.StdEncoding.DecodeString(body)
	if err != nil {
		return nil, errors.New("The data: URI is damaged: it is not base64 to its end.")
	}
	return data, nil
}

// writeAtomically writes a file under another name first, so that it is never there in part.
func writeAtomically(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // fails once it was renamed
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// imageFile is a picture from this disk, encoded for sending, and the checksum of the file on the disk.
type imageFile struct{ uri, sha256 string }

// readImage reads a picture, if the provider accepts it inside a request. One that lies on its side is turned upright, because models
// do not follow EXIF.
func readImage(path string, p api.Provider) (imageFile, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return imageFile{}, refuse("The input image cannot be read: %s.", path)
	case !info.Mode().IsRegular():
		return imageFile{}, refuse("The input image is no file: %s.", path)
	case info.Size() > pictureLimit(p):
		return imageFile{}, tooLong("The input image "+filepath.Base(path), info.Size(), p)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return imageFile{}, refuse("The input image cannot be read: %s.", path)
	}
	name := "The input image " + filepath.Base(path)
	if kind := imagekind.Of(data); kind.Name == "" {
		return imageFile{}, refuse("The input image is no picture: %s.", path)
	} else if err := checkKind(kind, name); err != nil {
		return imageFile{}, err
	}
	upright, kind, turned, err := imagefile.Upright(context.Background(), data, pictureLimit(p), turningMemory)
	switch {
	case err != nil:
		return imageFile{}, refuse("%s %s: %s.", name, whyUnfit(err), path)
	case turned && int64(len(upright)) > pictureLimit(p):
		return imageFile{}, tooLong(name+", turned upright,", int64(len(upright)), p)
	}
	sum := sha256.Sum256(data)
	return imageFile{"data:" + kind.MIME + ";base64," + base64.StdEncoding.EncodeToString(upright), hex.EncodeToString(sum[:])}, nil
}

// turningMemory is the most memory for decoding a picture that must be turned, in bytes.
const turningMemory = 128 << 20

// checkKind returns an error for a kind of picture that models do not accept.
func checkKind(kind imagekind.Kind, what string) error {
	switch {
	case kind.Decoded:
		return nil
	case kind.Name == "":
		return refuse("%s holds no picture.", what)
	}
	return refuse("%s is %s, which models do not take: they take %s.", what, kind.Name, imagekind.DecodedNames)
}

// whyUnfit says why a picture is not sent as it is.
func whyUnfit(err error) string {
	switch {
	case errors.Is(err, imagefile.ErrCutOff):
		return "is cut off or damaged, so save or fetch it again"
	case errors.Is(err, imagefile.ErrTooLarge):
		return "lies on its side, and is too large to be turned here, so save it upright first"
	}
	return "is damaged"
}

// pictureLimit is how many bytes a picture may have to fit into a data: URI that the provider accepts.
func pictureLimit(p api.Provider) int64 {
	const head = len("data:image/svg+xml;base64,")
	return int64(base64.StdEncoding.DecodedLen(max(p.MaxDataURI-head, 0)) - 2)
}

func tooLong(what string, bytes int64, p api.Provider) error {
	return refuse("%s has %s; inside a request %s takes at most %s. Make it smaller, as JPEG or WebP, or give its URL.",
		what, sizeText(bytes), p.Title, sizeText(pictureLimit(p)))
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
