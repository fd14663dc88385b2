package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/picture"
)

// thumbnailsFolder is where small copies of pictures lie, beside the pictures. All of it may be deleted at any time.
const thumbnailsFolder = "thumbnails"

// thumbnailsKept bounds the files in it: about 12 KB each. thumbnailsTrimmed is what a clearing leaves.
const (
	thumbnailsKept    = 20_000
	thumbnailsTrimmed = 16_000
)

// shrink makes a picture ready for its cells from its thumbnail, which it makes where there is none yet; in cells of very many
// pixels from the picture itself.
func shrink(ctx context.Context, p Placer, folder string, want frameKey, options picture.Options) tea.Cmd {
	thumbnails, ok := picture.NewThumbnails(folder).For(want.box, want.cap)
	if !ok {
		return render(ctx, p, want, options)
	}
	return ask(func() renderedMsg {
		img, info, err := thumbnails.Load(ctx, want.path, picture.Preview)
		if err != nil {
			return renderedMsg{want: want, info: info, err: err}
		}
		size := picture.Fit(img.Bounds().Dx(), img.Bounds().Dy(), want.box, want.cap)
		frame, err := picture.Render(ctx, img, size, want.cap, options)
		return renderedMsg{want, sent(p, frame, err), info, err}
	})
}

// missingThumb is the next picture of the gallery to be made ready: the one under the cursor, the others in sight, and,
// when these are there, those of the next page and of the one before.
func (m *Model) missingThumb() (frameKey, bool) {
	if m.sizeInSight() > framesBudget*3/4 {
		return frameKey{}, false // a screen of uncommon size: more would only put out what is there
	}
	for _, t := range m.gallery.thumbs {
		if t.key == m.list.cursor {
			if want, missing := m.stage.lacks(t.tiles); missing {
				return want, true
			}
		}
	}
	for _, t := range m.gallery.thumbs {
		if want, missing := m.stage.lacks(t.tiles); missing {
			return want, true
		}
	}
	return m.missingAhead()
}

// missingAhead is the next picture beyond those in sight that is worth having, in the order in which they come with page
// down, then page up. Over SSH, where pixels cost more than work, and beyond half of what the frames may take, none is.
func (m *Model) missingAhead() (frameKey, bool) {
	if can := m.terminal.can; can.Remote && can.Protocol != picture.Blocks {
		return frameKey{}, false
	}
	used := m.sizeInSight()
	for _, key := range m.aheadKeys() {
		if used > framesBudget/2 {
			return frameKey{}, false
		}
		t := m.thumb(key, m.sheet().cell(0))
		if want, missing := m.stage.lacks(t.tiles); missing {
			return want, true
		}
		used += m.stage.frames.sizes(t.tiles)
	}
	return frameKey{}, false
}

// sizeInSight is how many bytes the pictures in sight take.
func (m *Model) sizeInSight() int {
	used := 0
	for _, t := range m.gallery.thumbs {
		used += m.stage.frames.sizes(t.tiles)
	}
	return used
}

// sizes is how many bytes the frames of some tiles take, of those at hand.
func (f *frames) sizes(tiles []tile) int {
	used := 0
	for _, t := range tiles {
		if frame, ok := f.get(t.frameKey); ok {
			used += len(frame.Send)
			for _, line := range frame.Lines {
				used += len(line)
			}
		}
	}
	return used
}

// aheadKeys are the predictions of the next page, the nearest first, and then those of the page before.
func (m *Model) aheadKeys() []string {
	keys, from, to := m.list.keys(), m.list.top, m.list.top+m.list.height
	from, to = min(from, len(keys)), min(to, len(keys))
	ahead := slices.Clone(keys[to:min(to+m.list.height, len(keys))])
	before := slices.Clone(keys[max(from-m.list.height, 0):from])
	slices.Reverse(before)
	return append(ahead, before...)
}

// missingFrame is the next picture of the screen to be made ready.
func (m *Model) missingFrame() (frameKey, bool) {
	switch m.screen {
	case galleryScreen:
		return m.missingThumb()
	case compareScreen:
		return m.missingCompared()
	}
	if want, missing := m.stage.missing(m.now()); missing {
		return want, true
	}
	if t, ok := m.inputPreview(); ok {
		return m.stage.lacks([]tile{t})
	}
	return frameKey{}, false
}

// worthIt tells whether a picture that is being made ready is to be finished though another one is wanted first: it
// stands on the same screen.
func (m *Model) worthIt(key frameKey) bool {
	if key == (frameKey{}) {
		return false
	}
	return slices.ContainsFunc(m.inSight(), func(t thumb) bool {
		return slices.ContainsFunc(t.tiles, func(t tile) bool { return t.frameKey == key })
	})
}

// trim deletes the oldest thumbnails where there are too many. What cannot be deleted is left for the next time.
func trim(folder string, keep, leave int) tea.Cmd {
	return func() tea.Msg {
		files, err := os.ReadDir(folder)
		if err != nil || len(files) <= keep {
			return nil
		}
		type aged struct {
			name string
			made time.Time
		}
		all := make([]aged, 0, len(files))
		for _, f := range files {
			if info, err := f.Info(); err == nil && info.Mode().IsRegular() {
				all = append(all, aged{f.Name(), info.ModTime()})
			}
		}
		slices.SortFunc(all, func(a, b aged) int { return a.made.Compare(b.made) })
		for _, f := range all[:max(len(all)-leave, 0)] {
			_ = os.Remove(filepath.Join(folder, f.name))
		}
		return nil
	}
}

// needTrim clears the folder of thumbnails once a sitting, when the gallery is first at rest.
func (m *Model) needTrim() tea.Cmd {
	if m.work.trimmed || m.screen != galleryScreen || m.work.rendering != (frameKey{}) || !m.work.built {
		return nil
	}
	m.work.trimmed = true
	return trim(m.session.History.Path(thumbnailsFolder), thumbnailsKept, thumbnailsTrimmed)
}
