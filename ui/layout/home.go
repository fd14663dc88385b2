package layout

import (
	"math"

	"tintype/ui/cell"
)

// screenShape is which of four arrangements a size asks for.
type screenShape int

const (
	TooSmallScreen screenShape = iota // under 30×8: a sentence
	wideScreen                        // rail, rule, stage
	tallScreen                        // one column: prompt, settings, stage, predictions
	smallScreen                       // one column without a stage
)

// The rows that the settings have, folded and unfolded, and the least that the predictions keep.
const (
	SettingsRows   = 7
	SettingsFolded = 2
	leastList      = 3
	// roomyRows is the number of rows between header and bottom row from which settings stay unfolded and blank rows
	// part the rail.
	roomyRows = 30
)

// LayoutInput is all that the arrangement follows from.
type LayoutInput struct {
	W, H         int
	Proportion   float64 // a cell's height by its width as measured; 0: unknown, taken for 2
	PromptLines  int     // lines that the prompt needs at PromptWidth
	SettingsOpen bool    // the settings have the keys: folded ones open over the list
	SettingsWant int     // rows that open settings would like; 0: SettingsRows
}

// Layout is where everything stands. Rectangles that a shape has no place for are empty. What covers something is
// drawn after it: the list, then the settings, then a dialog, then the bottom.
type Layout struct {
	Shape  screenShape
	Folded bool // settings as 2 lines (small: 1); else SettingsRows, or open
	Narrow bool // rows have the short words: 6 columns instead of 11

	Header cell.Rect // row 0 without its outer columns
	Bottom cell.Rect // the last row without its outer columns
	Above  cell.Rect // the lines that the bottom row grows into, over the rail; its last line goes on in bottom

	Rail cell.Rect // the whole column of the form and the list; on tall and small screens the whole width
	Rule cell.Rect // the vertical rule, wide only

	PromptFocus   int // the row whose column 0 says that the prompt has the keys
	PromptLabel   cell.Rect
	Prompt        cell.Rect
	SettingsLabel cell.Rect
	Settings      cell.Rect // covers the top of the list where it is open and folded otherwise
	ListLabel     cell.Rect // on a small screen: a rule across with the price at its right end
	List          cell.Rect // rows from column 0, cursor bar and all, to the column before the rule

	Stage   cell.Rect // the picture's whole room, without the caption
	Caption cell.Rect // 2 rows, 1 on low screens
	Dialog  cell.Rect // where a dialog stands: never over the picture

	Full      cell.Rect // the picture on the whole screen, and the row of its facts
	FullFacts cell.Rect
}

// Arrange places everything for a size. No letter typed and no job's end moves the stage: it follows from w and h.
//
//	wide                                  tall                      small
//	header                                header                    header
//	▸Prompt        9 words │              ▸Prompt      9 words      ▸prompt, 2 lines and more
//	 lines, 3 and more     │  stage        lines                     settings, 1 line
//	 Settings  about $0.003│               Settings about $0.003    ───────── about $0.003
//	 7 rows, or 2 folded   │               2 folded lines            list
//	 Predictions  all 1,204│              stage                      …
//	 list                  │              caption                   bottom
//	 …                     │ caption       Predictions all 1,204
//	bottom                                 list
//	                                      bottom                    too small: a sentence
func Arrange(in LayoutInput) Layout {
	in = in.normal()
	l := Layout{Shape: shapeOf(in.W, in.H)}
	if l.Shape == TooSmallScreen {
		return l
	}
	l.Header = cell.Rect{X: 1, Y: 0, W: in.W - 2, H: 1}
	l.Bottom = cell.Rect{X: 1, Y: in.H - 1, W: in.W - 2, H: 1}
	l.Full = cell.Rect{X: 0, Y: 0, W: in.W, H: in.H - 1}
	l.FullFacts = l.Bottom
	switch l.Shape {
	case wideScreen:
		l.arrangeWide(in)
	case tallScreen:
		l.arrangeTall(in)
	default:
		l.arrangeSmall(in)
	}
	l.Narrow = l.Rail.W < 44
	return l
}

// normal fills what is not known.
func (in LayoutInput) normal() LayoutInput {
	if in.Proportion < 1 || in.Proportion > 4 { // no terminal has such cells: a wrong answer
		in.Proportion = 2
	}
	if in.SettingsWant <= 0 {
		in.SettingsWant = SettingsRows
	}
	in.PromptLines = max(1, in.PromptLines)
	return in
}

