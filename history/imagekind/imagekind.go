// Package imagekind says what kind of picture a file is, by its first bytes and never by its name or a server's words. It is the one rule
// for pictures that are saved, shown and sent. Some kinds are not pictures, but models make them too, and their files need a name.
package imagekind

import (
	"bytes"
	"strings"
)

// Kind is a kind of file. The zero Kind is an unknown one.
type Kind struct {
	Name    string // for people: "JPEG"
	Ext     string // with a dot: ".jpg"; "" for kinds that are saved as ".bin"
	MIME    string // "image/jpeg"
	Decoded bool   // tintype shows and sends it; the other kinds are only named
}

// DecodedNames lists the kinds that are shown and sent, for a sentence.
const DecodedNames = "WebP, PNG, JPEG and GIF"

// HeadSize is the most that Of needs of a file, in bytes.
const HeadSize = 1024

// The kinds that are shown and sent.
var (
	WebP = Kind{"WebP", ".webp", "image/webp", true}
	PNG  = Kind{"PNG", ".png", "image/png", true}
	JPEG = Kind{"JPEG", ".jpg", "image/jpeg", true}
	GIF  = Kind{"GIF", ".gif", "image/gif", true}
)

// The kinds that more than one rule recognises.
var (
	avif     = Kind{Name: "AVIF", Ext: ".avif", MIME: "image/avif"}
	heic     = Kind{Name: "HEIC", Ext: ".heic", MIME: "image/heic"}
	mp3      = Kind{Name: "MP3", Ext: ".mp3", MIME: "audio/mpeg"}
	mp4      = Kind{Name: "MP4", Ext: ".mp4", MIME: "video/mp4"}
	tiff     = Kind{Name: "TIFF", Ext: ".tiff", MIME: "image/tiff"}
	jpegXL   = Kind{Name: "JPEG XL", Ext: ".jxl", MIME: "image/jxl"}
	jpeg2000 = Kind{Name: "JPEG 2000", Ext: ".jp2", MIME: "image/jp2"}
	svg      = Kind{Name: "SVG", MIME: "image/svg+xml"}
)

// prefixes are the first bytes of kinds, from the specifications: RFC 2083, ITU-T T.81, GIF89a, Adobe TIFF 6.0, ISO 18181-2, ISO 15444-1,
// and the makers' own.
var prefixes = []struct {
	magic string
	kind  Kind
}{
	{"\x89PNG\r\n\x1a\n", PNG},
	{"\xff\xd8\xff", JPEG},
	{"GIF87a", GIF},
	{"GIF89a", GIF},
	{"II*\x00", tiff},
	{"MM\x00*", tiff},
	{"II+\x00", tiff},
	{"MM\x00+", tiff},
	{"\xff\x0a", jpegXL},
	{"\x00\x00\x00\x0cJXL \r\n\x87\n", jpegXL},
	{"\x00\x00\x00\x0cjP  \r\n\x87\n", jpeg2000},
	{"\xff\x4f\xff\x51", jpeg2000},
	{"8BPS", Kind{Name: "PSD", MIME: "image/vnd.adobe.photoshop"}},
	{"gimp xcf", Kind{Name: "XCF", MIME: "image/x-xcf"}},
	{"\x00\x00\x01\x00", Kind{Name: "ICO", MIME: "image/x-icon"}},
	{"v/1\x01", Kind{Name: "OpenEXR", MIME: "image/x-exr"}},
	{"#?RADIANCE", Kind{Name: "Radiance HDR", MIME: "image/vnd.radiance"}},
	{"qoif", Kind{Name: "QOI", MIME: "image/qoi"}},
	{"DDS ", Kind{Name: "DDS", MIME: "image/vnd.ms-dds"}},
	{"%PDF-", Kind{Name: "PDF", MIME: "application/pdf"}},
	{"%!PS", Kind{Name: "PostScript", MIME: "application/postscript"}},
	{"\x1aE\xdf\xa3", Kind{Name: "WebM", Ext: ".webm", MIME: "video/webm"}},
	{"OggS", Kind{Name: "Ogg", Ext: ".ogg", MIME: "audio/ogg"}},
	{"fLaC", Kind{Name: "FLAC", Ext: ".flac", MIME: "audio/flac"}},
	{"ID3", mp3},
	{"\xff\xfb", mp3},
	{"glTF", Kind{Name: "glTF", Ext: ".glb", MIME: "model/gltf-binary"}},
	{"PK\x03\x04", Kind{Name: "ZIP", Ext: ".zip", MIME: "application/zip"}},
}

