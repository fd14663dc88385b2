package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "CANARY-not-a-key-0123456789"

func TestSecretIsNeverPrinted(t *testing.T) {
	secret := NewSecret(canary)
	type holder struct {
		Name   string
		Key    Secret
		hidden Secret
	}
	h := holder{Name: "x", Key: secret, hidden: secret}
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T", "%p", "%20s", "%t"} {
		fmt.Fprintf(&out, verb+"\n", secret)
		fmt.Fprintf(&out, verb+"\n", &secret)
		fmt.Fprintf(&out, verb+"\n", h)
		fmt.Fprintf(&out, verb+"\n", &h)
		fmt.Fprintf(&out, verb+"\n", Options{Key: secret})
	}
	fmt.Fprintln(&out, secret.String(), secret.GoString())
	encoded, err := json.Marshal(map[string]any{"key": secret, "in": h})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	logger.Info("x", "key", secret, "holder", h)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "key", secret, "holder", h)
	if strings.Contains(out.String(), canary) || strings.Contains(out.String(), fmt.Sprintf("%x", canary)) {
		t.Errorf("the key was printed:\n%s", out.String())
	}
	if !strings.Contains(out.String(), `"key":"[redacted]"`) {
		t.Error("no [redacted] in the JSON")
	}
}

func TestSecretZero(t *testing.T) {
	if !NewSecret("").IsZero() || NewSecret("a").IsZero() {
		t.Error("IsZero is wrong")
	}
	if NewSecret("abc").reveal() != "abc" || (Secret{}).reveal() != "" {
		t.Error("reveal is wrong")
	}
}
