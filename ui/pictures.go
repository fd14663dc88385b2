package ui

import (
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/keymap"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/theme"
	"tintype/ui/wording"
)

// previewSource is what the preview needs of the program besides the list.
type previewSource struct{ m *Model }

// Path returns the absolute path of a file in the data folder.
func (p previewSource) Path(rel string) string {
	return p.m.session.path(history.Output{Path: rel}.LocalPath())
}

func (p previewSource) StatusWithin(row runner.Row, fits func(string) bool) string {
	return p.m.statusLine(row, fits)
}

func (p previewSource) Cost(e history.Entry) string {
	return wording.Bill(e)
}

// Ended says how and when a prediction ended: "failed 3 min ago".
func (p previewSource) Ended(e history.Entry) string {
	return wording.StateWord(e) + " " + format.Ago(p.m.now().Sub(e.CreatedTime()))
}

// Made says how long ago a prediction was made, and when: "3 min ago · 14:32".
func (p previewSource) Made(e history.Entry) string {
	at, now := e.CreatedTime(), p.m.now()
	if at.IsZero() {
		return ""
	}
	return format.Ago(now.Sub(at)) + " · " + format.Clock(at, now)
}

// Provider returns the name of a prediction's provider.
func (p previewSource) Provider(e history.Entry) string {
	if known, ok := api.FindProvider(e.Provider); ok {
		return known.Title
	}
	return format.Clean(e.Provider)
}

// lifeStep is how long the sign of life of a job without known progress stays in its place.
const lifeStep = 250 * time.Millisecond

// Progress returns how far a job is. Without motion a plate has the number alone.
func (p previewSource) Progress(row runner.Row) preview.Progress {
	m, usual := p.m, time.Duration(0)
	if m.options.hasMotion() {
		usual = m.session.typicalDuration(row.Model)
	}
	progress := preview.Progress{Fraction: -1, Text: m.wording().Remaining(row, usual)}
	if row.Live == nil || !m.options.hasMotion() {
		return progress
	}
	switch total := model.Find(row.Model).Pictures(row.Input); {
	case row.State == history.Waiting:
		progress.Fraction = row.Live.Progress
	case row.State == history.Saving && total > 1:
		if saved := preview.CountPictures(row.Entry); saved > 0 {
			progress.Fraction = float64(saved) / float64(total)
		}
	}
	progress.Bar = row.Live.Waiting == runner.NotWaiting
	progress.Step = int(max(0, m.now().Sub(row.Live.Since)) / lifeStep)
	return progress
}

// Empty returns the placeholder before anything was made; ok is false if the list is not empty but nothing is selected, since the list
// says why.
func (p previewSource) Empty() (empty preview.Placeholder, ok bool) {
	m := p.m
	w, h, known := m.settings.Size()
	if known {
		empty.W, empty.H = w, h
	}
	switch {
	case !m.screens.home.inForm() && m.list.Total() > 0:
		return preview.Placeholder{}, false
	case !m.session.isOpen:
	case m.dialogs.TakesKeys(): // what is open says what to do
	case m.session.Runner == nil:
		empty.Text = m.session.readOnlySentence(m.options.OpenDemo != nil)
	case m.session.writeError() != nil: // nothing can be bought, so nothing invites to
		empty.W, empty.H, empty.Text = 0, 0, format.Clean(m.session.writeError().Error())
	default:
		empty.Text = wording.Invitation(w, h, known, m.settings.PriceText(), m.place() == keymap.InPrompt, m.prompt.Value() != "")
	}
	empty.Text = nameKeys(m, empty.Text+firstKeys(m))
	return empty, true
}

// arrangePreview sets the preview's place, and lets it follow the selection while it is in sight.
func (m *Model) arrangePreview() {
	shows := m.screens.Top().Pictures()
	place := preview.Place{
		Room: m.layout.Preview, Screen: m.layout.Full, IsFull: shows.Full, KeepZoom: shows.KeepsZoom, InForm: m.screens.home.inForm(), Caps: m.terminal.Capabilities,
	}
	if shows.Full {
		place.Room = m.layout.Full
	}
	m.preview.SetPlace(place)
	m.preview.Visit(m.dialogs.Pictured())
	if shows.Preview {
		m.preview.Follow(m.now())
	}
}

