package api

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

const canary = "CANARY-not-a-key-0123456789"

// The key cannot be printed: with every verb, in every container, in JSON, text and slog it is "[redacted]".
func TestSecurityKeyIsNeverPrinted(t *testing.T) {
	t.Parallel()
	secret := NewSecret(canary)
	type holder struct {
		Name   string
		Key    Secret
		hidden Secret
	}
	h := holder{Name: "x", Key: secret, hidden: secret}
	var out bytes.Buffer
	client := newClient(t, "http://127.0.0.1:1")
	things := []any{
		secret, &secret, h, &h,
		Options{Key: secret},
		[]Secret{secret},
		map[Name]Secret{"x": secret},
		[1]any{secret},
		client, *client,
		client.readTransport, fmt.Errorf("with %v and %s: %w", secret, secret, &Error{Code: CodeOther, Detail: "x"}), fmt.Errorf("%w", keyError{secret}),
	}
	for verb := 'A'; verb <= 'z'; verb++ {
		for _, flags := range []string{"", "+", "#", "-20", " ", "0", ".3", "#+"} {
			for _, thing := range things {
				fmt.Fprintf(&out, "%"+flags+string(verb)+"\n", thing)
			}
		}
	}
	func() {
		defer func() { fmt.Fprintf(&out, "%v %+v", recover(), h) }()
		panic(h)
	}()
	fmt.Fprintln(&out, secret.String(), secret.GoString())
	encoded, err := json.Marshal(map[string]any{"key": secret, "in": h})
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	logger.Info("x", "key", secret, "holder", h)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "key", secret, "holder", h)
	if err := xml.NewEncoder(&out).EncodeElement(secret, xml.StartElement{Name: xml.Name{Local: "key"}}); err != nil {
		t.Fatal(err)
	}
	checkNoKey(t, canary, out.String())
	for _, piece := range []string{"CAN", "not-a-key", fmt.Sprintf("%X", "CANARY"), fmt.Sprint([]byte("CANARY"))} {
		if strings.Contains(out.String(), piece) {
			t.Errorf("%q of the key was printed", piece)
		}
	}
	if !strings.Contains(out.String(), `"key":"[redacted]"`) {
		t.Error("no [redacted] in the JSON")
	}
}

// Name is a key of a map.
type Name string

// keyError is an error that holds a secret.
type keyError struct{ key Secret }

func (e keyError) Error() string { return fmt.Sprint(e.key) }

func TestSecretZero(t *testing.T) {
	t.Parallel()
	if !NewSecret("").IsZero() || NewSecret("a").IsZero() {
		t.Error("IsZero is wrong")
	}
	if NewSecret("abc").reveal() != "abc" || (Secret{}).reveal() != "" {
		t.Error("reveal is wrong")
	}
}
