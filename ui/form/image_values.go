package form

import (
	"fmt"
	"path/filepath"

	"tintype/api/model"
	"tintype/ui/params"
)

// TypedImages are the images of a typed line: one, or as many as a list may have.
func TypedImages(p model.Parameter, line string) []string {
	if v, err := p.Parse(line); err == nil {
		if list, ok := v.([]string); ok {
			return list
		}
	}
	return []string{line}
}

// TakeImages puts images into a row: one, or a list, of which they are all or the newest.
func (s *Settings) TakeImages(row string, images []string, add bool) error {
	p, ok := s.Model.Parameter(row)
	switch {
	case !ok || p.Type != model.Image && p.Type != model.Images:
		return fmt.Errorf("%s takes no %s", s.Model.Name(), params.Label(row))
	case p.Type == model.Image:
		s.Set(row, images[0])
		s.GoTo(row)
		return nil
	}
	list := []string{}
	if before, ok := s.Value(row).([]string); ok && add {
		list = append(list, before...)
	}
	list = append(list, images...)
	if p.MaxItems > 0 && len(list) > p.MaxItems {
		return fmt.Errorf("%s takes at most %d pictures; backspace on %s takes them out", s.Model.Name(), p.MaxItems, params.Label(row))
	}
	s.Set(row, list)
	s.GoTo(row)
	return nil
}

// ImagesOf are the images of a parameter's value.
func ImagesOf(v any) []string {
	switch v := v.(type) {
	case []string:
		return v
	case string:
		return []string{v}
	}
	p := model.Parameter{Type: model.Images}
	return TypedImages(p, p.Format(v))
}

// imageWord is an input image in a word: a file's name, a URL as it is, the number of several.
func imageWord(images []string) string {
	if len(images) > 1 {
		return fmt.Sprintf("%d pictures", len(images))
	}
	if model.IsPath(images[0]) {
		return filepath.Base(images[0])
	}
	return images[0]
}

// ImageOnDisk returns the first input image of the form, if that is a file of this machine.
func (s *Settings) ImageOnDisk() (path string, ok bool) {
	for _, p := range s.Model.Parameters {
		if p.Type != model.Image && p.Type != model.Images {
			continue
		}
		if images := ImagesOf(s.Value(p.Name)); len(images) > 0 && images[0] != "" {
			return images[0], filepath.IsAbs(images[0])
		}
	}
	return "", false
}
