package demo

import (
	"encoding/json"
	"net/http"
	"strings"
)

// apiError is an error before a dialect puts it into words.
type apiError struct {
	status     int
	code       string // at CometAPI
	title      string // at Replicate
	detail     string
	fields     []invalidField
	retryAfter int // seconds
}

// invalidField is one entry of Replicate's validation errors.
type invalidField struct {
	Type        string `json:"type"`
	Field       string `json:"field"`
	Description string `json:"description"`
}

var (
	errUnauthenticated = apiError{
		status: http.StatusUnauthorized, title: "Unauthenticated", detail: "You did not pass a valid authentication token",
	}
	errNotFound    = apiError{status: http.StatusNotFound, detail: "The requested resource could not be found."}
	errNoTask      = apiError{status: http.StatusNotFound, code: "task_not_exist", detail: "The requested resource could not be found."}
	errNoModel     = apiError{status: http.StatusNotFound, code: "model_not_found", detail: "The requested resource could not be found."}
	errInvalidJSON = apiError{status: http.StatusBadRequest, code: "invalid_request", title: "Bad request", detail: "The request body is not valid JSON"}
	errNoVersion   = apiError{
		status: http.StatusUnprocessableEntity, title: "Invalid version or not permitted",
		detail: "The specified version does not exist (or perhaps you don't have permission to use it?)",
	}
)

// validationError puts invalid fields into words as Replicate does, one line each.
func validationError(fields []invalidField) apiError {
	var detail strings.Builder
	for _, f := range fields {
		detail.WriteString("- ")
		if f.Field != "" {
			detail.WriteString(f.Field + ": ")
		}
		detail.WriteString(f.Description + "\n")
	}
	return apiError{
		status: http.StatusUnprocessableEntity, code: "invalid_request", title: "Input validation failed",
		detail: detail.String(), fields: fields,
	}
}

// writeJSON writes a JSON body. Like the providers it sorts names and does not escape characters of
// HTML.
func writeJSON(resp *response, status int, kind string, body any) {
	resp.header.Set("Content-Type", kind)
	resp.WriteHeader(status)
	enc := json.NewEncoder(&resp.body)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(body) // cannot fail: bodies consist of types that encode
}
