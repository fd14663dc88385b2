package picture

import "fmt"

// errorCode is the reason for an Error.
type errorCode string

const (
	codeMissing    errorCode = "missing"    // no such file
	codeTooLarge   errorCode = "too_large"  // beyond the limits: kept on disk, not shown
	codeUnreadable errorCode = "unreadable" // damaged, or not a kind of picture that is shown
	codeNoRoom     errorCode = "no_room"    // nothing to draw, or no room or protocol for it
)

// Error says why a picture cannot be shown, in a sentence for people that names no file. A cancelled context is reported as the
// context's own error instead.
type Error struct {
	code     errorCode
	sentence string
	cause    error // what the system or the decoder said, or nil; it may hold the file's name or bytes of the file
}

func (e *Error) Error() string { return e.sentence }

// Unwrap returns the error of the system or the decoder.
func (e *Error) Unwrap() error { return e.cause }

func tooManyPixels(i Info, l Limits) error {
	return &Error{
		code:     codeTooLarge,
		sentence: fmt.Sprintf("This picture has %d×%d pixels; it is kept, but only up to %d megapixels are shown.", i.Width, i.Height, l.Pixels/1e6),
	}
}

func tooMuchMemory(i Info, l Limits) error {
	return &Error{
		code: codeTooLarge,
		sentence: fmt.Sprintf("This picture of %d×%d pixels would take %d MB of memory to show; up to %d MB are used. It is kept.",
			i.Width, i.Height, i.memory/1e6, l.Memory/1e6),
	}
}

func tooManyBytes(bytes int64, l Limits) error {
	return &Error{
		code:     codeTooLarge,
		sentence: fmt.Sprintf("This picture has %d MiB; it is kept, but only up to %d MiB are shown.", bytes>>20, l.Bytes>>20),
	}
}
