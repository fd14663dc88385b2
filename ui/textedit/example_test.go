package textedit_test

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"

	"tintype/ui/textedit"
	"tintype/ui/theme"
)

// An area is given its size and keys; it draws lines of exactly that size.
func ExampleArea() {
	area := textedit.NewArea()
	area.SetSize(12, 2)
	area.Focus()
	area.Paste("A paper boat at dusk")
	area.Update(tea.KeyPressMsg{Code: 'w', Mod: tea.ModCtrl}) // deletes a word
	fmt.Println(strings.TrimSpace(area.Value()))

	for _, line := range area.View(theme.Styles{}) {
		fmt.Println("|" + strings.TrimRight(line, " "))
	}
	x, y, ok := area.Cursor()
	fmt.Println(x, y, ok)
	// Output:
	// A paper boat at
	// |A paper boat
	// |at
	// 3 1 true
}

// Recall goes back through earlier prompts; the draft returns at the end.
func ExampleRecall() {
	var recall textedit.Recall
	recall.SetPrompts([]string{"a paper boat", "a red bicycle"})
	earlier, _ := recall.Earlier("my draft", false)
	fmt.Println(earlier)
	draft, _ := recall.Later()
	fmt.Println(draft)
	// Output:
	// a paper boat
	// my draft
}
