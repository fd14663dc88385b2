package paint

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
	s.drawSetting()
	s.postprocess()
	return s.image()
}

// scene is a picture, the wish that it follows, and its own chance.
type scene struct {
	*canvas
	promptWords
	palette
	rng     *rand.Rand
	seed    uint32
	horizon float64 // pixels from the top
	sunX    float64 // where the light comes from
	sunY    float64
	sunR    float64 // 0: not seen
}

func newScene(prompt string, seed int64, w, h int) *scene {
	asked := parsePrompt(prompt)
	r := rand.New(rand.NewPCG(asked.hash, uint64(seed)))
	s := &scene{canvas: newCanvas(w, h), promptWords: asked, rng: r, seed: r.Uint32()}
	s.palette = asked.choosePalette(r)
	s.horizon = s.H * s.between(0.5, 0.62)
	s.sunX, s.sunY = s.W*s.between(0.22, 0.78), s.H*s.between(0.2, 0.36)
	s.sunR = s.U * s.between(0.05, 0.085)
	if s.mentions("storm thunder thunderstorm lightning rain rainy") && !s.mentions("moon sun") {
		s.sunR = 0
	}
	return s
}

// between draws a number by chance.
func (s *scene) between(a, b float64) float64 { return a + (b-a)*s.rng.Float64() }

// chance is true so often.
func (s *scene) chance(p float64) bool { return s.rng.Float64() < p }

// randomSign draws one of two signs.
func (s *scene) randomSign() float64 {
	if s.chance(0.5) {
		return -1
	}
	return 1
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// settings are the scenes by their words; the first that fits is painted.
var settings = []struct {
	words string
	paint func(*scene)
}{
	{"space galaxy nebula planet cosmos astronaut cosmic universe rocket spaceship", (*scene).drawSpace},
	{"underwater coral reef whale jellyfish fish octopus aquarium", (*scene).drawUnderwater},
	{"coffee tea cup mug cake dessert gateau breakfast apple fruit food bowl vase table kitchen", (*scene).drawTable},
	{"sea ocean boat ship sail sailboat lake water harbor harbour coast beach wave island lighthouse river pond", (*scene).drawSea},
	{"forest woods woodland jungle mushroom path", (*scene).drawForest},
	{"city street skyline town tokyo york paris london building cyberpunk alley rooftop skyscraper", (*scene).drawCity},
	{"desert dune dunes sand cactus sahara camel", (*scene).drawDesert},
	{"mountain mountains alps peak aurora valley cliff canyon", (*scene).drawMountains},
	{"portrait face woman man girl boy lady king queen person selfie", (*scene).drawPortrait},
	{"cat kitten fox wolf dog puppy owl bird rabbit bunny hare bear panda robot android animal", (*scene).drawCloseUp},
	{"meadow field hill hills house cabin cottage village farm tree trees garden cherry sakura countryside spring balloon grass", (*scene).drawMeadow},
	{"flower flowers rose roses tulip bouquet peony orchid lotus daisy sunflower poppy bloom", (*scene).drawFlowers},
	{"wizard witch knight samurai wanderer traveler hiker", (*scene).drawMountains},
	{"sunrise sunset dawn dusk sky cloud clouds landscape night moon star stars horizon snow winter autumn", (*scene).drawOutdoors},
}

// drawSetting paints the scene that the words ask for, or an abstract one.
func (s *scene) drawSetting() {
	paint := (*scene).drawAbstract
	for _, p := range settings {
		if s.mentions(p.words) {
			paint = p.paint
			break
		}
	}
	paint(s)
	s.drawWeather()
	if s.mentions("balloon") {
		size := s.U * s.between(0.26, 0.34)
		s.drawBalloon(pen{canvas: s.canvas, x: s.W * s.between(0.3, 0.7), y: s.H * s.between(0.5, 0.58), sx: size, sy: size, alpha: 1, tint: s.glow, tintStrength: 0.08})
	}
}

// drawOutdoors is any landscape: the seed chooses.
func (s *scene) drawOutdoors() {
	[]func(*scene){(*scene).drawMountains, (*scene).drawSea, (*scene).drawMeadow}[s.rng.IntN(3)](s)
}
