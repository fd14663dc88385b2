// Package paint draws a picture for a prompt. It stands in for an image model, so that the demo
// shows something that fits.
//
// Its rules:
//
//   - The same prompt, seed and size give the same picture, on every run and with any number of processors. Processors that
//     fuse multiplication and addition (arm64) may differ in the last bit.
//   - Known words of the prompt choose the scene, the palette, the weather, the figures and the style. Other words and the
//     seed vary them.
//   - A few words have a known strength (PlantedWords), and some have none (IgnoredWords).
//   - "demo" is written in a corner, so that no picture is mistaken for a model's.
//   - It needs no network, no files and no fonts.
//
// Edit, Follow, Vary and Fill make a picture from others, for models that take input images.
//
// Paint draws in this order: parsePrompt reads the words, choosePalette sets the light, drawScene
// fills the canvas, and postprocess adds bloom, the style, the vignette and the watermark.
package paint

import (
	"image"
	"maps"
	"math/rand/v2"
	"slices"
)

// Paint draws the picture of a prompt and a seed, w×h pixels in size; a size below 1 counts as 1.
func Paint(prompt string, seed int64, w, h int) image.Image {
	w, h = max(w, 1), max(h, 1)
	s := newScene(prompt, seed, w, h)
	s.drawScene()
	s.postprocess()
	return s.image()
}

// scene is a picture while it is drawn: the canvas, what the prompt asks for, the light, and the
// random numbers.
type scene struct {
	*canvas
	promptWords
	palette
	rng     *rand.Rand
	seed    uint32
	horizon float64 // pixels from the top
	sunX    float64 // centre of the light, pixels
	sunY    float64
	sunR    float64 // radius of the sun or moon, pixels; 0 hides it
}

func newScene(prompt string, seed int64, w, h int) *scene {
	words := parsePrompt(prompt)
	r := rand.New(rand.NewPCG(words.hash, uint64(seed)))
	s := &scene{canvas: newCanvas(w, h), promptWords: words, rng: r, seed: r.Uint32()}
	s.palette = words.choosePalette(r)
	s.horizon = s.H * s.between(0.5, 0.62)
	s.sunX, s.sunY = s.W*s.between(0.22, 0.78), s.H*s.between(0.2, 0.36)
	s.sunR = s.U * s.between(0.05, 0.085)
	if s.mentions("storm thunder thunderstorm lightning rain rainy") && !s.mentions("moon sun") {
		s.sunR = 0
	}
	return s
}

// between returns a random number from a up to b.
func (s *scene) between(a, b float64) float64 { return a + (b-a)*s.rng.Float64() }

// chance reports true with probability p.
func (s *scene) chance(p float64) bool { return s.rng.Float64() < p }

// randomSign returns -1 or 1 at random.
func (s *scene) randomSign() float64 {
	if s.chance(0.5) {
		return -1
	}
	return 1
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// scenes are the scenes by the words that ask for them. The first one whose words the prompt
// mentions is drawn.
var scenes = []struct {
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

// drawScene draws the scene that the prompt asks for, or an abstract picture, and then the weather.
func (s *scene) drawScene() {
	paint := (*scene).drawAbstract
	for _, p := range scenes {
		if s.mentions(p.words) {
			paint = p.paint
			break
		}
	}
	paint(s)
	s.drawWeather()
	s.drawExtras()
}

// drawExtras draws what is in front of any scene.
func (s *scene) drawExtras() {
	if s.mentions("balloon") {
		size := s.U * s.between(0.26, 0.34)
		s.drawBalloon(pen{canvas: s.canvas, x: s.W * s.between(0.3, 0.7), y: s.H * s.between(0.5, 0.58), sx: size, sy: size, alpha: 1, tint: s.glow, tintStrength: 0.08})
	}
}

// drawOutdoors draws one of the landscapes; the seed chooses which.
func (s *scene) drawOutdoors() {
	[]func(*scene){(*scene).drawMountains, (*scene).drawSea, (*scene).drawMeadow}[s.rng.IntN(3)](s)
}