// Of returns the kind of a file from its first HeadSize bytes.
func Of(head []byte) Kind {
	for _, p := range prefixes {
		if bytes.HasPrefix(head, []byte(p.magic)) {
			return p.kind
		}
	}
	switch {
	case isWebP(head):
		return WebP
	case len(head) >= 12 && string(head[4:8]) == "ftyp":
		return ofBrand(string(head[8:12]), brands(head))
	case isBMP(head):
		return Kind{Name: "BMP", Ext: ".bmp", MIME: "image/bmp"}
	case isNetpbm(head):
		return Kind{Name: "Netpbm", MIME: "image/x-portable-anymap"}
	case isSVG(head):
		return svg
	}
	return Kind{}
}

// isWebP: RFC 9649, 2.4.
func isWebP(head []byte) bool {
	return len(head) >= 12 && string(head[:4]) == "RIFF" && string(head[8:12]) == "WEBP"
}

// brands returns the compatible brands of a file type box (ISO 14496-12, 4.3), joined.
func brands(head []byte) string {
	end := int(head[0])<<24 | int(head[1])<<16 | int(head[2])<<8 | int(head[3])
	return string(head[min(16, len(head)):max(min(end, len(head)), min(16, len(head)))])
}

// ofBrand returns the kind of an ISO base media file by its major brand, or by its compatible brands if the major one is generic.
func ofBrand(major, compatible string) Kind {
	switch major {
	case "avif", "avis":
		return avif
	case "heic", "heix", "hevc", "hevx", "heim", "heis":
		return heic
	case "mif1", "msf1":
		if strings.Contains(compatible, "avif") {
			return avif
		}
		return heic
	case "jp2 ":
		return jpeg2000
	case "jxl ":
		return jpegXL
	}
	return mp4
}

// isBMP also checks the length of the second header, since a text may begin with "BM".
func isBMP(head []byte) bool {
	if len(head) < 18 || string(head[:2]) != "BM" {
		return false
	}
	switch head[14] {
	case 12, 40, 52, 56, 64, 108, 124:
		return head[15] == 0 && head[16] == 0 && head[17] == 0
	}
	return false
}

// isNetpbm: P1 to P6, white space, and a number or a comment.
func isNetpbm(head []byte) bool {
	return len(head) >= 4 && head[0] == 'P' && head[1] >= '1' && head[1] <= '6' && strings.IndexByte(" \t\r\n", head[2]) >= 0 &&
		(head[3] == '#' || head[3] >= '0' && head[3] <= '9')
}

// isSVG reports whether the first element of an XML text is svg. A page of HTML may have one further down.
func isSVG(head []byte) bool {
	text := strings.TrimLeft(strings.TrimPrefix(string(head[:min(len(head), HeadSize)]), "\ufeff"), " \t\r\n")
	for {
		end := ">"
		switch {
		case strings.HasPrefix(text, "<svg"):
			return true
		case strings.HasPrefix(text, "<!--"):
			end = "-->"
		case strings.HasPrefix(text, "<?"), strings.HasPrefix(text, "<!DOCTYPE svg"):
		default:
			return false
		}
		_, rest, found := strings.Cut(text, end)
		if !found {
			return false
		}
		text = strings.TrimLeft(rest, " \t\r\n]>")
	}
}
