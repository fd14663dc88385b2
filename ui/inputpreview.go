package ui

import (
	"tintype/ui/cell"
	"tintype/ui/picture"
	"tintype/ui/preview"
)

// The preview of the input image is at the right of the settings if there is room for it.
const (
	inputPreviewWidth  = 14
	inputPreviewHeight = 6
	minSettingsWidth   = 30 // columns
)

// inputPreview returns the input image as a small picture of cells beside the settings; ok is false if no file is set or there is no
// room.
func (h *homeScreen) inputPreview() (t preview.Tile, ok bool) {
	m, room := h.m, h.settingsRoom()
	height := min(inputPreviewHeight, room.H)
	if height < 4 || room.W < minSettingsWidth+inputPreviewWidth+1 || m.layout.Compact && h.focus != focusSettings {
		return preview.Tile{}, false
	}
	path, ok := m.settings.FirstImageFile()
	caps := m.terminal.Capabilities
	caps.Protocol = picture.Blocks
	at := cell.Rect{X: room.Right() - inputPreviewWidth, Y: room.Y, W: inputPreviewWidth, H: height}
	return preview.DraftTile(path, at, caps), ok
}

// drawInputPreview draws the input image, aligned to the right, if it is ready.
func (h *homeScreen) drawInputPreview(c *cell.Canvas, t preview.Tile) {
	frame, ready := h.m.preview.Frame(t)
	if !ready || len(frame.Lines) == 0 {
		return
	}
	w := cell.Width(frame.Lines[0])
	c.Put(cell.Rect{X: t.At.Right() - w, Y: t.At.Y, W: w, H: t.At.H}, frame.Lines)
}
