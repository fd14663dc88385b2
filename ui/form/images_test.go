package form

import (
	"reflect"
	"strings"
	"testing"

	"tintype/api/model"
)

// TestTheImageMovesWithTheModel: models have other names for their input image, and it goes along under each; where a model takes
// none it waits, and where it takes several it stands in a list. What another model takes beside it, as a mask, is no such image.
func TestTheImageMovesWithTheModel(t *testing.T) {
	s := settingsOf("flux-kontext-pro", "")
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

// TestAListOfImagesComesBack: a model that takes one image gets the first of a list; back at the list all are there. The one that
// is chosen last counts everywhere, and backspace takes it out everywhere.
func TestAListOfImagesComesBack(t *testing.T) {
	s := settingsOf("flux-2-dev", "")
	s.Set("input_images", []string{"/a.png", "/b.png"})
	s.SetModel("black-forest-labs/flux-dev")
	if got := s.Values()["image"]; got != "/a.png" {
		t.Errorf("one of the list is %v", got)
	}
	s.SetModel("black-forest-labs/flux-2-dev")
	if got := s.Values()["input_images"]; !reflect.DeepEqual(got, []string{"/a.png", "/b.png"}) {
		t.Errorf("the list came back as %v", got)
	}
	s.SetModel("black-forest-labs/flux-dev")
	s.Set("image", "/c.png")
	s.SetModel("black-forest-labs/flux-2-dev")
	if got := s.Values()["input_images"]; !reflect.DeepEqual(got, []string{"/c.png"}) {
		t.Errorf("the newest choice came along as %v", got)
	}
	if !s.unset("input_images") {
		t.Error("backspace found nothing to take out")
	}
	s.SetModel("black-forest-labs/flux-dev")
	if got := s.Values()["image"]; got != nil {
		t.Errorf("an image that was taken out is back: %v", got)
	}
}

// TestTakingAnImageOfAnotherModel: t takes the input image of a past prediction whose model calls it otherwise.
func TestTakingAnImageOfAnotherModel(t *testing.T) {
	s := settingsOf("flux-dev", "")
	if err := s.TakeOne("input_images", []any{"/a.png", "/b.png"}); err != nil || s.Values()["image"] != "/a.png" {
		t.Errorf("took %v, %v", s.Values()["image"], err)
	}
	if err := s.TakeOne("mask", "/m.png"); err == nil {
		t.Error("a mask was taken for an input image")
	}
	for _, m := range model.All() {
		if row, ok := imageRowOf(m); ok && row == "mask" {
			t.Errorf("%s is taken to work from its mask", m.Name())
		}
	}
}

func TestImagesStandInSight(t *testing.T) {
	for id, want := range map[string][]string{
		"flux-schnell": nil, "flux-dev": nil, "flux-kontext-pro": {"input_image"}, "flux-2-pro": {"input_images"},
		"flux-fill-dev": {"image"}, "flux-canny-pro": {"control_image"}, "flux-redux-schnell": nil,
	} {
		s := settingsOf(id, "")
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
		if err := s.TakeImages(row, []string{"/home/me/boat.png"}, false); err != nil || !s.hasRow(row) || s.Row != row {
			t.Errorf("%s: %v; the cursor is on %s of %v", id, err, s.Row, s.rowNames())
		}
		if err := s.Model.Check(s.Input("x")); err != nil && !strings.Contains(err.Error(), "needs") {
			t.Errorf("%s refuses it: %v", id, err)
		}
		back := settingsOf("flux-schnell", "")
		back.Restore(s.Saved())
		if !reflect.DeepEqual(back.Values(), s.Values()) {
			t.Errorf("%s after a restart: %v, want %v", id, back.Values(), s.Values())
		}
	}
	if got := settingsOf("flux-dev", "").WordOf("image", "/a/b c.png"); got != "b c.png" {
		t.Errorf("a path reads %q", got)
	}
}
