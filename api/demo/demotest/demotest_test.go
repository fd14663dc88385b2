package demotest_test

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"image"
	"net/url"
	"testing"

	_ "golang.org/x/image/webp"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// TestFindKey makes sure that a leaked key would be found.
func TestFindKey(t *testing.T) {
	const key = demotest.Key
	for _, text := range []string{
		key, "Bearer " + key, "a" + key + "b", url.QueryEscape("k " + key), "/" + url.PathEscape(key),
		base64.StdEncoding.EncodeToString([]byte(key)), base64.StdEncoding.EncodeToString([]byte("Bearer " + key + "\n")),
		base64.URLEncoding.EncodeToString([]byte("ab" + key)), hex.EncodeToString([]byte("x" + key)), `{"key":"CANARY-not/a+key=\u0026%7E"}`,
	} {
		if demotest.FindKey([]byte(text)) == "" {
			t.Errorf("not found in %q", text)
		}
	}
	if form := demotest.FindKey([]byte("CANARY-not a key")); form != "" {
		t.Errorf("%q is found where it is not", form)
	}
}

func TestPictures(t *testing.T) {
	for format, file := range map[string][]byte{
		"png": demotest.PNG(5, 3), "jpeg": demotest.JPEG(5, 3), "gif": demotest.GIF(5, 3), "webp": demotest.WebP(5, 3),
	} {
		c, got, err := image.DecodeConfig(bytes.NewReader(file))
		if err != nil || got != format || c.Width != 5 || c.Height != 3 {
			t.Errorf("%s: %s %d×%d, %v", format, got, c.Width, c.Height, err)
		}
	}
}

// TestClientReachesServer creates a prediction as each provider.
func TestClientReachesServer(t *testing.T) {
	server := demotest.NewServer(t, demo.Options{})
	for _, name := range []string{api.Demo, api.Replicate, api.CometAPI} {
		provider, _ := api.FindProvider(name)
		client, err := api.New(demotest.ClientOptions(provider, server.Transport()))
		if err != nil {
			t.Fatal(err)
		}
		if p, err := client.Create(t.Context(), api.CreateRequest{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "x"}}); err != nil || p.ID == "" {
			t.Errorf("%s: %+v, %v", name, p, err)
		}
	}
	if n := server.Counts().Accepted; n != 3 {
		t.Errorf("%d creates accepted", n)
	}
}
