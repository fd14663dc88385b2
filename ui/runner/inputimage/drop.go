package inputimage

import (
	"context"
	"net/url"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"tintype/api"
	"tintype/history/imagekind"
)

// endings are the endings of files and URLs that are taken for pictures.
var endings = []string{".png", ".jpg", ".jpeg", ".webp", ".gif", ".bmp", ".tif", ".tiff", ".heic", ".avif"}

func endsAsPicture(name string) bool {
	return slices.Contains(endings, strings.ToLower(path.Ext(name)))
}

// ParseDrop returns the paths, URLs and data: URIs in a pasted text if it has nothing else, as terminals and file managers write them when
// files are dropped: in quotes, with escaped spaces, as file: URLs, one a line or several in a line. It returns none
// for a text that has more than that. It reads no files: IsPicture says whether one of them is really there.
func ParseDrop(pasted string) []string {
	pasted = strings.TrimSpace(pasted)
	if strings.HasPrefix(pasted, "data:image/") && !strings.ContainsAny(pasted, " \n\t") {
		return []string{pasted}
	}
	const longest = 1 << 15
	if pasted == "" || len(pasted) > longest {
		return nil
	}
	var all []string
	for line := range strings.Lines(pasted) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		words := splitWords(line)
		if slices.ContainsFunc(words, func(word string) bool { return !isDropped(word) }) {
			if words = []string{line}; !isDropped(line) {
				return nil
			}
		}
		all = append(all, words...)
	}
	return all
}

// isDropped reports whether a word is an absolute path, or the URL of a picture.
func isDropped(word string) bool {
	word = strings.Trim(word, `'"`)
	lower := strings.ToLower(word)
	for _, scheme := range []string{"http://", "https://"} {
		if rest, ok := strings.CutPrefix(lower, scheme); ok {
			u, err := url.Parse(word)
			return err == nil && rest != "" && !strings.ContainsAny(word, " \t") && endsAsPicture(u.Path)
		}
	}
	isDrive := len(lower) > 3 && lower[0] >= 'a' && lower[0] <= 'z' && lower[1] == ':' && (lower[2] == '\\' || lower[2] == '/')
	return isDrive || len(word) > 1 && (word[0] == '/' || strings.HasPrefix(word, `\\`)) || strings.HasPrefix(word, "~/") || strings.HasPrefix(lower, "file:/")
}

// splitWords splits a line at its blanks, as a shell does. Quotes and backslashes stay in the words.
func splitWords(line string) []string {
	var words []string
	var word strings.Builder
	quote := rune(0)
	escaped := false
	for _, r := range line {
		switch {
		case escaped:
			escaped = false
		case r == '\\' && runtime.GOOS != "windows" && quote != '\'':
			escaped = true
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote = r
		case quote == 0 && (r == ' ' || r == '\t'):
			if word.Len() > 0 {
				words = append(words, word.String())
				word.Reset()
			}
			continue
		}
		word.WriteRune(r)
	}
	if word.Len() > 0 {
		words = append(words, word.String())
	}
	return words
}

// IsPicture reports whether what ParseDrop returned is a picture, or a file that calls itself one. Other files, folders and what is not there
// are only text.
func (im Importer) IsPicture(ctx context.Context, dropped string) bool {
	if api.IsDataURL(dropped) || strings.HasPrefix(dropped, "http") {
		return true
	}
	file := im.path(dropped)
	info, err := os.Stat(file)
	if err != nil || !info.Mode().IsRegular() || ctx.Err() != nil {
		return false
	}
	if endsAsPicture(file) {
		return true
	}
	f, err := os.Open(file)
	if err != nil {
		return false
	}
	defer f.Close()
	head := make([]byte, imagekind.HeadSize)
	n, _ := f.Read(head)
	return strings.HasPrefix(imagekind.Of(head[:n]).MIME, "image/")
}
