package runner

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"tintype/api"
	"tintype/api/model"
)

// Images takes in what people name as input images, before anything is bought. Its methods read files.
type Images struct {
	Home     string // that ~ stands for; "" leaves it as it is
	Folder   string // keeps what was given as data, so that the history never does
	Provider api.Provider
}

// NewImages takes in images for a provider: ~ is the home folder that the environment names, and data goes into a folder of
// its own below the data folder.
func NewImages(env func(string) string, dataDir string, p api.Provider) Images {
	home := env("HOME")
	if runtime.GOOS == "windows" {
		home = env("USERPROFILE")
	}
	return Images{Home: home, Folder: filepath.Join(dataDir, "inputs"), Provider: p}
}

// IsFile tells whether something stands on this disk under what was typed.
func (im Images) IsFile(typed string) bool {
	_, err := os.Stat(im.path(strings.TrimSpace(typed)))
	return err == nil
}

// Resolve takes in every input image of an input for a model. What it returns shares nothing with input; the error is a sentence.
func (im Images) Resolve(m model.Model, input map[string]any) (map[string]any, error) {
	taken := maps.Clone(input)
	err := eachImages(m, input, func(name string, value any) error {
		v, err := replaceImages(value, im.Import)
		taken[name] = v
		return err
	})
	return taken, err
}

// Import makes of what was typed, pasted or dropped what may stand in an input: a URL as it is; of a file its absolute path,
// after a look into it; of a data: URI the path of a file that is made of it.
func (im Images) Import(typed string) (string, error) {
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
		return "", said(err)
	}
	return path, nil
}

// path is a path as terminals and file managers hand it over: in quotes, with escaped spaces, as a file: URL, from ~ on.
func (im Images) path(text string) string {
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
		text = unescaped(text)
	}
	if rest, ok := strings.CutPrefix(text, "~/"); ok && im.Home != "" {
		text = filepath.Join(im.Home, rest)
	}
	return text
}

// unescaped takes a shell's backslashes away, unless a file is called just so.
func unescaped(text string) string {
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

// keep writes the picture of a data: URI into the folder and gives its path: the same one for the same picture.
func (im Images) keep(uri string) (string, error) {
	if len(uri) > im.Provider.MaxDataURI {
		return "", said(tooLong("The input image", int64(len(uri)), im.Provider))
	}
	data, err := decodeData(uri)
	if err != nil {
		return "", err
	}
	kind := http.DetectContentType(data)
	if !strings.HasPrefix(kind, "image/") {
		return "", errors.New("The data: URI holds no picture.")
	}
	sum := sha256.Sum256(data)
	path := filepath.Join(im.Folder, hex.EncodeToString(sum[:12])+"."+strings.TrimPrefix(kind, "image/"))
	if err := put(path, data); err != nil {
		return "", fmt.Errorf("The picture of the data: URI cannot be kept in %s.", im.Folder)
	}
	return path, nil
}

// decodeData gives the bytes of a data: URI in base64.
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

// put writes a file in one piece: by another name first.
func put(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // there is none any more once it was renamed
	_, err = f.Write(data)
	if err = errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// imageFile is a picture from this disk, ready to be sent.
type imageFile struct{ uri, sha256 string }

// readImage reads a picture that a provider takes inside a request.
func readImage(path string, p api.Provider) (imageFile, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return imageFile{}, unusable("The input image cannot be read: %s.", path)
	case !info.Mode().IsRegular():
		return imageFile{}, unusable("The input image is no file: %s.", path)
	case info.Size() > pictureLimit(p):
		return imageFile{}, tooLong("The input image "+filepath.Base(path), info.Size(), p)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return imageFile{}, unusable("The input image cannot be read: %s.", path)
	}
	kind := http.DetectContentType(data)
	if !strings.HasPrefix(kind, "image/") {
		return imageFile{}, unusable("The input image is no picture: %s.", path)
	}
	sum := sha256.Sum256(data)
	return imageFile{"data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data), hex.EncodeToString(sum[:])}, nil
}

// pictureLimit is how many bytes a picture may have to fit into a data: URI that the provider takes.
func pictureLimit(p api.Provider) int64 {
	const head = len("data:image/svg+xml;base64,")
	return int64(base64.StdEncoding.DecodedLen(max(p.MaxDataURI-head, 0)) - 2)
}

func tooLong(what string, bytes int64, p api.Provider) error {
	return unusable("%s has %s; inside a request %s takes at most %s. Make it smaller, as JPEG or WebP, or give its URL.",
		what, sizeWord(bytes), p.Title, sizeWord(pictureLimit(p)))
}

// sizeWord says a number of bytes as a person does.
func sizeWord(n int64) string {
	if n < 1e6 {
		return fmt.Sprintf("%d kB", (n+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// said is the sentence of a refusal of our own.
func said(err error) error {
	var e *api.Error
	if errors.As(err, &e) {
		return errors.New(e.Detail)
	}
	return err
}
