package runner_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"testing/synctest"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/api/demo/paint"
	"tintype/history"
	"tintype/ui/runner"
)

// TestLargeInputImageIsBought: a PNG as the program makes it, of more than a megabyte, is taken by a provider that accepts 256 kB, and the
// journal says what was sent of which file.
func TestLargeInputImageIsBought(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestSpeed}).Encode(&file, paint.Paint("A paper boat", 1, 1024, 1024)); err != nil {
		t.Fatal(err)
	}
	path, dir := filepath.Join(t.TempDir(), "boat.png"), t.TempDir()
	must(t, os.WriteFile(path, file.Bytes(), 0o600))
	synctest.Test(t, func(t *testing.T) {
		server := demotest.NewServer(t, demo.Options{})
		h := newHarness(t, dir, server, withoutList)
		defer h.close()
		row, task := h.runner.Submit(runner.Draft{Model: "flux-kontext-pro", Input: map[string]any{"prompt": "Make it night.", "input_image": path}})
		h.perform(task)
		h.waitFor(row.Key, history.Done)
		e, sum := h.entry(row.Key), sha256.Sum256(file.Bytes())
		sent := e.SentImages[path]
		if e.Images[path] != hex.EncodeToString(sum[:]) || !sent.Copy || sent.Format != "jpeg" || sent.Width != 1024 || sent.Height != 1024 ||
			sent.Bytes > 192_000 || sent.FileBytes != int64(file.Len()) {
			t.Errorf("the journal has %+v of a file of %d bytes", sent, file.Len())
		}
		if e.Input["input_image"] != path {
			t.Errorf("the input is %v", e.Input)
		}
	})
}

// TestVanishedInputImage: a file that is gone between the form and the purchase is not sent, and nothing is billed.
func TestVanishedInputImage(t *testing.T) {
	t.Parallel()
	scenario(t, "gone", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		defer h.close()
		row, task := h.runner.Submit(runner.Draft{Model: "flux-kontext-pro", Input: map[string]any{"prompt": "x", "input_image": filepath.Join(dir, "gone.png")}})
		h.perform(task)
		h.waitFor(row.Key, history.Failed)
		if e := h.entry(row.Key); e.Error == nil || server.Counts().Posts != 0 {
			t.Errorf("%+v, %d posts", e.Error, server.Counts().Posts)
		}
	})
}
