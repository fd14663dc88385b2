package ui

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
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
	})
}

// TestDropWithoutImages: a picture that is dropped while the model takes none never gets into the prompt. It waits until a model is chosen
// that takes one, at once or later.
func TestDropWithoutImages(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-schnell", appOptions{})
		path := s.writeImageFile("my boat.png")
		s.typeText("Make it night")
		s.pasteText("'" + path + "'\n")
		s.wait(time.Second)
		if s.m.prompt.Value() != "Make it night" || !s.m.dialogs.HasChoice() {
			t.Fatalf("the prompt is %q", s.m.prompt.Value())
		}
		s.expectSentence("flux-schnell takes no image")
		s.press("esc")
		s.m.settings.SetModel("black-forest-labs/flux-kontext-pro")
		s.press("ctrl+e")
		s.wait(time.Second)
		if s.settingValue("input_image") != path {
			t.Errorf("the input image is %v", s.settingValue("input_image"))
		}
		s.m.settings.SetModel("black-forest-labs/flux-schnell")
		s.pasteText("/no/such/boat.png")
		if s.m.prompt.Value() != "Make it night/no/such/boat.png" {
			t.Errorf("what is no file is not text: %q", s.m.prompt.Value())
		}
	})
}

// TestWrongPathKeepsTheDialog: a path that is no picture leaves the dialog open with the text, and says why; tab completes.
func TestWrongPathKeepsTheDialog(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		home := t.TempDir()
		for name, data := range map[string][]byte{"boat.png": plainPicture(t, 64, 64), "bottle.png": plainPicture(t, 32, 32), "notes.txt": []byte("text")} {
			if err := os.WriteFile(filepath.Join(home, name), data, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		s := newAppForModel(t, "flux-kontext-pro", appOptions{env: map[string]string{"HOME": home, "USERPROFILE": home}})
		s.press("ctrl+x", "i")
		s.wait(time.Second)
		s.typeText("~/gone.png")
		s.press("enter")
		s.wait(time.Second)
		if !s.m.dialogs.HasChoice() {
			t.Fatal("the dialog is closed")
		}
		s.expectText("~/gone.png", "There is no file")
		for range len("gone.png") {
			s.press("backspace")
		}
		s.press("b", "tab")
		s.wait(time.Second)
		s.expectText("~/bo", "boat.png", "bottle.png")
		s.press("a", "tab")
		s.wait(time.Second)
		s.expectText("~/boat.png")
		s.press("enter")
		s.wait(time.Second)
		if s.m.dialogs.HasChoice() || s.settingValue("input_image") != filepath.Join(home, "boat.png") {
			t.Errorf("open: %v, the input image is %v", s.m.dialogs.HasChoice(), s.settingValue("input_image"))
		}
	})
}

// TestFormSaysWhatIsSent: an image that must be made smaller says so before it is bought.
func TestFormSaysWhatIsSent(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newAppForModel(t, "flux-kontext-pro", appOptions{})
		path := filepath.Join(t.TempDir(), "boat.png")
		if err := os.WriteFile(path, noisyPicture(t, 400, 300), 0o600); err != nil {
			t.Fatal(err)
		}
		s.pasteText(path)
		s.wait(time.Second)
		s.expectSentence("Input image: boat.png, sent as JPEG 400×300, ")
		s.resize(160, 50)
		s.expectText("boat.png", "JPEG")
		s.m.settings.SetModel("black-forest-labs/flux-2-pro")
		s.press("ctrl+e")
		s.wait(time.Second)
		if _, known := s.m.settings.Cost(); !known {
			t.Error("the price of a model that bills the input image is not known")
		}
	})
}

// noisyPicture is a PNG that is too large to be sent as it is.
func noisyPicture(t *testing.T, w, h int) []byte {
	t.Helper()
	img, state := image.NewNRGBA(image.Rect(0, 0, w, h)), uint32(1)
	for i := range img.Pix {
		state = state*1664525 + 1013904223
		if img.Pix[i] = byte(state >> 24); i%4 == 3 {
			img.Pix[i] = 255
		}
	}
	var out bytes.Buffer
	if err := png.Encode(&out, img); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
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
		s.expectSentence("There is no file for the input image")
		s.press("esc")
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

// TestTypedImagesAreSplit: a typed list is split at its blanks.
func TestTypedImagesAreSplit(t *testing.T) {
	t.Parallel()
	if p, _ := model.Find("flux-2-dev").Parameter("input_images"); !reflect.DeepEqual(form.ParseImages(p, `a\ b.png c.png`), []string{"a b.png", "c.png"}) {
		t.Error("a typed list is not split at its blanks")
	}
}

func rowFor(s *app, key string) runner.Row {
	row, _ := s.m.list.Row(key)
	return row
}
