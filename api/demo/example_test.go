package demo_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"tintype/api/demo"
)

// A server in memory, whose first create is answered with an error.
func ExampleServer_Transport() {
	server, err := demo.New(demo.Options{Behaviour: demo.Behaviour{
		Duration: time.Millisecond,
		Faults:   []demo.Fault{{On: demo.Create, Times: 1, Status: http.StatusServiceUnavailable}},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	client := http.Client{Transport: server.Transport()}
	for range 2 {
		r, _ := http.NewRequest("POST", "http://demo/v1/models/black-forest-labs/flux-schnell/predictions",
			strings.NewReader(`{"input":{"prompt":"a paper boat"}}`))
		r.Header.Set("Authorization", "Bearer any-key")
		resp, err := client.Do(r)
		if err != nil {
			fmt.Println(err)
			return
		}
		resp.Body.Close()
		fmt.Println(resp.Status)
	}
	fmt.Println(server.Counts().Accepted, "accepted")
	// Output:
	// 503 Service Unavailable
	// 201 Created
	// 1 accepted
}
