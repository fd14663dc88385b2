package picker_test

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"tintype/ui/picker"
	"tintype/ui/theme"
)

// A picker is given keys until it reports a result other than Open.
func Example() {
	p := picker.New("Format", []picker.Choice{
		{Value: "webp", Text: "webp", Right: "default"},
		{Value: "jpg", Text: "jpg"},
		{Value: "png", Text: "png"},
	}, "webp")

	p.Update(tea.KeyPressMsg{Code: 'j', Text: "j"})
	look := theme.Look{Glyphs: theme.NewGlyphs(true)}
	for _, line := range p.View(30, p.Height(), look) {
		fmt.Println("|" + strings.TrimRight(ansi.Strip(line), " "))
	}
	if p.Update(tea.KeyPressMsg{Code: tea.KeyEnter}) == picker.Taken {
		fmt.Println(p.Value())
	}
	// Output:
	// | Format                1 of 1
	// |  j
	// |> jpg
	// |
	// |
	// |
	// | enter choose   esc keep webp
	// jpg
}
