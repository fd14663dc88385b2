package layout

import (
	"math"

	"tintype/ui/cell"
)

// shape is one of four arrangements, by the size of the screen.
type shape int

const (
	tooSmall shape = iota // less than 30×8: only a sentence
	wide                  // sidebar, rule, preview
	tall                  // one column: prompt, settings, preview, list
	small                 // one column without a preview
)

// Rows of the settings, compact and open, and the least number of rows of the list.
const (
	SettingsRows = 7
	CompactRows  = 2
	minListRows  = 3
	// minRoomyRows is the number of rows between header and status from which the settings are open and blank rows
	// separate the parts of the sidebar.
	minRoomyRows = 30
)

// HomeInput is everything that the layout of the home screen depends on.
type HomeInput struct {
	W, H         int
	Proportion   float64 // a cell's height divided by its width, as measured; 0: unknown, taken as 2
	PromptLines  int     // lines that the prompt needs at PromptWidth
	SettingsOpen bool    // the settings have the focus: compact ones open over the list
	SettingsRows int     // rows that open settings need; 0: SettingsRows
}

// Home is the layout of the home screen. Parts without a place in a shape are empty. Some parts cover others, so they are
// drawn in this order: the list, the settings, a dialog, the status.
type Home struct {
	shape   shape
	Compact bool // settings in 2 lines (small: 1); otherwise in rows
	Narrow  bool // rows of the list have short words: 6 columns instead of 11

	Header      cell.Rect // row 0 without its outer columns
	Status      cell.Rect // the last row without its outer columns
	StatusAbove cell.Rect // the lines of a longer status, over the sidebar; the last one is in Status

	Sidebar cell.Rect // the column of the form and the list; on tall and small screens the full width
	Rule    cell.Rect // the vertical rule, wide only

	PromptFocus   int // the row whose column 0 shows the focus of the prompt
	PromptLabel   cell.Rect
	Prompt        cell.Rect
	Mistake       cell.Rect // the sentence about a mistake in the prompt, under it
	SettingsLabel cell.Rect
	Settings      cell.Rect // covers the top of the list while compact settings are open
	ListLabel     cell.Rect // on a small screen a horizontal rule with the price at its right end
	List          cell.Rect // from column 0, the cursor bar's, to the column before the rule

	Preview cell.Rect // the room of the picture, without the caption
	Caption cell.Rect // 2 rows, 1 on low screens
	Dialog  cell.Rect // never over the picture

	Full cell.Rect // the picture on the full screen, whose facts are in Status
}

// ArrangeHome places everything. Neither typing nor the end of a job moves the preview: it depends only on the size.
//
//	wide                                  tall                      small
//	header                                header                    header
//	▸Prompt        9 words │              ▸Prompt      9 words      ▸prompt, 2 lines and more
//	 lines, 3 and more     │  preview      lines                     settings, 1 line
//	 Settings  about $0.003│               Settings about $0.003    ───────── about $0.003
//	 7 rows, or 2 compact  │               2 compact lines           list
//	 Predictions  all 1,204│              preview                    …
//	 list                  │              caption                   status
//	 …                     │ caption       Predictions all 1,204
//	status                                 list
//	                                      status                    too small: a sentence
func ArrangeHome(in HomeInput) Home {
	in = in.withDefaults()
	l := Home{shape: shapeOf(in.W, in.H)}
	if l.shape == tooSmall {
		return l
	}
	l.Header = cell.Rect{X: 1, Y: 0, W: in.W - 2, H: 1}
	l.Status = cell.Rect{X: 1, Y: in.H - 1, W: in.W - 2, H: 1}
	l.Full = cell.Rect{X: 0, Y: 0, W: in.W, H: in.H - 1}
	switch l.shape {
	case wide:
		l.arrangeWide(in)
	case tall:
		l.arrangeTall(in)
	default:
		l.arrangeSmall(in)
	}
	l.Narrow = l.Sidebar.W < 44
	return l
}

// withDefaults fills in values that are not known.
func (in HomeInput) withDefaults() HomeInput {
	if in.Proportion < 1 || in.Proportion > 4 { // no terminal has such cells: the answer is wrong
		in.Proportion = 2
	}
	if in.SettingsRows <= 0 {
		in.SettingsRows = SettingsRows
	}
	in.PromptLines = max(1, in.PromptLines)
	return in
}

// rows returns the number of rows between the header and the status.
func (in HomeInput) rows() int { return in.H - 2 }

