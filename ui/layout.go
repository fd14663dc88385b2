package ui

import "math"

// screenShape is which of four arrangements a size asks for.
type screenShape int

const (
	tooSmallScreen screenShape = iota // under 30×8: a sentence
	wideScreen                        // rail, rule, stage
	tallScreen                        // one column: prompt, settings, stage, predictions
	smallScreen                       // one column without a stage
)

// The rows that the settings have, folded and unfolded, and the least that the predictions keep.
const (
	settingsRows   = 7
	settingsFolded = 2
	leastList      = 3
	// roomyRows is the number of rows between header and bottom row from which settings stay unfolded and blank rows
	// part the rail.
	roomyRows = 30
)

// layoutInput is all that the arrangement follows from.
type layoutInput struct {
	w, h         int
	proportion   float64 // a cell's height by its width as measured; 0: unknown, taken for 2
	promptLines  int     // lines that the prompt needs at promptWidth
	settingsOpen bool    // the settings have the keys: folded ones open over the list
	settingsWant int     // rows that open settings would like; 0: settingsRows
	bottomLines  int     // lines that the bottom row has to say; 0: 1
}

// layout is where everything stands. Rectangles that a shape has no place for are empty. What covers something is
// drawn after it: the list, then the settings, then a dialog, then the bottom.
type layout struct {
	shape  screenShape
	folded bool // settings as 2 lines (small: 1); else settingsRows, or open
	narrow bool // rows have the short words: 6 columns instead of 11

	header rect // row 0 without its outer columns
	bottom rect // the last row without its outer columns
	above  rect // the lines that the bottom row grows into, over the rail; its last line goes on in bottom

	rail rect // the whole column of the form and the list; on tall and small screens the whole width
	rule rect // the vertical rule, wide only

	promptFocus   int // the row whose column 0 says that the prompt has the keys
	promptLabel   rect
	prompt        rect
	settingsLabel rect
	settings      rect // covers the top of the list where it is open and folded otherwise
	listLabel     rect // on a small screen: a rule across with the price at its right end
	list          rect // rows from column 0, cursor bar and all, to the column before the rule

	stage   rect // the picture's whole room, without the caption
	caption rect // 2 rows, 1 on low screens
	dialog  rect // where a dialog stands: never over the picture

	full      rect // the picture on the whole screen, and the row of its facts
	fullFacts rect
}

// arrange places everything for a size. No letter typed and no job's end moves the stage: it follows from w and h.
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
func arrange(in layoutInput) layout {
	in = in.normal()
	l := layout{shape: shapeOf(in.w, in.h)}
	if l.shape == tooSmallScreen {
		return l
	}
	l.header = rect{1, 0, in.w - 2, 1}
	l.bottom = rect{1, in.h - 1, in.w - 2, 1}
	l.full = rect{0, 0, in.w, in.h - 1}
	l.fullFacts = l.bottom
	switch l.shape {
	case wideScreen:
		l.arrangeWide(in)
	case tallScreen:
		l.arrangeTall(in)
	default:
		l.arrangeSmall(in)
	}
	l.narrow = l.rail.w < 44
	l.growBottom(in)
	return l
}

// normal fills what is not known.
func (in layoutInput) normal() layoutInput {
	if in.proportion < 1 || in.proportion > 4 { // no terminal has such cells: a wrong answer
		in.proportion = 2
	}
	if in.settingsWant <= 0 {
		in.settingsWant = settingsRows
	}
	in.promptLines = max(1, in.promptLines)
	return in
}

// between is the number of rows between the header and the bottom row.
func (in layoutInput) between() int { return in.h - 2 }

// captionRows is the height of what is said below a picture.
func (in layoutInput) captionRows() int {
	if in.between() < 16 {
		return 1
	}
	return 2
}

func shapeOf(w, h int) screenShape {
	switch {
	case w < 30 || h < 8:
		return tooSmallScreen
	case w >= 72 && h >= 14:
		return wideScreen
	case w < 72 && h >= 28:
		return tallScreen
	}
	return smallScreen
}

// railWidth is what a square over the full height leaves, within bounds.
func railWidth(in layoutInput) int {
	square := int(math.Round(in.proportion * float64(in.between()-in.captionRows())))
	return max(32, min(in.w-1-square, min(54, in.w*42/100)))
}

// promptWidth is the width at which the prompt's lines are counted.
func promptWidth(in layoutInput) int {
	in = in.normal()
	if shapeOf(in.w, in.h) == wideScreen {
		return railWidth(in) - 2
	}
	return max(1, in.w-2)
}

func (l *layout) arrangeWide(in layoutInput) {
	rows := in.between()
	l.rail = rect{0, 1, railWidth(in), rows}
	l.rule = rect{l.rail.w, 1, 1, rows}
	x := l.rail.w + 1
	l.stage = rect{x, 1, in.w - x, rows - in.captionRows()}
	l.caption = rect{x + 1, l.stage.bottom(), in.w - x - 2, in.captionRows()}

	l.folded = rows < roomyRows
	blank := 1
	if l.folded {
		blank = 0
	}
	l.placePrompt(1, in.promptRows(3))
	y := l.placeSettings(l.prompt.bottom()+blank, l.settingsHeight())
	l.placeList(y+blank, in.h-1)
	l.openSettings(in, l.list.bottom()-l.settings.y)
	l.dialog = rect{0, l.prompt.bottom(), l.rail.w, in.h - 1 - l.prompt.bottom()}
}

