package studio

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"os"
	"strings"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
)

// maxInputImage bounds an image from this disk: it travels inside the request, as text.
const maxInputImage = 10 << 20

// wireInput is an entry's input as it goes over the wire: an image that stands as a path on this disk becomes a data: URI.
// Everything else is sent exactly as it stands.
func wireInput(e history.Entry) (map[string]any, error) {
	input := maps.Clone(e.Input)
	m := model.Find(e.Model)
	for name, value := range e.Input {
		p, ok := m.Parameter(name)
		if !ok || p.Type != model.Image && p.Type != model.Images {
			continue
		}
		sent, err := wireImage(value)
		if err != nil {
			return nil, err
		}
		input[name] = sent
	}
	return input, nil
}

// wireImage turns a path, or a list of them, into what is sent.
func wireImage(value any) (any, error) {
	switch v := value.(type) {
	case string:
		if v == "" || strings.Contains(v, "://") || strings.HasPrefix(v, "data:") {
			return v, nil
		}
		return dataURI(v)
	case []string:
		list := make([]any, len(v))
		for i := range v {
			list[i] = v[i]
		}
		return wireImage(list)
	case []any:
		sent := make([]any, len(v))
		for i := range v {
			one, err := wireImage(v[i])
			if err != nil {
				return nil, err
			}
			sent[i] = one
		}
		return sent, nil
	}
	return value, nil
}

// dataURI reads a picture from this disk.
func dataURI(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return "", unusable("The input image cannot be read: %s.", path)
	case info.Size() > maxInputImage:
		return "", unusable("The input image is larger than 10 MB; make it smaller: %s.", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return "", unusable("The input image cannot be read: %s.", path)
	}
	kind := http.DetectContentType(data)
	if !strings.HasPrefix(kind, "image/") {
		return "", unusable("The input image is no picture: %s.", path)
	}
	return "data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(data), nil
}

// unusable is a refusal of our own, before anything is sent.
func unusable(format string, args ...any) error {
	return &api.Error{Code: api.CodeInvalid, Verdict: api.Refused, Detail: fmt.Sprintf(format, args...)}
}
