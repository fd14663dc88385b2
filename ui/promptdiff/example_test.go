package promptdiff_test

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/promptdiff"
	"tintype/ui/theme"
)

func ExampleLines() {
	look := theme.NewLook("dark", nil, 0, false)
	for _, line := range promptdiff.Lines([]string{"A paper boat at sunrise.", "A paper boat at dusk."}, 16, 1, look) {
		fmt.Println(ansi.Strip(line[0]))
	}
	// Output:
	// … at sunrise.
	// … boat at dusk.
}
