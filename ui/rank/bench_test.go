package rank

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"tintype/history/duels"
)

// BenchmarkSimulation prints, as bars, what the ranking finds in simulated worlds, beside pairs that are drawn.
func BenchmarkSimulation(b *testing.B) {
	const worlds = 600
	for b.Loop() {
		line := func(what string, measured, bar float64) {
			fmt.Printf("%-62s %4.2f  %s\n", what, measured, barOf(measured, bar))
		}
		fmt.Println()
		for _, c := range []struct {
			n, duels int
			bar      float64
		}{{6, 6, 0.56}, {12, 12, 0.43}} {
			line(fmt.Sprintf("best of %d found after %d duels", c.n, c.duels), found(worlds, c.n, c.duels, false), c.bar)
			line("  pairs at random", found(worlds, c.n, c.duels, true), 0)
		}
		table := func(what string, count int, random, withFeatures bool, bar float64) {
			correlation, best := correlated(worlds, count, random, withFeatures)
			line(what+", correlation with the truth", correlation, bar)
			line("  its best picture found", best, 0)
		}
		table("3×3×3 after 20 duels, by factors", 20, false, true, 0.70)
		table("  pairs at random", 20, true, true, 0)
		table("  pairs at random, 40 duels", 40, true, true, 0)
		table("  without factors", 20, false, false, 0)
		for _, count := range []int{6, 12, 40, 120} {
			line(fmt.Sprintf("truth within its interval of 95 %%, 12 pictures, %d duels", count), covered(worlds/4, 12, count, 1, false), 0.90)
		}
		line("  pairs at random, 40 duels", covered(worlds/4, 12, 40, 1, true), 0.90)
		for _, count := range []int{12, 120, 5000} {
			line(fmt.Sprintf("  strengths of sd 1.5, not 1 as the model supposes, %d duels", count), covered(worlds/12, 12, count, 1.5, count > 120), 0)
		}
	}
}

// barOf draws a share, with a mark where it must reach.
func barOf(share, bar float64) string {
	const width = 40
	cells := []rune(strings.Repeat("█", int(share*width+0.5)) + strings.Repeat("·", width))[:width]
	if bar > 0 {
		cells[int(bar*width+0.5)] = '|'
	}
	return string(cells)
}

// randomDuels returns duels of pairs that are drawn from so many pictures.
func randomDuels(pictures, count int) ([]duels.Picture, []duels.Duel) {
	w := newWorld(7, pictures, 1.5)
	return w.pictures, w.play(count, true)
}

func BenchmarkFit(b *testing.B) {
	for _, size := range [][2]int{{12, 40}, {27, 100}, {100, 10_000}, {180, 10_000}, {400, 10_000}, {1_000, 10_000}, {5_000, 10_000}, {12, 10_000}} {
		b.Run(fmt.Sprintf("%d pictures %d duels", size[0], size[1]), func(b *testing.B) {
			pictures, list := randomDuels(size[0], size[1])
			for b.Loop() {
				Fit(pictures, list, nil)
			}
		})
	}
	b.Run("27 pictures of 3×3×3, 100 duels", func(b *testing.B) {
		w := newTable(1, 3, 3, 0.8, 0.5)
		list := w.play(100, true)
		for b.Loop() {
			Fit(w.pictures, list, w.features)
		}
	})
	b.Run("plans of 60 pictures, 10000 duels", func(b *testing.B) {
		var pictures []duels.Picture
		var list []duels.Duel
		for plan := range 100 {
			some, more := randomDuels(60, 100)
			for _, p := range some {
				pictures = append(pictures, duels.Picture{Key: p.Key, Output: plan + 1})
			}
			for _, d := range more {
				d.A.Output, d.B.Output = plan+1, plan+1
				list = append(list, d)
			}
		}
		for b.Loop() {
			Fit(pictures, list, nil)
		}
	})
}

func BenchmarkNext(b *testing.B) {
	for _, size := range [][2]int{{12, 40}, {100, 300}, {1_000, 3_000}} {
		b.Run(fmt.Sprintf("%d pictures", size[0]), func(b *testing.B) {
			pictures, list := randomDuels(size[0], size[1])
			r := Fit(pictures, list, nil)
			rng := rand.New(rand.NewPCG(1, 1))
			for b.Loop() {
				r.Next(rng, nil)
			}
		})
	}
}
