package ui

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/picture"
	"tintype/ui/preview"
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
func shrink(ctx context.Context, p ImageLayer, folder string, want preview.FrameKey, options picture.Options) tea.Cmd {
	thumbnails, ok := picture.NewThumbnails(folder).Sized(want.Box, want.Cap)
	if !ok {
		return render(ctx, p, want, options)
	}
	return ask(func() renderedMsg {
		img, _, err := thumbnails.Load(ctx, want.Path, picture.DefaultLimits)
		if err != nil {
			return renderedMsg{want: want, err: err}
		}
		size := picture.Fit(img.Bounds().Dx(), img.Bounds().Dy(), want.Box, want.Cap)
		frame, err := picture.Render(ctx, img, size, want.Cap, options)
		return renderedMsg{want, sent(p, frame, err), err}
	})
}

// fill makes the thumbnail of a picture where there is none yet, for the day when it is wanted.
func fill(ctx context.Context, folder string, want preview.FrameKey) tea.Cmd {
	thumbnails, ok := picture.NewThumbnails(folder).Sized(want.Box, want.Cap)
	return ask(func() renderedMsg {
		if !ok {
			return renderedMsg{want: want} // cells of so many pixels are drawn from the picture itself
		}
		_, _, err := thumbnails.Load(ctx, want.Path, picture.DefaultLimits)
		return renderedMsg{want: want, err: err}
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

// trimThumbs clears the folder of thumbnails once a sitting, when the gallery is first at rest.
func (m *Model) trimThumbs() tea.Cmd {
	if m.background.trimmed || m.screen != galleryScreen || m.background.rendering != (preview.FrameKey{}) || !m.background.built {
		return nil
	}
	m.background.trimmed = true
	return trim(m.session.History.Path(thumbnailsFolder), thumbnailsKept, thumbnailsTrimmed)
}
