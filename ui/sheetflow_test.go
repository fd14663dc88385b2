package ui

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"tintype/ui/cell"
)

// sheetRooms returns the rooms of the thumbnails in sight.
func (s *app) sheetRooms() (rooms []cell.Rect) {
	for _, t := range s.m.screens.sheet.Pictures().Thumbs {
		rooms = append(rooms, t.Cell)
	}
	return rooms
}

const weathers = "a fox in {snow|rain|fog|sun|wind|hail|dust|smoke|spring|autumn|summer|winter}"

// TestSheetFlows: the cells of one axis fill the screen in several rows, each with its label, and the arrows walk through them as they are
// drawn. Above the first row all are chosen.
func TestSheetFlows(t *testing.T) {
	for _, at := range []terminalSize{{160, 50}, {120, 40}, {80, 24}} {
		t.Run(fmt.Sprintf("%dx%d", at.w, at.h), func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				s := newApp(t, appOptions{w: at.w, h: at.h})
				s.showPlan(weathers)
				s.expectText("snow", "autumn", "winter")
				s.press("y")
				s.wait(time.Minute)
				rooms := s.sheetRooms()
				var area int
				for _, r := range rooms {
					area += r.W * r.H
				}
				if len(rooms) != 12 || rooms[0].Y == rooms[11].Y || area*4 < at.w*at.h {
					t.Fatalf("%d cells in sight with %d of %d places:\n%s", len(rooms), area, at.w*at.h, s.screenText())
				}
				across := slices.IndexFunc(rooms, func(r cell.Rect) bool { return r.Y > rooms[0].Y })
				s.press("down")
				s.expectText(strings.Split("snow rain fog sun wind hail dust smoke spring autumn summer winter", " ")[across] + "   a fox in ")
				s.press("right", "left", "up", "right", "right")
				s.expectText("fog   a fox in fog")
				s.click(rooms[11].X+1, rooms[11].Y+1)
				s.expectText("winter   a fox in winter")
				s.press("up", "up", "up", "up")
				s.expectText("All cells of the plan.")
				s.press("r")
				s.expectText("{snow|rain|fog")
				if !s.m.screens.IsHome() {
					t.Error("r above the cells does not load the template")
				}
				s.expectPurchases(12)
			})
		})
	}
}

// TestSheetFlowIsLong: a flow of more cells than fit turns pages downwards.
func TestSheetFlowIsLong(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := openWide(t, appOptions{}, 200)
		s.expectText("of 200", "seed 1 ")
		for range 30 {
			s.press("pgdown")
		}
		s.expectText("seed 200", "–200 of 200")
		s.press("space")
		s.expectText("199 to buy")
	})
}

// TestSheetPagesSideways: columns that do not fit come page by page when the cursor leaves those in sight.
func TestSheetPagesSideways(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		s := newApp(t, appOptions{w: 120, h: 40})
		s.showPlan("a {red|blue|green|brown|grey|white|black|pink|gold} fox", "seed=1..30")
		s.press("tab")
		s.expectText("columns 1–")
		first := func() (n int) {
			text := s.screenText()
			_, text, _ = strings.Cut(text, "columns ")
			_, _ = fmt.Sscanf(text, "%d", &n)
			return n
		}
		var pages []int
		for range 30 {
			if now := first(); len(pages) == 0 || pages[len(pages)-1] != now {
				pages = append(pages, now)
			}
			s.press("right")
		}
		if len(pages) < 2 || len(pages) > 9 {
			t.Errorf("30 steps to the right show columns from %v:\n%s", pages, s.screenText())
		}
		s.press("left")
		before := first()
		for range 2 {
			s.press("left")
		}
		if now := first(); now > before {
			t.Errorf("to the left: columns from %d, then from %d", before, now)
		}
	})
}
