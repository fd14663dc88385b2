package runner_test

import (
	"context"
	"fmt"
	"os"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// A purchase as the command line makes it: Submit, and Run to the end.
func Example() {
	dir, err := os.MkdirTemp("", "tintype")
	check(err)
	defer os.RemoveAll(dir)
	h, err := history.Open(history.Options{Dir: dir, App: "example", Now: time.Now})
	check(err)
	defer h.Close()
	server, err := demo.New(demo.Options{BaseURL: demotest.Origin, Now: time.Now})
	check(err)
	server.UpdateBehaviour(func(b *demo.Behaviour) { b.Duration = time.Millisecond })
	provider, _ := api.FindProvider(api.Demo)
	options := demotest.ClientOptions(provider, server.Transport())
	options.BaseURL = demotest.Origin + "/v1"
	client, err := api.New(options)
	check(err)

	r := runner.New(runner.Options{Client: client, History: h})
	_, task := r.Submit(runner.Draft{Model: "flux-schnell", Input: input("A paper boat.")})
	row := r.Run(context.Background(), task, func(c runner.Change) {
		if c.Row.State != c.Before {
			fmt.Println(c.Before, "→", c.Row.State)
		}
	})
	check(r.Close(context.Background()))
	fmt.Println(len(row.Outputs), "picture")
	// Output:
	// creating → waiting
	// waiting → saving
	// saving → done
	// 1 picture
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
