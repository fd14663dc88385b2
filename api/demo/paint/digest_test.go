package paint

import (
	"encoding/hex"
	"flag"
	"fmt"
	"hash/crc32"
	"image"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/digests.txt again")

const digestsFile = "testdata/digests.txt"

// digestPrompts reach every scene, every animal, every style and each kind of weather.
var digestPrompts = append([]string{
	"lightning over a lighthouse in the sea", "a sailing ship at night", "snow in a pine forest with fireflies", "aurora over a lake in the fog",
	"a birthday cake", "an apple", "a vase with a red bouquet", "a sunflower", "a hot air balloon over cherry trees", "a cottage in winter",
	"a mushroom in the jungle", "a wizard on a cliff", "a robot in the city", "a panda", "an owl at midnight", "a rabbit in the meadow",
	"cacti in the dunes", "jellyfish in a coral reef", "a rocket in the galaxy", "old sailor with a beard and glasses, portrait",
	"a sumi ink mountain", "pixel art of a dog", "an oil painting of the sea", "a tintype of a house", "noir street", "untitled number four", "thoughts without words",
	"one", "two", "three", "four", "five", "sunset", "clouds", "horizon", "gulls at the coast", "a white cat", "a grey wolf",
}, prompts...)

// TestPicturesStayTheSame compares pictures with recorded ones, so that a
// refactoring cannot change them. Run it with -update when a change is meant.
func TestPicturesStayTheSame(t *testing.T) {
	t.Parallel()
	var got strings.Builder
	for i, prompt := range digestPrompts {
		w, h := 96, 72
		if i%3 == 2 {
			w, h = 64, 110
		}
		fmt.Fprintln(&got, digest(prompt, int64(40+i), w, h))
	}
	if *update {
		if err := os.WriteFile(digestsFile, []byte(got.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := os.ReadFile(digestsFile)
	if err != nil {
		t.Fatal(err)
	}
	want, have := strings.Split(string(raw), "\n"), strings.Split(got.String(), "\n")
	if len(want) != len(have) {
		t.Fatalf("%d pictures, %d recorded", len(have), len(want))
	}
	for i := range want {
		if !sameDigest(t, have[i], want[i]) {
			t.Errorf("%q is painted differently", digestPrompts[i])
		}
	}
}

// digest is a checksum of a picture and its 8×8 mean colours.
func digest(prompt string, seed int64, w, h int) string {
	img := Paint(prompt, seed, w, h).(*image.RGBA)
	var cells []byte
	for _, cell := range meanColours(img) {
		for _, v := range cell {
			cells = append(cells, byte(v*255+0.5))
		}
	}
	return fmt.Sprintf("%08x %x", crc32.ChecksumIEEE(img.Pix), cells)
}

// sameDigest compares the checksums, or only the mean colours where the
// processor rounds differently from the one that recorded them.
func sameDigest(t *testing.T, got, want string) bool {
	t.Helper()
	if got == want {
		return true
	}
	if !fusesMultiplyAdd() {
		return false
	}
	var a, b []byte
	for _, part := range []struct {
		digest string
		to     *[]byte
	}{{got, &a}, {want, &b}} {
		_, cells, _ := strings.Cut(part.digest, " ")
		raw, err := hex.DecodeString(cells)
		if err != nil {
			t.Fatal(err)
		}
		*part.to = raw
	}
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -4 || d > 4 {
			return false
		}
	}
	return len(a) == len(b)
}

// fusesMultiplyAdd reports whether this processor computes x*y+z with one
// rounding, as the Go specification allows (arm64 does, amd64 does not).
func fusesMultiplyAdd() bool {
	x := 1 + 1.0/(1<<30)
	if len(os.Args) == 0 { // keeps the compiler from computing the result
		x = 2
	}
	return x*x-float64(x*x) != 0
}