// between is the number of rows between the header and the bottom row.
func (in LayoutInput) between() int { return in.H - 2 }

// captionRows is the height of what is said below a picture.
func (in LayoutInput) captionRows() int {
	if in.between() < 16 {
		return 1
	}
	return 2
}

func shapeOf(w, h int) screenShape {
	switch {
	case w < 30 || h < 8:
		return TooSmallScreen
	case w >= 72 && h >= 14:
		return wideScreen
	case w < 72 && h >= 28:
		return tallScreen
	}
	return smallScreen
}

// railWidth is what a square over the full height leaves, within bounds.
func railWidth(in LayoutInput) int {
	square := int(math.Round(in.Proportion * float64(in.between()-in.captionRows())))
	return max(32, min(in.W-1-square, min(54, in.W*42/100)))
}

// PromptWidth is the width at which the prompt's lines are counted.
func PromptWidth(in LayoutInput) int {
	in = in.normal()
	if shapeOf(in.W, in.H) == wideScreen {
		return railWidth(in) - 2
	}
	return max(1, in.W-2)
}

func (l *Layout) arrangeWide(in LayoutInput) {
	rows := in.between()
	l.Rail = cell.Rect{X: 0, Y: 1, W: railWidth(in), H: rows}
	l.Rule = cell.Rect{X: l.Rail.W, Y: 1, W: 1, H: rows}
	x := l.Rail.W + 1
	l.Stage = cell.Rect{X: x, Y: 1, W: in.W - x, H: rows - in.captionRows()}
	l.Caption = cell.Rect{X: x + 1, Y: l.Stage.Bottom(), W: in.W - x - 2, H: in.captionRows()}

	l.Folded = rows < roomyRows
	blank := 1
	if l.Folded {
		blank = 0
	}
	l.placePrompt(1, in.promptRows(3))
	y := l.placeSettings(l.Prompt.Bottom()+blank, l.settingsHeight())
	l.placeList(y+blank, in.H-1)
	l.openSettings(in, l.List.Bottom()-l.Settings.Y)
	l.Dialog = cell.Rect{X: 0, Y: l.Prompt.Bottom(), W: l.Rail.W, H: in.H - 1 - l.Prompt.Bottom()}
}

// promptRows is the height of the prompt on a wide screen: what it needs, within bounds, beyond which it scrolls.
func (in LayoutInput) promptRows(least int) int {
	if in.between() < 20 {
		least = 2
	}
	return max(least, min(in.PromptLines, in.between()*4/10))
}

func (l *Layout) settingsHeight() int {
	if l.Folded {
		return SettingsFolded
	}
	return SettingsRows
}

// arrangeTall gives the prompt a height that follows from the screen alone: it stands above the stage, and a prompt
// that grew would move the picture. For the same reason settings open and dialogs stand below the stage, over the list.
func (l *Layout) arrangeTall(in LayoutInput) {
	rows := in.between()
	blank := 0
	if rows >= roomyRows {
		blank = 1
	}
	l.Folded = true
	l.Rail = cell.Rect{X: 0, Y: 1, W: in.W, H: rows}
	l.placePrompt(1, max(3, min(rows/8, 6)))
	y := l.placeSettings(l.Prompt.Bottom()+blank, SettingsFolded)
	height := min(int(float64(in.W)/in.Proportion)+in.captionRows(), rows/2)
	l.Stage = cell.Rect{X: 0, Y: y, W: in.W, H: height - in.captionRows()}
	l.Caption = cell.Rect{X: 1, Y: l.Stage.Bottom(), W: in.W - 2, H: in.captionRows()}
	l.placeList(l.Caption.Bottom()+blank, in.H-1)
	l.Dialog = cell.Rect{X: 0, Y: l.ListLabel.Y, W: in.W, H: in.H - 1 - l.ListLabel.Y}
	if in.SettingsOpen {
		l.Folded = false
		l.Settings = cell.Rect{X: 1, Y: l.ListLabel.Y, W: in.W - 2, H: min(in.SettingsWant, l.Dialog.H)}
	}
}