// captionRows returns the height of the caption.
func (in HomeInput) captionRows() int {
	if in.rows() < 16 {
		return 1
	}
	return 2
}

func shapeOf(w, h int) shape {
	switch {
	case w < 30 || h < 8:
		return tooSmall
	case w >= 72 && h >= 14:
		return wide
	case w < 72 && h >= 28:
		return tall
	}
	return small
}

// sidebarWidth returns what a square picture over the full height leaves, within bounds. On a wide screen it has more than usual, if the
// square still has room for its facts beside it: a square cannot use those columns, and prompts can.
func sidebarWidth(in HomeInput) int {
	square := int(math.Round(in.Proportion * float64(in.rows()-in.captionRows())))
	most := max(min(54, in.W*42/100), min(in.W/3, in.W-1-square-minFactsWidth))
	return max(32, min(in.W-1-square, most))
}

// PromptWidth returns the width of the prompt, by which its lines are counted.
func PromptWidth(in HomeInput) int {
	in = in.withDefaults()
	if shapeOf(in.W, in.H) == wide {
		return sidebarWidth(in) - 2
	}
	return max(1, in.W-2)
}

func (l *Home) arrangeWide(in HomeInput) {
	rows := in.rows()
	l.Sidebar = cell.Rect{X: 0, Y: 1, W: sidebarWidth(in), H: rows}
	l.Rule = cell.Rect{X: l.Sidebar.W, Y: 1, W: 1, H: rows}
	x := l.Sidebar.W + 1
	l.Preview = cell.Rect{X: x, Y: 1, W: in.W - x, H: rows - in.captionRows()}
	l.Caption = cell.Rect{X: x + 1, Y: l.Preview.Bottom(), W: in.W - x - 2, H: in.captionRows()}

	l.Compact = rows < minRoomyRows
	blank := 1
	if l.Compact {
		blank = 0
	}
	l.placePrompt(1, in.promptRows(3))
	y := l.placeSettings(l.Prompt.Bottom()+blank, l.settingsHeight())
	l.placeList(y+blank, in.H-1)
	l.openSettings(in, l.List.Bottom()-l.Settings.Y)
	l.Dialog = cell.Rect{X: 0, Y: l.Prompt.Bottom(), W: l.Sidebar.W, H: in.H - 1 - l.Prompt.Bottom()}
}

// promptRows returns the height of the prompt on a wide screen: as much as it needs, within bounds.
func (in HomeInput) promptRows(least int) int {
	if in.rows() < 20 {
		least = 2
	}
	return max(least, min(in.PromptLines, in.rows()*4/10))
}

func (l *Home) settingsHeight() int {
	if l.Compact {
		return CompactRows
	}
	return SettingsRows
}

// arrangeTall gives the prompt a height that depends only on the screen: it is above the preview, and a growing prompt
// would move the picture. For the same reason settings and dialogs open below the preview, over the list.
func (l *Home) arrangeTall(in HomeInput) {
	rows := in.rows()
	blank := 0
	if rows >= minRoomyRows {
		blank = 1
	}
	l.Compact = true
	l.Sidebar = cell.Rect{X: 0, Y: 1, W: in.W, H: rows}
	l.placePrompt(1, max(3, min(rows/8, 6)))
	y := l.placeSettings(l.Prompt.Bottom()+blank, CompactRows)
	height := min(int(float64(in.W)/in.Proportion)+in.captionRows(), rows/2)
	l.Preview = cell.Rect{X: 0, Y: y, W: in.W, H: height - in.captionRows()}
	l.Caption = cell.Rect{X: 1, Y: l.Preview.Bottom(), W: in.W - 2, H: in.captionRows()}
	l.placeList(l.Caption.Bottom()+blank, in.H-1)
	l.Dialog = cell.Rect{X: 0, Y: l.ListLabel.Y, W: in.W, H: in.H - 1 - l.ListLabel.Y}
	if in.SettingsOpen {
		l.Compact = false
		l.Settings = cell.Rect{X: 1, Y: l.ListLabel.Y, W: in.W - 2, H: min(in.SettingsRows, l.Dialog.H)}
	}
}

