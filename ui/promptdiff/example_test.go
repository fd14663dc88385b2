package promptdiff_test

import (
	"fmt"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/promptdiff"
	"tintype/ui/theme"
)

func ExampleLines() {
	look := theme.Look{Styles: theme.NewStyles(theme.NewTheme("dark", nil), 0), Glyphs: theme.NewGlyphs(false)}
	for _, line := range promptdiff.Lines([]string{"A paper boat at sunrise.", "A paper boat at dusk."}, 60, 1, look) {
		fmt.Println(ansi.Strip(line))
	}
	// Output: A paper boat at [A sunrise | B dusk].
}