// renderNext renders the next picture, one at a time. It cancels one that is no longer needed.
func (m *Model) renderNext() tea.Cmd {
	want, missing := m.screens.Top().NextPicture()
	if !missing {
		return nil
	}
	shows := m.screens.Top().Pictures()
	o := preview.RenderOptions{
		Layer: m.options.Layer, Thumbnails: m.session.History.Path(preview.ThumbnailsFolder), FromThumbnail: shows.FromThumbnails, Light: theme.IsLight(m.options.Appearance.Theme, m.terminal.Background, m.options.Env),
	}
	if !shows.Full {
		o.InSight = m.screens.Drawn().Pictures().Thumbs
	}
	if job := m.preview.Render(m.ctx, want, o); job != nil {
		return ask(job)
	}
	return nil
}

// trimThumbnails deletes old thumbnails, once, when the gallery is idle for the first time.
func (m *Model) trimThumbnails() tea.Cmd {
	if !m.screens.Top().Pictures().FromThumbnails || !m.session.indexed {
		return nil
	}
	trim := m.preview.TrimThumbnails(m.session.History.Path(preview.ThumbnailsFolder))
	if trim == nil {
		return nil
	}
	return func() tea.Msg { trim(); return nil }
}

// deletePictures makes the terminal delete the pictures that have left the cache.
func deletePictures(p *preview.Preview) tea.Cmd {
	if deletes := p.TakeDeletes(); len(deletes) > 0 {
		return tea.Raw(string(deletes))
	}
	return nil
}

// frameDelay is how long after a change the frame with room for the pictures has certainly been written.
const frameDelay = 3 * time.Second / frameRate

// syncLayer places and removes pictures over the text. It does so here and not in a command: see preview.LayerChanges.
func (m *Model) syncLayer() tea.Cmd {
	if m.options.Layer == nil {
		return nil
	}
	covered := m.screens.Top().Pictures().Covered || m.layout.IsTooSmall()
	cover := preview.Cover{All: covered, Screen: cell.Rect{W: m.terminal.W, H: m.terminal.H}, Over: []cell.Rect{m.layout.StatusAbove}}
	if m.dialogs.IsModal() {
		cover.Over = append(cover.Over, dialogRoom(m))
	}
	changes := m.preview.LayerChanges(m.screens.Drawn().Pictures().Thumbs, cover)
	if len(changes) == 0 {
		return nil
	}
	for _, c := range changes {
		c.Apply(m.options.Layer)
	}
	return after(frameDelay, placedMsg{})
}

// flushLayer draws the pictures that are still due, since no frame follows if no text has changed.
func flushLayer(l preview.ImageLayer) tea.Cmd {
	return func() tea.Msg {
		_ = l.Flush() // the input notices that the terminal is gone
		return nil
	}
}

// deleteAllPictures makes the terminal delete every picture that it was sent, and then runs end. It must come before the screen is
// left: kitty keeps the pictures of each screen separately.
func (m *Model) deleteAllPictures(end tea.Cmd) tea.Cmd {
	changes, deletes := m.preview.DeleteAll()
	if m.options.Layer == nil {
		return end
	}
	for _, c := range changes {
		c.Apply(m.options.Layer)
	}
	if len(deletes) == 0 {
		return end
	}
	return tea.Sequence(func() tea.Msg {
		_ = m.options.Layer.Send(deletes) // a terminal that is gone has no pictures
		return nil
	}, end)
}

// togglePrevious shows the picture that was seen before this one in the same cells. Called again, it shows this one.
func (m *Model) togglePrevious() tea.Cmd {
	before, ok := m.previousSubject()
	if !ok {
		refuse(m, "No other picture was seen before this one.")
		return nil
	}
	m.list.ChooseSubject(before)
	return nil
}

// previousSubject returns what the preview showed before.
func (m *Model) previousSubject() (preview.Subject, bool) {
	return m.preview.Previous(m.screens.Holds(m.screens.gallery))
}

// markSeen marks a prediction as seen when the preview has shown it for a while.
func (m *Model) markSeen() {
	key, ok := m.preview.Seen(m.now())
	if !ok || !m.list.IsUnseen(key) {
		return
	}
	if e, ok := m.list.Entry(key); ok && e.State != history.Waiting {
		m.list.SetSeen(key)
	}
}
