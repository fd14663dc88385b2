package picture

import (
	"reflect"
	"runtime"
	"testing"

	"tintype/ui/picture/imagetest"
)

// TestSameOutcomeOnAnyProcessors compares the bytes of every protocol on one processor and on four.
func TestSameOutcomeOnAnyProcessors(t *testing.T) {
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	img := imagetest.Noise(300, 700)
	for protocol := range protocols {
		for _, colours := range []int{1 << 24, 256, 16, 0} {
			caps := Capabilities{Protocol: protocol, Colours: colours, CellWidth: 5, CellHeight: 11}
			var frames [2]Frame
			for i, processors := range []int{1, 4} {
				runtime.GOMAXPROCS(processors)
				f, err := Render(t.Context(), img, Cells{40, 70}, caps, Options{ID: 3})
				if err != nil {
					t.Fatal(err)
				}
				frames[i] = f
			}
			if !reflect.DeepEqual(frames[0], frames[1]) {
				t.Errorf("%s in %d colours differs on four processors", protocol, colours)
			}
		}
	}
}