func (l *Home) arrangeSmall(in HomeInput) {
	rows := in.rows()
	l.Compact = true
	l.Sidebar = cell.Rect{X: 0, Y: 1, W: in.W, H: rows}
	// one row each for the settings and the rule; on the lowest screens the prompt leaves its second line to the list
	height := min(in.promptRows(2), rows-2-minListRows)
	l.Prompt, l.PromptFocus = cell.Rect{X: 1, Y: 1, W: in.W - 2, H: max(1, height)}, 1
	l.Settings = cell.Rect{X: 1, Y: l.Prompt.Bottom(), W: in.W - 2, H: 1}
	l.placeList(l.Settings.Bottom(), in.H-1)
	l.ListLabel = cell.Rect{X: 0, Y: l.ListLabel.Y, W: in.W - 1, H: 1}
	l.openSettings(in, in.H-1-l.Settings.Y)
	l.Dialog = cell.Rect{X: 0, Y: 0, W: in.W, H: in.H}
}

// placePrompt puts the label of the prompt at row y and its h lines below.
func (l *Home) placePrompt(y, h int) {
	l.PromptLabel, l.PromptFocus = l.line(y), y
	l.Prompt = cell.Rect{X: 1, Y: y + 1, W: l.textWidth(), H: h}
}

// placeSettings puts the label of the settings at row y and their h lines below. It returns the row after them.
func (l *Home) placeSettings(y, h int) int {
	l.SettingsLabel = l.line(y)
	l.Settings = cell.Rect{X: 1, Y: y + 1, W: l.textWidth(), H: h}
	return l.Settings.Bottom()
}

// placeList puts the label of the list at row y and the list from there to row end.
func (l *Home) placeList(y, end int) {
	l.ListLabel = l.line(y)
	l.List = cell.Rect{X: 0, Y: y + 1, W: l.Sidebar.W - 1, H: end - y - 1}
}

// line returns a row of text in the sidebar, with a blank column before and after.
func (l *Home) line(y int) cell.Rect { return cell.Rect{X: 1, Y: y, W: l.textWidth(), H: 1} }

func (l *Home) textWidth() int { return l.Sidebar.W - 2 }

// openSettings opens the settings over the list, in at most room rows; the list keeps its place under them.
func (l *Home) openSettings(in HomeInput, room int) {
	if !in.SettingsOpen {
		return
	}
	l.Compact = false
	l.Settings.H = min(max(l.Settings.H, in.SettingsRows), room)
}

// StatusRoom returns how many rows above the last one a status of several lines may take: all of the sidebar, but never a row of a picture
// that has the full width.
func (l *Home) StatusRoom() int {
	top := l.Header.Bottom()
	if l.Rule.Empty() {
		top = max(top, l.Preview.Bottom(), l.Caption.Bottom())
	}
	return l.Status.Y - top
}

// GrowStatus gives the last rows of the sidebar to a status of several lines.
func (l *Home) GrowStatus(lines int) {
	if n := min(lines-1, l.StatusRoom()); n > 0 {
		l.StatusAbove = cell.Rect{X: 0, Y: l.Status.Y - n, W: l.Sidebar.W, H: n}
	}
}

// The least room for the facts of a picture beside it and below it, with a blank column or row.
const (
	minFactsWidth  = 36
	minFactsHeight = 4
)

// PlacePicture places a picture of w×h cells in the preview, and its facts in the room that is left: right of it, else
// below it. If there is room in neither place, facts is empty and the picture is in the middle.
func PlacePicture(preview cell.Rect, w, h int) (picture, facts cell.Rect) {
	w, h = max(0, min(w, preview.W)), max(0, min(h, preview.H))
	picture = cell.Rect{X: preview.X, Y: preview.Y, W: w, H: h}
	switch {
	case preview.W-w >= minFactsWidth:
		return picture, cell.Rect{X: picture.Right() + 1, Y: preview.Y, W: preview.W - w - 2, H: preview.H}
	case preview.H-h >= minFactsHeight:
		picture.X += (preview.W - w) / 2
		return picture, cell.Rect{X: preview.X + 1, Y: picture.Bottom() + 1, W: preview.W - 2, H: preview.H - h - 1}
	}
	picture.X += (preview.W - w) / 2
	picture.Y += (preview.H - h) / 2
	return picture, cell.Rect{}
}

// SplitForFacts gives the lower third of the preview to facts that the pictures leave no room for.
func SplitForFacts(preview cell.Rect) (pictures, facts cell.Rect) {
	third := preview.H / 3
	pictures = cell.Rect{X: preview.X, Y: preview.Y, W: preview.W, H: preview.H - third}
	return pictures, cell.Rect{X: preview.X + 1, Y: pictures.Bottom() + 1, W: preview.W - 2, H: max(0, third-1)}
}

// IsTooSmall reports whether the screen is too small for anything but a sentence.
func (l Home) IsTooSmall() bool { return l.shape == tooSmall }