// promptRows is the height of the prompt on a wide screen: what it needs, within bounds, beyond which it scrolls.
func (in layoutInput) promptRows(least int) int {
	if in.between() < 20 {
		least = 2
	}
	return max(least, min(in.promptLines, in.between()*4/10))
}

func (l *layout) settingsHeight() int {
	if l.folded {
		return settingsFolded
	}
	return settingsRows
}

// arrangeTall gives the prompt a height that follows from the screen alone: it stands above the stage, and a prompt
// that grew would move the picture. For the same reason settings open and dialogs stand below the stage, over the list.
func (l *layout) arrangeTall(in layoutInput) {
	rows := in.between()
	blank := 0
	if rows >= roomyRows {
		blank = 1
	}
	l.folded = true
	l.rail = rect{0, 1, in.w, rows}
	l.placePrompt(1, max(3, min(rows/8, 6)))
	y := l.placeSettings(l.prompt.bottom()+blank, settingsFolded)
	height := min(int(float64(in.w)/in.proportion)+in.captionRows(), rows/2)
	l.stage = rect{0, y, in.w, height - in.captionRows()}
	l.caption = rect{1, l.stage.bottom(), in.w - 2, in.captionRows()}
	l.placeList(l.caption.bottom()+blank, in.h-1)
	l.dialog = rect{0, l.listLabel.y, in.w, in.h - 1 - l.listLabel.y}
	if in.settingsOpen {
		l.folded = false
		l.settings = rect{1, l.listLabel.y, in.w - 2, min(in.settingsWant, l.dialog.h)}
	}
}

func (l *layout) arrangeSmall(in layoutInput) {
	rows := in.between()
	l.folded = true
	l.rail = rect{0, 1, in.w, rows}
	// two rows are the settings' and the rule's; on the lowest screens the prompt gives its second line to the list
	height := min(in.promptRows(2), rows-2-leastList)
	l.prompt, l.promptFocus = rect{1, 1, in.w - 2, max(1, height)}, 1
	l.settings = rect{1, l.prompt.bottom(), in.w - 2, 1}
	l.placeList(l.settings.bottom(), in.h-1)
	l.listLabel = rect{0, l.listLabel.y, in.w - 1, 1}
	l.openSettings(in, in.h-1-l.settings.y)
	l.dialog = rect{0, 0, in.w, in.h}
}

// placePrompt puts the label at row y and h lines below it.
func (l *layout) placePrompt(y, h int) {
	l.promptLabel, l.promptFocus = l.line(y), y
	l.prompt = rect{1, y + 1, l.textWidth(), h}
}

// placeSettings puts the label at row y and h lines below it; the row after them is returned.
func (l *layout) placeSettings(y, h int) int {
	l.settingsLabel = l.line(y)
	l.settings = rect{1, y + 1, l.textWidth(), h}
	return l.settings.bottom()
}

// placeList puts the label at row y and the list from there to row end.
func (l *layout) placeList(y, end int) {
	l.listLabel = l.line(y)
	l.list = rect{0, y + 1, l.rail.w - 1, end - y - 1}
}

// line is a row of text in the rail, with a free column before and after.
func (l *layout) line(y int) rect { return rect{1, y, l.textWidth(), 1} }

func (l *layout) textWidth() int { return l.rail.w - 2 }

// openSettings unfolds the settings over the list, down to room rows; the list keeps its place below them.
func (l *layout) openSettings(in layoutInput, room int) {
	if !in.settingsOpen {
		return
	}
	l.folded = false
	l.settings.h = min(max(l.settings.h, in.settingsWant), room)
}

// growBottom gives the bottom row's further lines the rail's last rows.
func (l *layout) growBottom(in layoutInput) {
	room := l.list.h + l.listLabel.h
	if n := min(in.bottomLines-1, room); n > 0 {
		l.above = rect{0, in.h - 1 - n, l.rail.w, n}
	}
}

// The least room in which the facts of a picture are told beside it and below it, free column or row included.
const (
	factsColumns = 36
	factsLines   = 4
)

// placePicture puts a picture of w×h cells onto the stage, and its facts into what its shape leaves free: right of it,
// else below it. Where neither has room, facts is empty and the picture stands in the middle.
func placePicture(stage rect, w, h int) (picture, facts rect) {
	w, h = max(0, min(w, stage.w)), max(0, min(h, stage.h))
	picture = rect{stage.x, stage.y, w, h}
	switch {
	case stage.w-w >= factsColumns:
		return picture, rect{picture.right() + 1, stage.y, stage.w - w - 2, stage.h}
	case stage.h-h >= factsLines:
		picture.x += (stage.w - w) / 2
		return picture, rect{stage.x + 1, picture.bottom() + 1, stage.w - 2, stage.h - h - 1}
	}
	picture.x += (stage.w - w) / 2
	picture.y += (stage.h - h) / 2
	return picture, rect{}
}

// lendThird parts the stage for facts that its pictures leave no room for: they get its lower third.
func lendThird(stage rect) (pictures, facts rect) {
	third := stage.h / 3
	pictures = rect{stage.x, stage.y, stage.w, stage.h - third}
	return pictures, rect{stage.x + 1, pictures.bottom() + 1, stage.w - 2, max(0, third-1)}
}
