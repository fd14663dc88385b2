package imagekind_test

import (
	"fmt"

	"tintype/history/imagekind"
)

func ExampleOf() {
	for _, head := range []string{"\x89PNG\r\n\x1a\n", "BM", "\x00\x00\x00\x18ftypheic", "<html>"} {
		kind := imagekind.Of([]byte(head))
		fmt.Printf("%q %q %t\n", kind.Name, kind.Ext, kind.Decoded)
	}
	// Output:
	// "PNG" ".png" true
	// "" "" false
	// "HEIC" ".heic" false
	// "" "" false
}
