package history_test

import (
	"context"
	"fmt"
	"log"
	"os"
	"time"

	"tintype/history"
)

func Example() {
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)

	h, err := history.Open(history.Options{Dir: dir, App: "example 1.0"})
	if err != nil {
		log.Fatal(err)
	}
	defer h.Close()
	if err := h.WriteError(); err != nil {
		log.Fatal(err) // it can be read, and nothing may be bought
	}

	key := history.NewKey(time.Now())
	_, err = h.Append(key, func(e history.Entry) history.Entry {
		e.State, e.Model = history.Creating, "black-forest-labs/flux-schnell"
		e.Input = map[string]any{"prompt": "a paper boat"}
		return e
	})
	if err != nil {
		log.Fatal(err)
	}
	newest, err := h.Latest(10)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(newest[0].Prompt(), newest[0].State)
	// Output: a paper boat creating
}

// The function given to Append gets what all programs have recorded so far, under the lock; it changes what it must and returns the
// rest as it is.
func ExampleHistory_Append() {
	h, remove := openExample("a paper boat")
	defer remove()
	key := h.Keys().At(0)
	for range 2 {
		e, err := h.Append(key, func(e history.Entry) history.Entry {
			e.Star = true
			return e
		})
		if err != nil {
			log.Fatal(err)
		}
		fmt.Println(e.Prompt(), e.Star, e.Rev) // the second time nothing changes, so nothing is written
	}
	// Output:
	// a paper boat true 2
	// a paper boat true 2
}

func ExampleHistory_Search() {
	h, remove := openExample("a paper boat at sunrise", "a lighthouse at dusk", "a red boat at dusk")
	defer remove()
	query, err := history.ParseQuery(`boat -red`, time.Now())
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	if err := h.BuildIndex(ctx); err != nil {
		log.Fatal(err)
	}
	keys, total, err := h.Search(ctx, query, 100)
	if err != nil {
		log.Fatal(err)
	}
	entries, err := h.Entries(keys.All())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(total, entries[0].Prompt())
	// Output: 1 a paper boat at sunrise
}

// openExample returns a history of predictions with these prompts, and a function that closes and removes it.
func openExample(prompts ...string) (h *history.History, remove func()) {
	dir, err := os.MkdirTemp("", "history")
	if err != nil {
		log.Fatal(err)
	}
	h, err = history.Open(history.Options{Dir: dir, App: "example 1.0"})
	if err != nil {
		log.Fatal(err)
	}
	for _, prompt := range prompts {
		_, err := h.Append(history.NewKey(time.Now()), func(e history.Entry) history.Entry {
			e.State, e.Input = history.Done, map[string]any{"prompt": prompt}
			return e
		})
		if err != nil {
			log.Fatal(err)
		}
	}
	return h, func() {
		_ = h.Close()
		_ = os.RemoveAll(dir)
	}
}
