package ui

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"tintype/api/model"
	"tintype/history"
	"tintype/ui/cell"
	"tintype/ui/format"
	"tintype/ui/layout"
	"tintype/ui/params"
	"tintype/ui/preview"
	"tintype/ui/runner"
	"tintype/ui/text"
)

// factsLine is a picture's facts in one line: size and format, seed, time, cost.
func (m *Model) factsLine(e history.Entry) string {
	return joinFacts(sizeFact(e), seedFact(e), tookFact(e), m.costOf(e), m.severalFact(e))
}

// factsBrief is the same where there is no room for all of it: "1024² · seed 62182 · ~$0.003".
func (m *Model) factsBrief(e history.Entry) string {
	size := ""
	if w, h := preview.PictureSize(e); w > 0 && w == h {
		size = fmt.Sprintf("%d²", w)
	} else if w > 0 {
		size = fmt.Sprintf("%d×%d", w, h)
	}
	return joinFacts(size, seedFact(e), m.costOf(e))
}

// endLine and pictureLine are a caption under facts that hold the prompt: "★ done 1 min ago · 1.2 s · ~$0.003" and
// "1344×768 webp · seed 62182 · 1 of 2".
func (m *Model) endLine(e history.Entry) string {
	return joinFacts(m.doneLine(e), tookFact(e), m.costOf(e))
}

func (m *Model) pictureLine(e history.Entry) string {
	return joinFacts(sizeFact(e), seedFact(e), m.severalFact(e))
}

// joinFacts puts facts side by side; one that is empty is left out.
func joinFacts(facts ...string) string {
	return strings.Join(slices.DeleteFunc(facts, func(s string) bool { return s == "" }), " · ")
}

func sizeFact(e history.Entry) string {
	w, h := preview.PictureSize(e)
	if w <= 0 {
		return ""
	}
	return strings.TrimSpace(fmt.Sprintf("%d×%d %s", w, h, formatOf(e)))
}

// severalFact says which of several pictures is shown; "" for a single one.
func (m *Model) severalFact(e history.Entry) string {
	if n := len(e.Outputs); n > 1 {
		return m.whichOf(e, n)
	}
	return ""
}

func seedFact(e history.Entry) string {
	if e.Seed == nil {
		return ""
	}
	return fmt.Sprintf("seed %d", *e.Seed)
}

// tookOf is how long a prediction took: the provider's own figure, else from its creation to its end.
func tookOf(e history.Entry) time.Duration {
	if s := e.Metrics["predict_time"]; s > 0 {
		return time.Duration(s * float64(time.Second))
	}
	if !e.CompletedAt.IsZero() && e.CompletedAt.After(e.CreatedAt) {
		return e.CompletedAt.Sub(e.CreatedAt)
	}
	return 0
}

// formatOf is the format of an entry's first picture, by its name on disk.
func formatOf(e history.Entry) string {
	for _, o := range e.Outputs {
		for i := len(o.Path) - 1; i >= 0 && o.Path[i] != '/'; i-- {
			if o.Path[i] == '.' {
				return o.Path[i+1:]
			}
		}
	}
	return ""
}

func tookFact(e history.Entry) string {
	if took := tookOf(e); took > 0 {
		return format.TookText(took)
	}
	return ""
}

// whichOf says which of several pictures is shown.
func (m *Model) whichOf(e history.Entry, n int) string {
	if e.Key == m.preview.Shown.Key && m.preview.Shown.Output > 0 {
		said := fmt.Sprintf("%d of %d", m.preview.Shown.Output, n)
		if e.Outputs[min(m.preview.Shown.Output, n)-1].Star {
			said = "★ " + said
		}
		return said
	}
	return fmt.Sprintf("%d pictures", n)
}

// doneLine is how and when a prediction ended: "★ done 1 min ago".
func (m *Model) doneLine(e history.Entry) string {
	said := string(e.State) + " " + format.AgoText(m.now().Sub(e.CreatedTime()))
	if e.Star {
		return "★ " + said
	}
	return said
}

