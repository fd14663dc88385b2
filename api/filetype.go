package api

import (
	"bytes"
	"mime"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strings"
	"unicode/utf8"
)

// claims are what a server says about an output without showing it.
type claims struct {
	media     string // the Content-Type without parameters, in lower case; "" if there is none
	extension string // of the output's address, in lower case, with its dot; "" if there is none
	isData    bool   // it is a data: URL: its media type is all that can be claimed
}

// newClaims reads a Content-Type and the output's address.
func newClaims(contentType, address string) claims {
	media, _, err := mime.ParseMediaType(contentType)
	if err != nil {
		media, _, _ = strings.Cut(strings.ToLower(contentType), ";")
	}
	said := claims{media: strings.TrimSpace(media)}
	if said.isData = IsDataURL(address); said.isData {
		return said
	}
	if u, err := url.Parse(address); err == nil {
		said.extension = strings.ToLower(path.Ext(u.Path))
	}
	return said
}

// isOutput reports whether bytes that begin with head may be an output that was paid for, rather than an error of the
// server. It is the one rule about that:
//
//   - Bytes of a known type of picture, video, sound, archive, document or model are an output, whatever the server says.
//   - Text is an output only if the Content-Type and the address's extension both say so, as for a model that writes
//     text. An HTML page never is.
//   - Other bytes are an output unless the server says that they are a picture or text: then they are neither.
func (c claims) isOutput(head []byte) bool {
	switch {
	case len(head) == 0:
		return false
	case isKnownType(head):
		return true
	case isText(head):
		return c.isTextOutput(head)
	}
	return !strings.HasPrefix(c.media, "image/") && !strings.HasPrefix(c.media, "text/") && !strings.Contains(c.media, "json") &&
		!slices.Contains(pictureExtensions, c.extension)
}

// pictureExtensions are the extensions of addresses of pictures.
var pictureExtensions = []string{".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif", ".heic", ".jxl", ".tif", ".tiff", ".bmp", ".svg"}

// textMedia are the media types, by their beginning, that agree with an extension of a text.
var textMedia = map[string][]string{
	".txt": {"text/plain"}, ".md": {"text/markdown", "text/plain"}, ".csv": {"text/csv", "text/plain"},
	".json": {"application/json"}, ".jsonl": {"application/json", "application/x-ndjson"},
	".srt": {"text/plain", "application/x-subrip"}, ".vtt": {"text/vtt"}, ".gltf": {"model/"},
	".obj": {"model/", "text/plain"}, ".ply": {"model/", "text/plain"}, ".stl": {"model/", "text/plain"},
}

func (c claims) isTextOutput(head []byte) bool {
	if strings.HasPrefix(http.DetectContentType(head), "text/html") {
		return false
	}
	if c.isData {
		return c.media == "" || c.media != "text/html" && !strings.HasPrefix(c.media, "image/")
	}
	return slices.ContainsFunc(textMedia[c.extension], func(media string) bool { return strings.HasPrefix(c.media, media) })
}

// isText reports whether bytes are text: they have no control characters but white space, and are UTF-8 but for a few
// bytes, as texts in older encodings are; or they begin with a mark of UTF-16.
func isText(head []byte) bool {
	if bytes.HasPrefix(head, []byte("\xff\xfe")) || bytes.HasPrefix(head, []byte("\xfe\xff")) {
		return true
	}
	foreign := 0
	for _, r := range string(head) {
		switch {
		case r < ' ' && !strings.ContainsRune("\t\n\r\f\x1b", r) || r == 0x7f:
			return false
		case r == utf8.RuneError:
			foreign++
		}
	}
	return foreign*4 <= len(head)
}

// isKnownType recognises a type of file by its first bytes. It takes more for an output than history/imagekind gives names to
// (sounds, archives, fonts, what browsers know), and this package imports no other of the program, so the two have lists of their own.
func isKnownType(head []byte) bool {
	if isSVG(head) || bytes.HasPrefix(head, []byte("%PDF-")) {
		return true
	}
	if isText(head) {
		return false
	}
	for _, known := range signatures {
		if at := known.offset; len(head) >= at && bytes.HasPrefix(head[at:], []byte(known.bytes)) {
			return true
		}
	}
	seen := http.DetectContentType(head) // pictures, sounds, videos, archives and fonts, as browsers do
	return seen != "application/octet-stream" && !strings.HasPrefix(seen, "text/")
}

// signatures are the first bytes of types that net/http does not know.
var signatures = []struct {
	offset int
	bytes  string
}{
	{4, "ftyp"},                    // AVIF, HEIC, MP4, QuickTime (ISO 14496-12)
	{0, "II*\x00"}, {0, "MM\x00*"}, // TIFF
	{0, "II+\x00"}, {0, "MM\x00+"}, // BigTIFF
	{0, "\xff\x0a"}, {4, "JXL \r\n\x87\n"}, // JPEG XL
	{4, "jP  \r\n\x87\n"}, {0, "\xff\x4f\xff\x51"}, // JPEG 2000
	{0, "8BPS"}, {0, "qoif"}, {0, "v/1\x01"}, {0, "#?RADIANCE\n"}, {0, "DDS "}, // Photoshop, QOI, OpenEXR, HDR, DDS
	{0, "fLaC"}, {0, "\xff\xfb"}, {0, "\xff\xf3"}, {0, "\xff\xf2"}, {0, "\xff\xf1"}, {0, "\xff\xf9"}, // FLAC, MP3, AAC
	{4, "moov"}, {4, "mdat"}, {0, "FLV\x01"}, {0, "\x00\x00\x01\xba"}, // older QuickTime, Flash, MPEG
	{0, "glTF"}, {0, "ply\n"}, {0, "\x93NUMPY"}, {0, "GGUF"}, // models and arrays
	{0, "7z\xbc\xaf\x27\x1c"}, {0, "\xfd7zXZ\x00"}, {0, "BZh"}, {257, "ustar"}, // archives
}

// isSVG reports whether a text is an SVG picture: its first element is svg.
func isSVG(head []byte) bool {
	if !isText(head) {
		return false
	}
	text := strings.ToLower(strings.TrimLeft(strings.TrimPrefix(string(head), "\ufeff"), " \t\r\n"))
	for strings.HasPrefix(text, "<?") || strings.HasPrefix(text, "<!--") || strings.HasPrefix(text, "<!doctype svg") {
		end := ">"
		if strings.HasPrefix(text, "<!--") {
			end = "-->"
		}
		_, rest, found := strings.Cut(text, end)
		if !found {
			return false
		}
		text = strings.TrimLeft(rest, " \t\r\n")
	}
	return strings.HasPrefix(text, "<svg")
}
