package form

import (
	"fmt"
	"path/filepath"

	"tintype/api/model"
	"tintype/ui/params"
)

// ParseImages returns the images of a typed line: one, or several where the parameter is a list.
func ParseImages(p model.Parameter, line string) []string {
	if v, err := p.Parse(line); err == nil {
		if list, ok := v.([]string); ok {
			return list
		}
	}
	return []string{line}
}

// SetImages puts images into a row. With add, a list keeps the images that it has.
func (s *Settings) SetImages(row string, images []string, add bool) error {
	p, ok := s.model.Parameter(row)
	switch {
	case !ok || !p.IsImage():
		return fmt.Errorf("%s takes no %s", s.model.Name(), params.Label(row))
	case p.Type == model.Image:
		s.Set(row, images[0])
		s.MoveTo(row)
		return nil
	}
	list := []string{}
	if before, ok := s.Value(row).([]string); ok && add {
		list = append(list, before...)
	}
	list = append(list, images...)
	if p.MaxItems > 0 && len(list) > p.MaxItems {
		return fmt.Errorf("%s takes at most %d pictures; choose none for %s first", s.model.Name(), p.MaxItems, params.Label(row))
	}
	s.Set(row, list)
	s.MoveTo(row)
	return nil
}

// Images returns the images in a parameter's value.
func Images(v any) []string {
	if list, ok := model.StringList(v); ok {
		return list
	}
	if s, ok := v.(string); ok {
		return []string{s}
	}
	p := model.Parameter{Type: model.Images}
	return ParseImages(p, p.Format(v))
}

// imageText writes input images in a word: a file's name, a URL as it is, or the number of several.
func imageText(images []string) string {
	if len(images) > 1 {
		return fmt.Sprintf("%d pictures", len(images))
	}
	if model.IsPath(images[0]) {
		return filepath.Base(images[0])
	}
	return images[0]
}

// FirstImageFile returns the path of the first input image, if it is a file on this machine.
func (s *Settings) FirstImageFile() (path string, ok bool) {
	for _, p := range s.model.Parameters {
		if !p.IsImage() {
			continue
		}
		if images := Images(s.Value(p.Name)); len(images) > 0 && images[0] != "" {
			return images[0], filepath.IsAbs(images[0])
		}
	}
	return "", false
}

// SentText says what is sent of an input image: "sent as JPEG 1024×1024, 141 kB", and briefly "JPEG 141 kB".
type SentText struct{ Full, Brief string }

// SetSent sets what is sent of input images that are not sent as they are, by their paths. The rows show it.
func (s *Settings) SetSent(sent map[string]SentText) { s.sent = sent }

// sentText returns what is sent of the image of a row; zero if it is the file itself, or there are several.
func (s *Settings) sentText(name string) SentText {
	images := Images(s.Value(name))
	if len(images) != 1 {
		return SentText{}
	}
	return s.sent[images[0]]
}
