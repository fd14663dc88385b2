package picture

import "fmt"

// errorCode says to the program what an Error says to a person.
type errorCode string

// The codes of this package.
const (
	codeMissing    errorCode = "missing"    // no such file
	codeTooLarge   errorCode = "too_large"  // beyond the limits: kept on disk, not shown
	codeUnreadable errorCode = "unreadable" // damaged, or no picture of a known format
	codeNoRoom     errorCode = "no_room"    // asked for what cannot be drawn
)

// Error is a picture that cannot be shown. A cancelled context is reported as the context's own error instead.
type Error struct {
	code     errorCode
	sentence string // for a person; it names no file
	cause    error  // what the system or the decoder said, or nil; may hold the file's name or bytes of the file
}

func (e *Error) Error() string { return e.sentence }

// Unwrap gives the cause to errors.Is and errors.As.
func (e *Error) Unwrap() error { return e.cause }

func tooManyPixels(i Info, l Limits) error {
	return &Error{
		code:     codeTooLarge,
		sentence: fmt.Sprintf("This picture has %d×%d pixels; it is kept, but only up to %d megapixels are shown.", i.Width, i.Height, l.Pixels/1e6),
	}
}

func tooMuchMemory(i Info) error {
	return &Error{
		code:     codeTooLarge,
		sentence: fmt.Sprintf("This picture of %d×%d pixels would take too much memory to show, since of each so much is said; it is kept.", i.Width, i.Height),
	}
}

func tooManyBytes(bytes int64, l Limits) error {
	return &Error{
		code:     codeTooLarge,
		sentence: fmt.Sprintf("This picture has %d MiB; it is kept, but only up to %d MiB are shown.", bytes>>20, l.Bytes>>20),
	}
}
