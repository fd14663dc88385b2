package params_test

import (
	"fmt"

	"tintype/ui/params"
)

func ExampleOf() {
	for _, v := range params.Of(map[string]any{"prompt": "a boat", "output_quality": 90, "aspect_ratio": "9:16", "go_fast": true}) {
		fmt.Println(v.Text)
	}
	// Output:
	// 9:16
	// quality 90
	// go fast on
}
