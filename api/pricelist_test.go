package api

import (
	"math"
	"slices"
	"testing"
)

// TestPriceList: the rows with a price per request are read, in CometAPI's shape, with and without a key, at the origin of the base URL.
// No key is sent.
func TestPriceList(t *testing.T) {
	t.Parallel()
	server, address := newServer(t, 200, `{"success":true,"total":4,"data":[
		{"id":"gpt-image-2","provider":"OpenAI","pricing":{"currency":"USD / M Tokens","input":4,"per_request":null}},
		{"id":"black-forest-labs/flux-2-flex","provider":"Black Forest Labs","pricing":{"per_request":0.24,"ratio":0.8}},
		{"id":"flux-dev","pricing":{"per_request":0.02}},
		{"id":"flux-x","pricing":{"per_request":-3}}]}`)
	row, _ := FindProvider(CometAPI)
	client, err := New(Options{Provider: row, BaseURL: address + "/replicate/v1", Key: NewSecret(canary)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.CloseIdle)
	prices, models, err := client.PriceList(t.Context())
	if err != nil || models != 4 || len(prices) != 2 {
		t.Fatalf("%d models, %+v, %v", models, prices, err)
	}
	if p := prices[0]; p.ID != "black-forest-labs/flux-2-flex" || p.Maker != "Black Forest Labs" || math.Abs(p.PerRequest-0.192) > 1e-12 {
		t.Errorf("%+v", p)
	}
	r := server.requests()[0]
	if r.Method != "GET" || r.URL.Path != "/api/models" || r.Header.Get("Authorization") != "" {
		t.Errorf("%s %s, authorization %q", r.Method, r.URL.Path, r.Header.Get("Authorization"))
	}
	// A row that is not as expected costs no other its price, and a number may be written as a text.
	server.respond(200, `{"data":[{"id":7,"pricing":{"per_request":1}},{"id":"a","pricing":"none"},{"id":"b","pricing":null},"c",null,
		{"id":"d","provider":3,"pricing":{"per_request":"0.5","ratio":"0.8"}},{"id":"e","pricing":{"per_request":1,"ratio":"half"}},
		{"id":"f","pricing":{"per_request":"NaN"}},{"id":"g","pricing":{"currency":"usd","per_request":0.25,"ratio":null}},
		{"id":"h","pricing":{"currency":"CNY","per_request":0.25}},{"id":"i","pricing":{"currency":7,"per_request":0.25}}]}`)
	prices, models, err = client.PriceList(t.Context())
	if want := []ListedPrice{{ID: "d", PerRequest: 0.4}, {ID: "g", PerRequest: 0.25}}; err != nil || models != 11 || !slices.Equal(prices, want) {
		t.Errorf("%d models, %+v, %v; want %+v", models, prices, err, want)
	}
	for body, code := range map[string]Code{`<html>`: CodeNoSuchRoute, `{"data":{}}`: CodeBadResponse, `{}`: CodeBadResponse, `{"data":[]}`: CodeBadResponse, `[]`: CodeBadResponse} {
		server.respond(200, body)
		if _, _, err := client.PriceList(t.Context()); err == nil || AsError(err).Code != code {
			t.Errorf("%s: %v", body, err)
		}
	}
	if _, _, err := newClient(t, address).PriceList(t.Context()); err == nil || AsError(err).Code != CodeNoSuchRoute {
		t.Errorf("Replicate, which has no list: %v", err)
	}
}
