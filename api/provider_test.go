package api

import (
	"testing"
	"time"

	"tintype/api/model"
)

func TestProviders(t *testing.T) {
	t.Parallel()
	rows := Providers()
	if rows[0].Name != "cometapi" {
		t.Errorf("the default is %s", rows[0].Name)
	}
	rows[0].KeyNames[0] = "changed"
	if again, _ := FindProvider("cometapi"); again.KeyNames[0] != "COMETAPI_KEY" {
		t.Error("a caller can change the table")
	}
	for _, name := range []string{"cometapi", "replicate", "demo"} {
		p, ok := FindProvider(name)
		if !ok || p.Title == "" || p.GiveUpAge < 30*time.Minute {
			t.Errorf("%s: %+v", name, p)
		}
		if p.BaseURL != "" {
			if _, err := CheckBaseURL(p.BaseURL); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
	if comet := Providers()[0]; comet.MinPollInterval != time.Second || comet.PollTimeout < time.Minute || comet.CanList || comet.CanCancel {
		t.Errorf("cometapi: %+v", comet)
	}
	if replicate, _ := FindProvider("replicate"); replicate.MinPollInterval != 250*time.Millisecond || !replicate.CanList || !replicate.CanCancel || replicate.Free {
		t.Errorf("replicate: %+v", replicate)
	}
	if _, ok := FindProvider("other"); ok {
		t.Error("found a provider that is none")
	}
}

// Package model knows what is free without importing this package.
func TestFreeProvidersCostNothing(t *testing.T) {
	t.Parallel()
	for _, p := range Providers() {
		if _, known := model.Find("someone/else").Cost(p.Name, nil, nil); known != p.Free {
			t.Errorf("%s: free %v, cost known %v", p.Name, p.Free, known)
		}
	}
}

// A base URL is https, or http on this machine, and has no user name, password, query or fragment.
func TestSecurityHTTPSOnly(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		"https://api.cometapi.com/replicate/v1":  "https://api.cometapi.com/replicate/v1",
		"https://api.cometapi.com/replicate/v1/": "https://api.cometapi.com/replicate/v1",
		" https://a.example:8443/x ":             "https://a.example:8443/x",
		"http://127.0.0.1:8080/v1":               "http://127.0.0.1:8080/v1",
		"http://127.8.8.8":                       "http://127.8.8.8",
		"http://localhost:1":                     "http://localhost:1",
		"http://[::1]:99/v1":                     "http://[::1]:99/v1",
	} {
		if got, err := CheckBaseURL(raw); got != want || err != nil {
			t.Errorf("%q: %q, %v", raw, got, err)
		}
	}
	for _, raw := range []string{
		"", "/", "api.cometapi.com", "http://api.cometapi.com/replicate/v1", "http://10.0.0.1", "http://localhost.evil.example",
		"http://127.0.0.1.evil.example", "ftp://a.example", "https://", "https://u:p@a.example", "https://u@a.example",
		"https://a.example/?x=1", "https://a.example/?", "https://a.example/#f", "https:a.example", "https://a\x1b.example", "file:///etc/passwd",
		"http://localhost.", "http://127.0.0.1@evil.example", "http://evil.example#127.0.0.1", "http://[::ffff:10.0.0.1]", "http://0.0.0.0", "http://[::]",
		"http://0x7f.1", "http://2130706433", "http://169.254.169.254", "http://ⓛocalhost", "http://127.0.0.1%00.evil.example", "http://127.0.0.1\\@evil.example",
		"HTTP://a.example", "ws://127.0.0.1", "//127.0.0.1", "javascript:alert(1)", "data:,x", "http:127.0.0.1", "https://a.example\r\nX: y",
	} {
		if got, err := CheckBaseURL(raw); err == nil {
			t.Errorf("%q was accepted as %q", raw, got)
		}
		if _, err := New(Options{Provider: Provider{BaseURL: raw}, Key: NewSecret(canary)}); err == nil {
			t.Errorf("%q made a client", raw)
		}
	}
}

func TestNew(t *testing.T) {
	t.Parallel()
	comet := Providers()[0]
	demo, _ := FindProvider("demo")
	for name, o := range map[string]Options{
		"no base URL":   {Provider: demo},
		"plain http":    {Provider: comet, BaseURL: "http://api.cometapi.com"},
		"newline":       {Provider: comet, Key: NewSecret("abc\ndef")},
		"beyond ASCII":  {Provider: comet, Key: NewSecret("abcé")},
		"space in key":  {Provider: comet, Key: NewSecret("abc def")},
		"escape in key": {Provider: comet, Key: NewSecret("abc\x1b")},
	} {
		if _, err := New(o); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	c, err := New(Options{Provider: comet})
	if err != nil || c.HasKey() || c.BaseURL() != comet.BaseURL || c.Provider().Name != "cometapi" {
		t.Errorf("%+v, %v", c, err)
	}
	c, err = New(Options{Provider: demo, BaseURL: "http://127.0.0.1:1/v1"})
	if err != nil || !c.HasKey() {
		t.Errorf("the demo wants no key from a person: %v", err)
	}
}
