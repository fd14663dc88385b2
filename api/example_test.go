package api_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"

	"tintype/api"
)

// replicate answers like Replicate: a create, then a poll that finds the prediction succeeded.
func replicate() *httptest.Server {
	return httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			w.WriteHeader(http.StatusCreated)
			fmt.Fprint(w, `{"id":"q4chw5rey9","status":"starting"}`)
			return
		}
		fmt.Fprint(w, `{"id":"q4chw5rey9","status":"succeeded","output":["data:text/plain,a%20picture"]}`)
	}))
}

// Buy a prediction, poll it once, and download its picture.
func ExampleClient() {
	server := replicate()
	defer server.Close()
	provider, _ := api.FindProvider(api.Replicate)
	client, err := api.New(api.Options{Provider: provider, BaseURL: server.URL, Key: api.NewSecret("r8_example")})
	if err != nil {
		fmt.Println(err)
		return
	}
	ctx := context.Background()
	created, err := client.Create(ctx, api.CreateRequest{
		Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "a paper boat"},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(created.ID, created.Status)
	p, err := client.Get(ctx, created.ID)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(p.Status, len(p.Output))
	if _, err := client.Download(ctx, p.Output[0], api.Resume{}, os.Stdout); err != nil {
		fmt.Println(err)
	}
	// Output:
	// q4chw5rey9 starting
	// succeeded 1
	// a picture
}

// After a failed create, the error says whether it may be sent again.
func ExampleAsError() {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusTooManyRequests)
		fmt.Fprint(w, `{"detail":"Request was throttled. Your rate limit resets in ~30s."}`)
	}))
	defer server.Close()
	provider, _ := api.FindProvider(api.Replicate)
	client, err := api.New(api.Options{Provider: provider, BaseURL: server.URL, Key: api.NewSecret("r8_example")})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = client.Create(context.Background(), api.CreateRequest{Model: "black-forest-labs/flux-schnell"})
	e := api.AsError(err)
	fmt.Println(e.Code, e.Outcome, e.RetryAfter)
	fmt.Println(e)
	// Output:
	// rate asked to wait 30s
	// Replicate asks to wait 30 s: Request was throttled. Your rate limit resets in ~30s. Nothing is billed.
}

// A Secret is never printed.
func ExampleSecret() {
	fmt.Printf("%v %q %#v\n", api.NewSecret("r8_example"), api.NewSecret("r8_example"), api.Options{Key: api.NewSecret("r8_example")}.Key)
	// Output: [redacted] [redacted] [redacted]
}

func ExampleCheckBaseURL() {
	fmt.Println(api.CheckBaseURL("https://api.cometapi.com/replicate/v1/"))
	fmt.Println(api.CheckBaseURL("http://example.com"))
	// Output:
	// https://api.cometapi.com/replicate/v1 <nil>
	//  The base URL is plain http, which would send the key unprotected. Use https; http is for this machine alone.
}

func ExamplePrediction_Progress() {
	p := api.Prediction{Status: api.Processing, Logs: "Using seed: 7\n 75%|███████▌  | 3/4 [00:00<00:00, 15.38it/s]\n"}
	seed, _ := p.Seed()
	progress, known := p.Progress()
	fmt.Println(seed, progress, known)
	// Output: 7 0.75 true
}
