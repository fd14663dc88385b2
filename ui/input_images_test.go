package ui

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/form"
	"tintype/ui/params"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// newAppForModel starts the program with a model of Black Forest Labs.
func newAppForModel(t *testing.T, id string, o appOptions) *app {
	s := newAppWithHistory(t, o)
	s.m.settings.SetModel("black-forest-labs/" + id)
	s.wait(time.Second)
	return s
}

// writeImageFile writes a picture into a new folder and returns its path.
func (s *app) writeImageFile(name string) string {
	s.t.Helper()
	path := filepath.Join(s.t.TempDir(), name)
	if err := os.WriteFile(path, plainPicture(s.t, 1024, 768), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return path
}

func (s *app) settingValue(row string) any { return s.m.settings.Values()[row] }

// TestUsePictureAsInputImage: I puts the selected picture into the form, if the model takes an image, and u takes it out.
func TestUsePictureAsInputImage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-schnell", appOptions{})
		s.press("esc", "I")
		s.expectSentence("flux-schnell takes no image: choose a model that does.")
		s.wait(time.Second)
		s.press("esc")
		s.m.settings.SetModel("black-forest-labs/flux-kontext-pro")
		s.press("I")
		path := s.m.session.History.Path("pictures/past-6-0.png")
		if s.settingValue("input_image") != path {
			t.Fatalf("the input image is %v, want %s", s.settingValue("input_image"), path)
		}
		s.expectSentence("Input image: past-6-0.png.")
		s.expectText("input image  past-6-0.png")
		s.press("u")
		if s.settingValue("input_image") != nil {
			t.Error("u left it in the form")
		}
		s.press("down", "down", "down", "I") // stopped: no picture
		s.expectSentence("There is no picture here to take.")
	})
}

// TestSeveralInputImages: a model that takes several images gets them one by one, up to its limit.
func TestSeveralInputImages(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-2-dev", appOptions{})
		s.press("esc", "I", "down", "I")
		list, _ := s.settingValue("input_images").([]string)
		if len(list) != 2 || list[0] == list[1] {
			t.Fatalf("the input images are %v", list)
		}
		s.expectText("2 pictures")
		s.press("I", "I", "I")
		s.expectSentence("flux-2-dev takes at most 4 pictures; choose none for input images first.")
		s.press("tab", "tab")
		s.m.settings.MoveTo("input_images")
		s.press("backspace")
		if s.settingValue("input_images") != nil {
			t.Error("backspace left them in")
		}
	})
}

// TestDroppedFileBecomesInputImage: a pasted path of a picture is put into the form; any other paste into the prompt.
func TestDroppedFileBecomesInputImage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-kontext-pro", appOptions{})
		path := s.writeImageFile("my boat.png")
		s.pasteText(strings.ReplaceAll(path, " ", `\ `))
		if s.settingValue("input_image") != path || s.m.prompt.Value() != "" {
			t.Fatalf("the input image is %v, the prompt %q", s.settingValue("input_image"), s.m.prompt.Value())
		}
		s.expectSentence("Input image: my boat.png.")
		for _, words := range []string{"/imagine a boat.png", "a boat\n" + path, "boat.png"} {
			s.m.prompt.SetValue("")
			s.pasteText(words)
			if got := s.m.prompt.Value(); got != words {
				t.Errorf("%q was pasted as %q", words, got)
			}
		}
		s.m.prompt.SetValue("")
		s.m.settings.SetModel("black-forest-labs/flux-schnell")
		s.pasteText(path)
		if s.m.prompt.Value() != path {
			t.Errorf("a model without images: the prompt is %q", s.m.prompt.Value())
		}
	})
}

// TestChooseInputImage: the picker takes a path, a URL, the selected picture and none, and reports a file that cannot be read.
func TestChooseInputImage(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		home := t.TempDir()
		if err := os.WriteFile(filepath.Join(home, "boat.png"), plainPicture(t, 512, 512), 0o600); err != nil {
			t.Fatal(err)
		}
		s := newAppForModel(t, "flux-kontext-pro", appOptions{env: map[string]string{"HOME": home, "USERPROFILE": home}})
		choose := func(typed string) {
			s.press("ctrl+x", "i")
			s.wait(time.Second)
			s.typeText(typed)
			s.press("enter")
			s.wait(5 * time.Second) // the note is gone
		}
		choose("~/boat.png")
		if s.settingValue("input_image") != filepath.Join(home, "boat.png") {
			t.Errorf("~/boat.png is %v", s.settingValue("input_image"))
		}
		choose("https://example.com/a.png")
		if s.settingValue("input_image") != "https://example.com/a.png" {
			t.Errorf("a URL is %v", s.settingValue("input_image"))
		}
		choose("selected")
		if s.settingValue("input_image") != s.m.session.History.Path("pictures/past-6-0.png") {
			t.Errorf("the selected picture is %v", s.settingValue("input_image"))
		}
		choose("none")
		if s.settingValue("input_image") != nil {
			t.Errorf("none is %v", s.settingValue("input_image"))
		}
		s.press("ctrl+x", "i")
		s.wait(time.Second)
		s.typeText("./gone.png")
		s.press("enter")
		s.expectSentence("The input image cannot be read")
		if s.settingValue("input_image") != nil {
			t.Errorf("a file that is not there is %v", s.settingValue("input_image"))
		}
	})
}

