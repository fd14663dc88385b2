package form

import (
	"reflect"
	"strings"
	"testing"

	"tintype/api/model"
)

// TestInputImageMovesWithTheModel: models have different names for their input image, and the image is kept under each of
// them. A model that takes none leaves it for the next, and one that takes several gets a list. A second image that a model
// takes, such as a mask, is not the input image.
func TestInputImageMovesWithTheModel(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-kontext-pro", "")
	s.Set("input_image", "/a.png")
	for _, c := range []struct {
		id, row string
		want    any
	}{
		{"flux-dev", "image", "/a.png"},
		{"flux-1.1-pro", "image_prompt", "/a.png"},
		{"flux-schnell", "image", nil},
		{"flux-2-dev", "input_images", []string{"/a.png"}},
		{"flux-redux-dev", "redux_image", "/a.png"},
		{"flux-fill-dev", "image", "/a.png"},
		{"flux-fill-dev", "mask", nil},
		{"flux-kontext-pro", "input_image", "/a.png"},
	} {
		s.SetModel("black-forest-labs/" + c.id)
		if got := s.Values()[c.row]; !reflect.DeepEqual(got, c.want) {
			t.Errorf("%s: %s is %v, want %v", c.id, c.row, got, c.want)
		}
	}
}

// TestListOfImagesIsKept: a model that takes one image gets the first of a list; a model that takes a list gets all of
// them again. The image chosen last counts for every model, and backspace removes it for every model.
func TestListOfImagesIsKept(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-2-dev", "")
	s.Set("input_images", []string{"/a.png", "/b.png"})
	s.SetModel("black-forest-labs/flux-dev")
	if got := s.Values()["image"]; got != "/a.png" {
		t.Errorf("a single image is %v", got)
	}
	s.SetModel("black-forest-labs/flux-2-dev")
	if got := s.Values()["input_images"]; !reflect.DeepEqual(got, []string{"/a.png", "/b.png"}) {
		t.Errorf("the list became %v", got)
	}
	s.SetModel("black-forest-labs/flux-dev")
	s.Set("image", "/c.png")
	s.SetModel("black-forest-labs/flux-2-dev")
	if got := s.Values()["input_images"]; !reflect.DeepEqual(got, []string{"/c.png"}) {
		t.Errorf("the newest choice became %v", got)
	}
	if !s.unset("input_images") {
		t.Error("backspace removed nothing")
	}
	s.SetModel("black-forest-labs/flux-dev")
	if got := s.Values()["image"]; got != nil {
		t.Errorf("a removed image is back: %v", got)
	}
}

// TestLoadImageOfAnotherModel: a past prediction's input image is loaded even if its model has another name for it.
func TestLoadImageOfAnotherModel(t *testing.T) {
	t.Parallel()
	s := newSettings("flux-dev", "")
	if err := s.LoadOne("input_images", []any{"/a.png", "/b.png"}); err != nil || s.Values()["image"] != "/a.png" {
		t.Errorf("took %v, %v", s.Values()["image"], err)
	}
	if err := s.LoadOne("mask", "/m.png"); err == nil {
		t.Error("a mask was loaded as an input image")
	}
	for _, m := range model.All() {
		if row, ok := ImageParameter(m); ok && row == "mask" {
			t.Errorf("the input image of %s is its mask", m.Name())
		}
	}
}

func TestVisibleImages(t *testing.T) {
	t.Parallel()
	for id, want := range map[string][]string{
		"flux-schnell": nil, "flux-dev": nil, "flux-kontext-pro": {"input_image"}, "flux-2-pro": {"input_images"},
		"flux-fill-dev": {"image"}, "flux-canny-pro": {"control_image"}, "flux-redux-schnell": nil,
	} {
		s := newSettings(id, "")
		var got []string
		for _, name := range s.rowNames() {
			if s.IsImageRow(name) {
				got = append(got, name)
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s shows %v, want %v", id, got, want)
		}
		row, takes := s.ImageRow()
		if !takes {
			continue
		}
		if err := s.SetImages(row, []string{"/home/me/boat.png"}, false); err != nil || !s.hasRow(row) || s.row != row {
			t.Errorf("%s: %v; the cursor is on %s of %v", id, err, s.row, s.rowNames())
		}
		if err := s.model.Check(s.Input("x")); err != nil && !strings.Contains(err.Error(), "needs") {
			t.Errorf("%s refuses it: %v", id, err)
		}
		back := newSettings("flux-schnell", "")
		back.Restore(s.State())
		if !reflect.DeepEqual(back.Values(), s.Values()) {
			t.Errorf("%s after a restart: %v, want %v", id, back.Values(), s.Values())
		}
	}
	if got := newSettings("flux-dev", "").Text("image", "/a/b c.png"); got != "b c.png" {
		t.Errorf("a path reads %q", got)
	}
}
