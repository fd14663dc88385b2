package api

import (
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// Limits of pictures within an answer. Each may be as large as any picture (pictureBytesLimit).
const (
	inlineBytesLimit = 256 << 20 // of all pictures of one answer
	inlineMin        = 4 << 10   // characters of base64 from which a picture leaves the text
)

// inlineMark begins what stands in the text of an answer in place of a picture's base64; its number and checksum follow. It is
// no base64, and a server that writes it gets no other picture than one of the same answer.
const inlineMark = "!picture:"

// Inline holds the pictures that came within an answer, in a file of their own: a row of a list keeps only the mark. The file
// is deleted when Inline is closed or no longer used, and on Unix has no name from the beginning.
type Inline struct {
	mu      sync.Mutex
	file    *os.File
	cleanup runtime.Cleanup
	parts   []inlinePart
}

// inlinePart is one picture.
type inlinePart struct {
	offset, size int64
	sum          string
	failure      *Error // why it is not in the file; nil if it is
}

// Close deletes the pictures. It may be called more than once, and on nil.
func (i *Inline) Close() {
	if i == nil {
		return
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	if i.file != nil {
		i.cleanup.Stop()
		removeFile(i.file)
		i.file = nil
	}
}

func removeFile(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name()) // on Unix it is gone already
}

// part returns the picture that a data: URL stands for; nil if it holds its picture itself.
func (i *Inline) part(url string) *inlinePart {
	_, mark, found := strings.Cut(url, inlineMark)
	if i == nil || !found || !IsDataURL(url) {
		return nil
	}
	number, _, _ := strings.Cut(mark, ":")
	n, err := strconv.Atoi(number)
	if err != nil || n < 0 || n >= len(i.parts) {
		return nil
	}
	return &i.parts[n]
}

// PictureSum returns the checksum of the picture in a data: URL, whether it holds the picture or a mark stands for it: an input
// comes back in answers with a mark. It is false for anything else.
func PictureSum(url string) (sum string, ok bool) {
	if !IsDataURL(url) {
		return "", false
	}
	if _, mark, found := strings.Cut(url, inlineMark); found {
		_, sum, ok = strings.Cut(mark, ":")
		return sum, ok
	}
	data, ok := openDataURL(url)
	if !ok {
		return "", false
	}
	hash := sha256.New()
	if _, err := io.Copy(hash, data); err != nil {
		return "", false
	}
	return hex.EncodeToString(hash.Sum(nil)), true
}

// Has reports whether an output of the answer is one of these pictures. DownloadInline then copies it.
func (i *Inline) Has(url string) bool { return i.part(url) != nil }

// DownloadInline writes a picture that came within an answer to w, like Download. Its errors: CodeBadResponse for broken base64
// and for nothing; CodeTooLarge above 64 MiB, or behind 256 MiB of others; CodeClient if w fails, or if the picture could not be
// kept, so that the prediction must be asked for again.
func (c *Client) DownloadInline(i *Inline, url string, w io.Writer) (Download, error) {
	d, failure := i.copy(url, w)
	if failure != nil {
		return d, c.completeError(opDownload, failure)
	}
	return d, nil
}

func (i *Inline) copy(url string, w io.Writer) (Download, *Error) {
	d := Download{Length: -1}
	part := i.part(url)
	if part == nil {
		return d, &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read"}
	}
	i.mu.Lock()
	defer i.mu.Unlock()
	switch {
	case part.failure != nil:
		failure := *part.failure
		return d, &failure
	case i.file == nil:
		return d, &Error{Code: CodeClient, Detail: "the answer that held it is closed"}
	}
	sink := &limitedWriter{w: w, limit: pictureBytesLimit}
	_, err := io.Copy(sink, io.NewSectionReader(i.file, part.offset, part.size))
	d.Written = sink.n
	switch {
	case sink.err != nil:
		return d, sink.asError()
	case err != nil:
		return d, &Error{Code: CodeClient, Detail: cutText(err.Error(), sentenceLimit), cause: err}
	}
	d.Length = sink.n
	return d, nil
}

// inlineWriter writes the pictures of one answer. Without a folder it only counts them.
type inlineWriter struct {
	dir    string
	limit  int64 // of all pictures together; 0 for inlineBytesLimit
	inline *Inline
	end    int64 // of the file
	total  int64 // bytes of all pictures, those that are not kept included

	part    inlinePart
	letters []byte // base64 that is not decoded yet
	closed  bool   // the padding came
	hash    hash.Hash
}

// begin starts a picture.
func (w *inlineWriter) begin() {
	if w.inline == nil {
		w.inline = &Inline{}
	}
	if w.hash == nil {
		w.hash = sha256.New()
	}
	w.hash.Reset()
	w.part, w.letters, w.closed = inlinePart{offset: w.end}, w.letters[:0], false
	if w.inline.file == nil && w.dir != "" {
		if err := w.open(); err != nil {
			w.fail(&Error{Code: CodeClient, Detail: cutText(err.Error(), sentenceLimit), cause: err})
		}
	}
}

// open makes the file.
func (w *inlineWriter) open() error {
	if err := os.MkdirAll(w.dir, 0o700); err != nil {
		return err
	}
	f, err := os.CreateTemp(w.dir, "answer-*.part")
	if err != nil {
		return err
	}
	_ = os.Remove(f.Name()) // Windows refuses while it is open; it is then deleted by Close
	w.inline.file = f
	w.inline.cleanup = runtime.AddCleanup(w.inline, removeFile, f)
	return nil
}

// fail gives the picture up; what follows of it is only counted.
func (w *inlineWriter) fail(e *Error) {
	if w.part.failure == nil {
		w.part.failure = e
	}
}

// add takes one letter of base64; spaces and line breaks do not count.
func (w *inlineWriter) add(letter byte) error {
	switch letter {
	case ' ', '\r', '\n', '\t':
		return nil
	case '=':
		w.closed = true
		return nil
	case '-':
		letter = '+'
	case '_':
		letter = '/'
	}
	return w.addAll([]byte{letter})
}

// lettersAtOnce is how many letters are decoded at once, a multiple of four.
const lettersAtOnce = 32 << 10

// addAll takes letters of base64's first alphabet.
func (w *inlineWriter) addAll(letters []byte) error {
	if w.closed && len(letters) > 0 {
		w.fail(errBrokenInline())
		return nil
	}
	for len(letters) > 0 {
		n := min(len(letters), lettersAtOnce-len(w.letters))
		w.letters = append(w.letters, letters[:n]...)
		letters = letters[n:]
		if len(w.letters) < lettersAtOnce {
			break
		}
		if err := w.flush(); err != nil {
			return err
		}
	}
	return nil
}

func errBrokenInline() *Error {
	return &Error{Code: CodeBadResponse, Detail: "a data: address that cannot be read"}
}

// flush decodes and writes the letters so far; their number is a multiple of four, except at the end.
func (w *inlineWriter) flush() error {
	n, err := base64.RawStdEncoding.Decode(w.letters, w.letters)
	if err != nil {
		w.fail(errBrokenInline())
	}
	data := w.letters[:n]
	w.part.size += int64(n)
	w.total += int64(n)
	_, _ = w.hash.Write(data)
	switch {
	case w.total > cmp.Or(w.limit, inlineBytesLimit):
		w.fail(&Error{Code: CodeTooLarge})
		return errTooLarge
	case w.part.size > pictureBytesLimit:
		w.fail(&Error{Code: CodeTooLarge})
	case w.part.failure == nil && w.inline.file != nil:
		if _, err := w.inline.file.WriteAt(data, w.part.offset+w.part.size-int64(n)); err != nil {
			w.fail(&Error{Code: CodeClient, Detail: cutText(err.Error(), sentenceLimit), cause: err})
		}
	}
	w.letters = w.letters[:0]
	return nil
}

// finish ends a picture and returns its mark: its number and checksum. The same picture again has the same one.
func (w *inlineWriter) finish() (string, error) {
	err := w.flush()
	if w.part.size == 0 {
		w.fail(&Error{Code: CodeBadResponse, Detail: "it is empty"})
	}
	w.part.sum = hex.EncodeToString(w.hash.Sum(nil))
	n := slices.IndexFunc(w.inline.parts, func(known inlinePart) bool {
		return known.failure == nil && w.part.failure == nil && known.sum == w.part.sum
	})
	if n < 0 {
		n = len(w.inline.parts)
		w.inline.parts = append(w.inline.parts, w.part)
		if w.part.failure == nil {
			w.end += w.part.size
		}
	}
	return fmt.Sprintf("%s%d:%s", inlineMark, n, w.part.sum), err
}