func (l *Layout) arrangeSmall(in LayoutInput) {
	rows := in.between()
	l.Folded = true
	l.Rail = cell.Rect{X: 0, Y: 1, W: in.W, H: rows}
	// two rows are the settings' and the rule's; on the lowest screens the prompt gives its second line to the list
	height := min(in.promptRows(2), rows-2-leastList)
	l.Prompt, l.PromptFocus = cell.Rect{X: 1, Y: 1, W: in.W - 2, H: max(1, height)}, 1
	l.Settings = cell.Rect{X: 1, Y: l.Prompt.Bottom(), W: in.W - 2, H: 1}
	l.placeList(l.Settings.Bottom(), in.H-1)
	l.ListLabel = cell.Rect{X: 0, Y: l.ListLabel.Y, W: in.W - 1, H: 1}
	l.openSettings(in, in.H-1-l.Settings.Y)
	l.Dialog = cell.Rect{X: 0, Y: 0, W: in.W, H: in.H}
}

// placePrompt puts the label at row y and h lines below it.
func (l *Layout) placePrompt(y, h int) {
	l.PromptLabel, l.PromptFocus = l.line(y), y
	l.Prompt = cell.Rect{X: 1, Y: y + 1, W: l.textWidth(), H: h}
}

// placeSettings puts the label at row y and h lines below it; the row after them is returned.
func (l *Layout) placeSettings(y, h int) int {
	l.SettingsLabel = l.line(y)
	l.Settings = cell.Rect{X: 1, Y: y + 1, W: l.textWidth(), H: h}
	return l.Settings.Bottom()
}

// placeList puts the label at row y and the list from there to row end.
func (l *Layout) placeList(y, end int) {
	l.ListLabel = l.line(y)
	l.List = cell.Rect{X: 0, Y: y + 1, W: l.Rail.W - 1, H: end - y - 1}
}

// line is a row of text in the rail, with a free column before and after.
func (l *Layout) line(y int) cell.Rect { return cell.Rect{X: 1, Y: y, W: l.textWidth(), H: 1} }

func (l *Layout) textWidth() int { return l.Rail.W - 2 }

// openSettings unfolds the settings over the list, down to room rows; the list keeps its place below them.
func (l *Layout) openSettings(in LayoutInput, room int) {
	if !in.SettingsOpen {
		return
	}
	l.Folded = false
	l.Settings.H = min(max(l.Settings.H, in.SettingsWant), room)
}

// GrowBottom gives the last row's further lines, beyond the first, the last rows of the sidebar.
func (l *Layout) GrowBottom(lines int) {
	room := l.List.H + l.ListLabel.H
	if n := min(lines-1, room); n > 0 {
		l.Above = cell.Rect{X: 0, Y: l.Bottom.Y - n, W: l.Rail.W, H: n}
	}
}

// The least room in which the facts of a picture are told beside it and below it, free column or row included.
const (
	factsColumns = 36
	factsLines   = 4
)

// PlacePicture puts a picture of w×h cells onto the stage, and its facts into what its shape leaves free: right of it,
// else below it. Where neither has room, facts is empty and the picture stands in the middle.
func PlacePicture(stage cell.Rect, w, h int) (picture, facts cell.Rect) {
	w, h = max(0, min(w, stage.W)), max(0, min(h, stage.H))
	picture = cell.Rect{X: stage.X, Y: stage.Y, W: w, H: h}
	switch {
	case stage.W-w >= factsColumns:
		return picture, cell.Rect{X: picture.Right() + 1, Y: stage.Y, W: stage.W - w - 2, H: stage.H}
	case stage.H-h >= factsLines:
		picture.X += (stage.W - w) / 2
		return picture, cell.Rect{X: stage.X + 1, Y: picture.Bottom() + 1, W: stage.W - 2, H: stage.H - h - 1}
	}
	picture.X += (stage.W - w) / 2
	picture.Y += (stage.H - h) / 2
	return picture, cell.Rect{}
}

// LendThird parts the stage for facts that its pictures leave no room for: they get its lower third.
func LendThird(stage cell.Rect) (pictures, facts cell.Rect) {
	third := stage.H / 3
	pictures = cell.Rect{X: stage.X, Y: stage.Y, W: stage.W, H: stage.H - third}
	return pictures, cell.Rect{X: stage.X + 1, Y: pictures.Bottom() + 1, W: stage.W - 2, H: max(0, third-1)}
}
