package ui

import (
	"fmt"
	"os"
	"slices"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/internal/uitest"
	"tintype/ui/plan"
	"tintype/ui/preview"
)

// benchColumns is how many cells of the benchmark's table are in a row. Ten rows of it are in sight.
const benchColumns = 10

// openBenchSheet shows a sheet of the predictions of a folder in a table of benchColumns columns, of which 10 × 10 cells are in sight.
func openBenchSheet(b *testing.B, dir string) *benchProgram {
	b.Helper()
	m, first := newViewer(b, dir, "cells")
	d := &benchProgram{m: m, messages: make(chan tea.Msg, 1024)}
	for _, msg := range first {
		d.send(msg)
	}
	d.settle()
	d.send(tea.WindowSizeMsg{Width: 160, Height: 10*(3+2) + 6})
	m.screens.sheet.Show(benchPlan(m.list.Keys().All()))
	m.screens.open(m.screens.sheet, m.screens.Push)
	for range 3 {
		d.send(uitest.Key("-"))
	}
	d.measure(func() { d.send(uitest.Key("right")) })
	if n := len(m.screens.sheet.Pictures().Thumbs); n != 100 {
		b.Fatalf("%d thumbnails in sight, want 100", n)
	}
	return d
}

// benchPlan returns a plan whose cells have these predictions.
func benchPlan(keys []string) *plan.Plan {
	rows := len(keys) / benchColumns
	p := &plan.Plan{Key: "bench", Axes: []plan.Axis{{Of: []string{"guidance"}}, {Of: []string{"steps"}}}}
	for i := range rows {
		p.Axes[0].Values = append(p.Axes[0].Values, plan.Value{Text: fmt.Sprint(i)})
	}
	for i := range benchColumns {
		p.Axes[1].Values = append(p.Axes[1].Values, plan.Value{Text: fmt.Sprint(i)})
	}
	for i := range rows * benchColumns {
		p.Cells = append(p.Cells, plan.Cell{At: []int{i / benchColumns, i % benchColumns}, State: plan.Had, Entries: []string{keys[i]}})
	}
	return p
}

// BenchmarkSheetPageDown turns pages of a sheet of 10,000 cells, 100 of them in sight, and of the gallery: “far” to pages without
// thumbnails, “rested” after a pause on each page, in which the next one is made ready. ms-first is the time to the first thumbnail of a
// page, and ms/picture the time to the last one divided by their number, since a page of the gallery has fewer.
func BenchmarkSheetPageDown(b *testing.B) {
	dir := writeBenchGallery(b)
	for _, open := range []struct {
		name string
		open func() *benchProgram
	}{{"gallery", func() *benchProgram { return openBenchGallery(b, dir, "cells") }}, {"sheet", func() *benchProgram { return openBenchSheet(b, dir) }}} {
		for _, way := range []string{"far", "rested"} {
			b.Run(open.name+"/"+way, func(b *testing.B) {
				_ = os.RemoveAll(dir + "/" + preview.ThumbnailsFolder)
				d := open.open()
				turn := d.turnPage
				if open.name == "gallery" && way == "far" {
					n := 0
					turn = func() (first, all time.Duration) { n++; return d.jump(n%10*500 + 450) }
				}
				measureSheetPages(b, d, turn, way == "rested")
			})
		}
	}
}

// measureSheetPages turns pages, and reports how long that takes.
func measureSheetPages(b *testing.B, d *benchProgram, turn func() (first, all time.Duration), rested bool) {
	b.Helper()
	var firsts, perPicture []time.Duration
	for b.Loop() {
		if rested {
			b.StopTimer()
			d.settle()
			b.StartTimer()
		}
		before := d.m.screens.Top().Pictures().Thumbs[0].Key
		first, all := turn()
		thumbs := d.m.screens.Top().Pictures().Thumbs
		if thumbs[0].Key == before {
			b.Fatal("the page was not turned")
		}
		firsts, perPicture = append(firsts, first), append(perPicture, all/time.Duration(len(thumbs)))
	}
	slices.Sort(firsts)
	slices.Sort(perPicture)
	b.ReportMetric(float64(firsts[len(firsts)/2].Microseconds())/1000, "ms-first")
	b.ReportMetric(float64(perPicture[len(perPicture)/2].Microseconds())/1000, "ms/picture")
}

// BenchmarkSheetUpdate moves the cursor of a sheet of 10,000 cells that is drawn already: what one key costs.
func BenchmarkSheetUpdate(b *testing.B) {
	d := openBenchSheet(b, writeBenchGallery(b))
	for b.Loop() {
		d.send(uitest.Key("right"))
		d.send(uitest.Key("left"))
		d.pending = nil
	}
}
