package api

import (
	"encoding/base64"
	"io"
	"net/url"
	"strings"
)

// IsDataURL reports whether an address is the picture itself, a data: URL in
// whatever case.
func IsDataURL(raw string) bool {
	return len(raw) >= 5 && strings.EqualFold(raw[:5], "data:")
}

// openDataURL returns the bytes of a data: URL (RFC 2397), decoded as they are
// read; false when it has no comma or its escapes are broken.
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
	encoding := base64.StdEncoding
	if strings.ContainsAny(data, "-_") {
		encoding = base64.URLEncoding
	}
	if !strings.HasSuffix(data, "=") {
		encoding = encoding.WithPadding(base64.NoPadding)
	}
	return base64.NewDecoder(encoding, strings.NewReader(data)), true
}
