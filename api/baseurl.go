package api

// CheckBaseURL returns the base URL as it is used.
func CheckBaseURL(raw string) (string, error) { return raw, nil }
