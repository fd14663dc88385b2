package bisectview

import (
	"time"

	"tintype/ui/layout"
	"tintype/ui/list"
	"tintype/ui/preview"
	"tintype/ui/screen"
)

// arrangePanels sets which pictures are in sight: the good one, the new one until the search has ended, and the bad one. The new one is chosen once
// there is something to see of it.
func (s *Screen) arrangePanels() {
	good, bad := panel{name: "good", key: s.is.Good.Key, gone: s.is.Gone[0]}, panel{name: "bad", key: s.is.Bad.Key, gone: s.is.Gone[1]}
	s.panels = []panel{good, bad}
	was := s.newest
	if cell := s.is.cell(); cell != nil {
		s.newest = cell.NewestKey()
		s.panels = []panel{good, {name: "new", key: s.newest}, bad}
		if was == "" && s.newest != "" {
			s.choose(1)
		}
	}
	s.chosen = min(s.chosen, len(s.panels)-1)
}

// leastText is how many rows the text has at least, so that pictures stay where they are from step to step.
const leastText = 6

// Arrange places the pictures over the text, and notes since when the new one is in sight.
func (s *Screen) Arrange() {
	if s.is == nil {
		return
	}
	s.arrangePanels()
	p := s.program.Preview()
	shapes := make([]layout.Shape, len(s.panels))
	for i, panel := range s.panels {
		if shapes[i] = p.Shape(list.Subject{Key: panel.key}); shapes[i] == (layout.Shape{}) {
			shapes[i] = p.Shape(list.Subject{Key: s.is.Good.Key})
		}
	}
	w, h := s.program.Size()
	rows := 0
	for _, block := range s.blocks(w - 2) {
		rows += len(block)
	}
	s.layout = layout.ArrangeCompare(w, h, shapes, p.CellAspect(), max(rows, leastText))
	for i := range s.panels {
		if s.panels[i].key != "" {
			s.panels[i].thumb = p.Thumb(s.panels[i].key, s.layout.Cells[i])
		}
	}
	s.noteReady()
}

// noteReady notes when the picture that is to be judged came on the screen.
func (s *Screen) noteReady() {
	if !s.isMade() {
		s.ready = time.Time{}
		return
	}
	t := s.panels[1].thumb
	if _, missing := s.program.Preview().FirstMissing(t.Tiles); missing || len(t.Tiles) == 0 || s.layout.Single && s.chosen != 1 {
		return
	}
	if s.ready.IsZero() {
		s.ready = s.program.Now()
	}
}

// inSight returns the indices of the pictures in sight.
func (s *Screen) inSight() []int {
	if s.layout.Single {
		return []int{s.chosen}
	}
	all := make([]int, len(s.panels))
	for i := range all {
		all[i] = i
	}
	return all
}

// Pictures returns those in sight.
func (s *Screen) Pictures() screen.Pictures {
	thumbs := []preview.Thumb{}
	for _, i := range s.inSight() {
		if i < len(s.panels) && s.panels[i].key != "" {
			thumbs = append(thumbs, s.panels[i].thumb)
		}
	}
	return screen.Pictures{Thumbs: thumbs}
}

// NextPicture returns the next picture to render, the chosen one first.
func (s *Screen) NextPicture() (preview.FrameKey, bool) {
	for i := range s.panels {
		t := s.panels[(s.chosen+i)%len(s.panels)].thumb
		if want, missing := s.program.Preview().FirstMissing(t.Tiles); missing {
			return want, true
		}
	}
	return preview.FrameKey{}, false
}

// Missing returns the predictions of the pictures.
func (s *Screen) Missing() (keys []string) {
	for _, p := range s.panels {
		if p.key != "" {
			keys = append(keys, p.key)
		}
	}
	return keys
}
