package ui

import (
	tea "charm.land/bubbletea/v2"

	"tintype/ui/layout"
	"tintype/ui/preview"
)

// gallery is the predictions of the list as a sheet of thumbnails: the same keys, filter, cursor and marks.
type gallery struct {
	size   int // of the thumbnails, as chosen; AnySize until then
	facts  preview.Details
	thumbs []preview.Thumb // in sight
}

func newGallery() gallery { return gallery{size: layout.AnySize} }

// toggleGallery opens the gallery, and goes back from it.
func (m *Model) toggleGallery() tea.Cmd {
	if m.screen == galleryScreen {
		m.screen = home
		return nil
	}
	m.screen = galleryScreen
	m.list.SetOutput(0)
	return nil
}

// baseScreen is the screen that lies under pictures, comparisons and help: the home screen or the gallery.
func (m *Model) baseScreen() screen {
	s := m.screen
	if s == help {
		s = m.helpFrom
	}
	if s == full {
		s = m.fullFrom
	}
	if s == compareScreen {
		s = m.compare.from
	}
	return s
}

// sheet is the gallery's arrangement. Facts that have been lent a third of it make it lower, and the thumbnails no smaller.
func (m *Model) sheet() layout.Sheet {
	s := layout.ArrangeSheet(m.terminal.w, m.terminal.h, m.gallery.size)
	if lent := m.sheetLent(); lent > 0 {
		return layout.ArrangeSheet(m.terminal.w, m.terminal.h-lent, s.Size)
	}
	return s
}

// sheetLent is how many rows of the sheet the facts or the log of the prediction under the cursor have.
func (m *Model) sheetLent() int {
	if !m.gallery.facts.Borrow() {
		return 0
	}
	return max(m.terminal.h-layout.SheetAround, 0) / 3
}

// arrangeList gives the list its window: the rows of the rail, or the cells of the gallery.
func (m *Model) arrangeList() {
	if m.baseScreen() != galleryScreen {
		m.list.Resize(m.layout.List.H, 1)
		return
	}
	s := m.sheet()
	m.list.Resize(s.Page(), s.Across)
}

// arrangeGallery finds the place of each picture in sight.
func (m *Model) arrangeGallery() {
	s, window := m.sheet(), m.list.Window()
	m.gallery.thumbs = m.gallery.thumbs[:0:0]
	for i, key := range window[:min(len(window), s.Page())] {
		m.gallery.thumbs = append(m.gallery.thumbs, m.preview.Thumb(key, s.Cell(i)))
	}
}

// resizeThumbnails makes the thumbnails larger or smaller by one size.
func (m *Model) resizeThumbnails(by int) tea.Cmd {
	m.gallery.size = max(0, min(m.sheet().Size+by, len(layout.ThumbnailColumns)-1))
	return nil
}

// moveRows moves the cursor by rows: of the list, or of the gallery.
func (m *Model) moveRows(by int) tea.Cmd {
	if m.screen == galleryScreen {
		by *= m.list.Across()
	}
	return m.move(by)
}

// movePage moves by a part of a page: 1 or a half, forwards or back. In the gallery the sheet is turned under the cursor.
func (m *Model) movePage(by, parts int) tea.Cmd {
	if m.screen != galleryScreen {
		return m.move(by * max(m.page()/parts, 1))
	}
	cells := by * m.list.Across() * max(m.list.Height()/m.list.Across()/parts, 1)
	m.list.Scroll(cells)
	return m.move(cells)
}

// onGalleryWheel scrolls the sheet by a row a notch and leaves the cursor where it is.
func (m *Model) onGalleryWheel(by int) tea.Cmd {
	m.list.Scroll(by / wheelRows * m.list.Across())
	return nil
}

// onGalleryClick selects the prediction under the pointer; the selected one opens.
func (m *Model) onGalleryClick(x, y int) tea.Cmd {
	if m.layout.Header.Holds(x, y) {
		return m.find()
	}
	i, ok := m.sheet().At(x, y)
	if !ok || i >= len(m.gallery.thumbs) {
		return nil
	}
	if key := m.gallery.thumbs[i].Key; key != m.list.Cursor() {
		m.list.Choose(key)
		return nil
	}
	return m.openSelected()
}
