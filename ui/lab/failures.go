package lab

import (
	"slices"

	"tintype/api"
	"tintype/history"
)

// codeFailed is the code of a prediction that failed at the provider for a reason that has no code of its own.
const codeFailed = "failed"

// failuresOfInput are the codes of failures that what was asked for may have caused.
var failuresOfInput = []string{"flagged", codeFailed, string(api.CodeInvalid), string(api.CodeRefused), string(api.CodeTooLarge), string(api.CodeOther)}

// IsFailureOfInput reports whether a prediction failed for what it asked for, as far as is known: not for credit, the key or the connection.
func IsFailureOfInput(e history.Entry) bool {
	return e.State == history.Failed && slices.Contains(failuresOfInput, failureCode(e))
}

// FailedAlike reports whether two predictions failed for reasons with the same code.
func FailedAlike(a, b history.Entry) bool {
	return a.State == history.Failed && b.State == history.Failed && failureCode(a) == failureCode(b)
}

// failureCode returns the code of why a prediction failed.
func failureCode(e history.Entry) string {
	if e.Error == nil {
		return codeFailed
	}
	return e.Error.Code
}
