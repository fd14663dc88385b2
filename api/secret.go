package api

import (
	"fmt"
	"io"
	"log/slog"
)

// redacted replaces a secret wherever it would be printed.
const redacted = "[redacted]"

// Secret is an API key that cannot be printed: every conversion to text gives "[redacted]". Only this package's
// transport reads it. The zero value is no key. The key is kept in a closure, so that reflection on unexported fields
// does not find it either.
type Secret struct{ read func() string }

// NewSecret wraps a key; "" gives the zero value.
func NewSecret(key string) Secret {
	if key == "" {
		return Secret{}
	}
	return Secret{read: func() string { return key }}
}

// IsZero reports whether there is no key.
func (s Secret) IsZero() bool { return s.read == nil }

// String returns "[redacted]".
func (s Secret) String() string { return redacted }

// GoString returns "[redacted]".
func (s Secret) GoString() string { return redacted }

// Format prints "[redacted]" for every verb and flag.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, redacted) }

// MarshalText returns "[redacted]".
func (s Secret) MarshalText() ([]byte, error) { return []byte(redacted), nil }

// MarshalJSON returns "[redacted]", quoted.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + redacted + `"`), nil }

// LogValue returns "[redacted]".
func (s Secret) LogValue() slog.Value { return slog.StringValue(redacted) }

// reveal returns the key itself.
func (s Secret) reveal() string {
	if s.read == nil {
		return ""
	}
	return s.read()
}
