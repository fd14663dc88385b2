package demo

import (
	"image"
	"maps"
	"math/rand/v2"
	"slices"
)

// Paint draws a small scene from a prompt's words: the same prompt, seed and
// size give the same picture. Words that it knows choose the place, the light,
// the weather, what stands there and the manner; others, and the seed, vary them.
// "demo" stands in a corner.
func Paint(prompt string, seed int64, w, h int) image.Image {
	w, h = max(w, 1), max(h, 1)
	s := newScene(prompt, seed, w, h)
	s.place()
	s.finish()
	return s.image()
}

// scene is a picture, the wish that it follows, and its own chance.
type scene struct {
	*canvas
	wish
	palette
	r       *rand.Rand
	seed    uint32
	horizon float64 // pixels from the top
	sunX    float64 // where the light comes from
	sunY    float64
	sunR    float64 // 0: not seen
}

func newScene(prompt string, seed int64, w, h int) *scene {
	asked := read(prompt)
	r := rand.New(rand.NewPCG(asked.hash, uint64(seed)))
	s := &scene{canvas: newCanvas(w, h), wish: asked, r: r, seed: r.Uint32()}
	s.palette = asked.light(r)
	s.horizon = s.H * s.between(0.5, 0.62)
	s.sunX, s.sunY = s.W*s.between(0.22, 0.78), s.H*s.between(0.2, 0.36)
	s.sunR = s.U * s.between(0.05, 0.085)
	return s
}

// between draws a number by chance.
func (s *scene) between(a, b float64) float64 { return a + (b-a)*s.r.Float64() }

// chance is true so often.
func (s *scene) chance(p float64) bool { return s.r.Float64() < p }

// either draws one of two signs.
func (s *scene) either() float64 {
	if s.chance(0.5) {
		return -1
	}
	return 1
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// places are the scenes by their words; the first that fits is painted.
var places = []struct {
	words string
	paint func(*scene)
}{
	{"sea ocean boat ship sail lake water harbor harbour coast beach wave island lighthouse river", (*scene).sea},
	{"mountain mountains alps peak hill valley cliff", (*scene).mountains},
}

// place paints the scene that the words ask for, or one by chance.
func (s *scene) place() {
	for _, p := range places {
		if s.has(p.words) {
			p.paint(s)
			return
		}
	}
	s.mountains()
}
