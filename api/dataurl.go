package api

import (
	"encoding/base64"
	"io"
	"net/url"
	"strings"
)

// IsDataURL reports whether an address is a data: URL, which holds the picture itself. The scheme may be in any case.
func IsDataURL(raw string) bool {
	return len(raw) >= 5 && strings.EqualFold(raw[:5], "data:")
}

// openDataURL returns a reader that decodes a data: URL (RFC 2397). It is false if the URL has no comma or a broken
// escape.
func openDataURL(raw string) (io.Reader, bool) {
	kind, data, found := strings.Cut(raw[5:], ",")
	if !found {
		return nil, false
	}
	if strings.Contains(data, "%") {
		plain, err := url.PathUnescape(data)
		if err != nil {
			return nil, false
		}
		data = plain
	}
	if !strings.HasSuffix(strings.ToLower(strings.TrimSpace(kind)), ";base64") {
		return strings.NewReader(data), true
	}
	data = strings.NewReplacer(" ", "", "\t", "").Replace(data) // the decoder skips line breaks, and nothing else
	encoding := base64.StdEncoding
	if strings.ContainsAny(data, "-_") {
		encoding = base64.URLEncoding
	}
	if !strings.HasSuffix(data, "=") {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	return base64.NewDecoder(encoding, strings.NewReader(data)), true
}
