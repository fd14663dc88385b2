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
)

// Importer takes input images, before anything is bought. Its methods read files.
type Importer struct {
	texts    bool   // Complete finds files that are no pictures
	from     string // the folder of relative paths; "": the current one
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

// In returns an importer whose relative paths are those from a folder: that of the file which names the images.
func (im Importer) In(folder string) Importer {
	im.from = folder
	return im
}

// Glob returns the files that a pattern such as refs/*.png matches, in order: as paths that the importer takes.
func (im Importer) Glob(pattern string) ([]string, error) {
	if rest, ok := strings.CutPrefix(pattern, "~/"); ok && im.Home != "" {
		return filepath.Glob(filepath.Join(escapePattern(im.Home), rest))
	}
	if im.from == "" || filepath.IsAbs(pattern) {
		return filepath.Glob(pattern)
	}
	files, err := filepath.Glob(filepath.Join(escapePattern(im.from), pattern))
	for i, file := range files {
		if relative, err := filepath.Rel(im.from, file); err == nil {
			files[i] = relative
		}
	}
	return files, err
}

// escapePattern returns a path as a pattern that matches it alone. Windows has no escapes.
func escapePattern(path string) string {
	if runtime.GOOS == "windows" {
		return path
	}
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(path)
}

// Resolve imports every input image of an input for a model. The result shares nothing with the given input; the error is a
// sentence.
func (im Importer) Resolve(ctx context.Context, m model.Model, input map[string]any) (map[string]any, error) {
	resolved := maps.Clone(input)
	err := eachImage(m, input, func(name string, value any) error {
		v, err := mapImages(value, func(typed string) (string, error) { return im.Import(ctx, typed) })
		resolved[name] = v
		return err
	})
	return resolved, err
}

// Import turns what was typed, pasted or dropped into a value for an input: a URL stays as it is; a file becomes its absolute path,
// if it is a picture that can be sent; a data: URI becomes the path of a file that is made of it. The error is a sentence.
func (im Importer) Import(ctx context.Context, typed string) (string, error) {
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
		_, err = prepare(ctx, path, copyRules{limit: pictureLimit(im.Provider)})
		err = noCopy(err, path, im.Provider)
	}
	if err != nil {
		return "", asSentence(err)
	}
	return path, nil
}

// Path returns the path that was typed, with ~ as the home folder.
func (im Importer) Path(typed string) string { return im.path(typed) }

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
		text = im.unescape(text)
	}
	if rest, ok := strings.CutPrefix(text, "~/"); ok && im.Home != "" {
		text = filepath.Join(im.Home, rest)
	}
	return model.PathIn(im.from, text)
}

// unescape removes a shell's backslashes, unless there is a file with exactly that name.
func (im Importer) unescape(text string) string {
	if !strings.Contains(text, `\`) {
		return text
	}
	if _, err := os.Stat(model.PathIn(im.from, text)); err == nil {
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

// maxDataURI is the longest data: URI that is kept as a file, in bytes.
const maxDataURI = 64 << 20

// keep writes the picture of a data: URI into the folder and returns its path, which is the same for the same picture.
func (im Importer) keep(uri string) (string, error) {
	if len(uri) > maxDataURI {
		return "", fmt.Errorf("The input image has %s as data; save it as a file, and give its path.", sizeText(int64(len(uri))))
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