// TestInputImagePreview: the input image is shown in cells beside the settings, on screens that have room for it.
func TestInputImagePreview(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-kontext-pro", appOptions{})
		s.pasteText(s.writeImageFile("boat.png"))
		s.wait(time.Second)
		at, ok := s.m.screens.home.inputPreview()
		frame, ready := s.m.preview.Frame(at)
		if !ok || !ready || frame.Overlay || len(frame.Send) > 0 {
			t.Fatalf("the preview is %+v, %v, ready %v", at, ok, ready)
		}
		buf := s.screenBuffer()
		cell := buf.CellAt(at.At.Right()-1, at.At.Y)
		if cell == nil || cell.Style.Bg == nil && cell.Style.Fg == nil {
			t.Errorf("no colour at its place:\n%s", s.screenText())
		}
		s.expectText("flux-kontext-pro", "input image", "boat.png")
		s.expectFits("input image")
		for _, size := range [][2]int{{80, 24}, {60, 40}, {40, 12}, {160, 50}, {30, 8}} {
			s.resize(size[0], size[1])
			s.wait(time.Second)
			s.expectFits("input image")
		}
		s.resize(120, 40)
		s.m.settings.Set("input_image", "https://example.com/a.png")
		if _, ok := s.m.screens.home.inputPreview(); ok {
			t.Error("a URL has a preview")
		}
	})
}

// TestInputImageIsSentAsDataAndStoredAsPath: the request has the image's data, and the history its path and a checksum.
func TestInputImageIsSentAsDataAndStoredAsPath(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-kontext-pro", appOptions{})
		path := s.writeImageFile("boat.png")
		s.pasteText(path)
		key := s.develop("Make it night.")
		s.waitForState(key, history.Done)
		e, err := s.m.session.History.Get(key)
		if err != nil || e.Input["input_image"] != path || len(e.Images[path]) != 64 {
			t.Errorf("the entry has %v, %v, %v", e.Input, e.Images, err)
		}
		b, _ := json.Marshal(e)
		if strings.Contains(string(b), "base64") {
			t.Error("the data is in the entry")
		}
		s.press("esc", "y", "c")
		s.expectSentence("this terminal does not say whether it takes it. Put a URL in place of the image's path.")
		if row := rowFor(s, key); !rowHasParameter(row, "input image boat.png") {
			t.Errorf("the row says %v", params.Of(row.Input))
		}
	})
}

func rowHasParameter(row runner.Row, want text.Safe) bool {
	return slices.ContainsFunc(params.Of(row.Input), func(p params.Value) bool { return p.Text == want })
}

// TestDroppedPaths: the ways in which terminals paste the path of a picture are recognised, and other texts are not.
func TestDroppedPaths(t *testing.T) {
	t.Parallel()
	for pasted, want := range map[string]bool{
		"/a/boat.png": true, "'/a b/boat.PNG' ": true, "file:///a/boat.webp": true, "~/boat.jpg\n": true, `/a\ b/boat.jpeg`: true,
		"": false, "boat.png": false, "a boat.png": false, "/a/notes.txt": false, "/a/boat.png\n/b/boat.png": false, "https://x/a.png": false,
	} {
		if _, ok := parseDroppedPath(pasted); ok != want {
			t.Errorf("%q: %v, want %v", pasted, ok, want)
		}
	}
	if p, _ := model.Find("flux-2-dev").Parameter("input_images"); !reflect.DeepEqual(form.ParseImages(p, `a\ b.png c.png`), []string{"a b.png", "c.png"}) {
		t.Error("a typed list is not split at its blanks")
	}
}

func rowFor(s *app, key string) runner.Row {
	row, _ := s.m.list.Row(key)
	return row
}
