package text_test

import (
	"fmt"

	"tintype/ui/text"
)

// An escape sequence that would clear the screen becomes visible.
func ExampleClean() {
	fmt.Println(text.Clean("a paper\nboat\x1b[2J"))
	// Output:
	// a paper
	// boat␛[2J
}

func ExampleCleanLine() {
	fmt.Println(text.CleanLine("a paper\nboat\t\u202e!"))
	// Output: a paper boat !
}

func ExampleTruncate() {
	fmt.Println(text.Truncate("紙の船が浮かぶ", 6, "…"))
	// Output: 紙の…
}

func ExampleWrap() {
	for _, line := range text.Wrap("A paper boat on calm water", 12) {
		fmt.Println(line)
	}
	// Output:
	// A paper boat
	// on calm
	// water
}