// costOf is what a prediction cost. No provider says it yet.
func (m *Model) costOf(e history.Entry) string { return format.CostText(e.Cost, false, m.isFree(e)) }

// drawFacts draws the whole prompt, what is not default, id and time where the picture leaves room: beside it, below it, or
// in the lower third that was lent; there the log, too.
func (m *Model) drawFacts(c *cell.Canvas, row runner.Row) {
	at := m.factsRoom()
	if at.Empty() {
		return
	}
	if m.preview.Details == preview.DetailsLog {
		c.Put(at, m.logLines(row, at))
		return
	}
	lines := m.factLines(row, min(at.W, factsLongest))
	if left := at.H - len(lines) - 1; left >= logLeast && logOf(row) != "" {
		lines = append(append(lines, ""), m.logLines(row, cell.Rect{W: min(at.W, factsLongest), H: left})...)
	}
	c.Put(at, lines)
}

// logLeast is how many rows must be left below the facts for the end of the log.
const logLeast = 3

// factsRoom is where facts have room; empty where they have none, or are not wanted.
func (m *Model) factsRoom() cell.Rect {
	room := m.layout.Stage
	if m.screen == full {
		room = m.layout.Full
	}
	switch {
	case m.preview.Details == preview.DetailsOff || room.Empty():
		return cell.Rect{}
	case m.factsLent():
		_, facts := layout.LendThird(room)
		return facts
	case m.screen == full || len(m.preview.Shown.Tiles) != 1:
		return cell.Rect{}
	}
	frame, ok := m.preview.Frames.Best(m.preview.Shown.Tiles[0].FrameKey)
	if !ok || len(frame.Lines) == 0 {
		return cell.Rect{}
	}
	_, facts := layout.PlacePicture(room, cell.Width(frame.Lines[0]), len(frame.Lines))
	return facts
}

// promptBelow tells whether the whole prompt stands in the facts, so that the caption need not say it.
func (m *Model) promptBelow() bool {
	return m.preview.Details != preview.DetailsLog && !m.factsRoom().Empty()
}

// factLines are the facts of a prediction, as many lines as they need.
func (m *Model) factLines(row runner.Row, w int) []string {
	var lines []string
	for _, line := range text.Wrap(text.Clean(row.Entry.Prompt()), max(w, 1)) {
		lines = append(lines, m.look.Styles.Ink.Render(string(line)))
	}
	lines = append(lines, "")
	soft := func(parts ...string) {
		for _, line := range text.Wrap(text.CleanLine(m.look.Glyphs.Say(joinFacts(parts...))), max(w, 1)) {
			lines = append(lines, m.look.Styles.Soft.Render(string(line)))
		}
	}
	if m.screen == full {
		soft(m.doneLine(row.Entry)) // elsewhere the caption says it
	}
	soft(append([]string{model.Find(row.Model).Name()}, m.notDefault(row.Entry)...)...)
	if row.ID != "" {
		soft("id " + format.Clean(row.ID))
	}
	return lines
}

// notDefault names the values of an input that differ from the model's defaults.
func (m *Model) notDefault(e history.Entry) []string {
	known := model.Find(e.Model)
	var said []string
	for _, f := range params.Of(e.Input) {
		p, ok := known.Parameter(f.Name)
		if ok && p.Default != nil && params.Plain(p.Default) == f.Plain {
			continue
		}
		said = append(said, string(f.Text))
	}
	return said
}

// logOf is a prediction's log so far, raw; "" when there is none.
func logOf(row runner.Row) string {
	log := row.Logs
	if row.Live != nil && row.Live.Logs != "" {
		log = row.Live.Logs
	}
	return strings.TrimSpace(log)
}

// logLines are the end of a prediction's log.
func (m *Model) logLines(row runner.Row, at cell.Rect) []string {
	log := logOf(row)
	if log == "" {
		return []string{m.look.Styles.Soft.Render("No log.")}
	}
	var lines []string
	for _, line := range text.Wrap(text.Clean(log), max(at.W, 1)) {
		lines = append(lines, m.look.Styles.Soft.Render(string(line)))
	}
	return lines[max(len(lines)-at.H, 0):]
}
