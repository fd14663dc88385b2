package api

import (
	"net/netip"
	"net/url"
	"strings"
)

// sentence is an error that is shown to a person as it is.
type sentence string

// Error returns the sentence.
func (s sentence) Error() string { return string(s) }

// CheckBaseURL returns the base URL in the form in which it is used: without surrounding space and trailing slashes. It
// must be https, or http on this machine (localhost, 127.0.0.0/8, ::1), and contain no user name, password, query or
// fragment. The error is a sentence that says what is wrong.
func CheckBaseURL(raw string) (string, error) {
	trimmed := strings.TrimRight(strings.TrimSpace(raw), "/")
	u, err := url.Parse(trimmed)
	switch {
	case trimmed == "":
		return "", sentence("There is no base URL. Give one such as https://api.cometapi.com/replicate/v1.")
	case err != nil || u.Hostname() == "" || u.Opaque != "":
		return "", sentence("The base URL cannot be read. It looks like https://api.cometapi.com/replicate/v1.")
	case u.User != nil:
		return "", sentence("The base URL holds a name or a password. Leave them out; the key is set on its own.")
	case u.RawQuery != "" || u.ForceQuery || u.Fragment != "":
		return "", sentence("The base URL holds a ? or a #. It ends where /models and /predictions begin.")
	case u.Scheme == "https":
		return trimmed, nil
	case u.Scheme == "http" && isLoopback(u.Hostname()):
		return trimmed, nil
	case u.Scheme == "http":
		return "", sentence("The base URL is plain http, which would send the key unprotected. Use https; http is for this machine alone.")
	}
	return "", sentence("The base URL must begin with https://.")
}

// isLoopback reports whether a host (without port) is this machine, by name or by address.
func isLoopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// origin returns scheme, host and port of a URL, always with the port.
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" && u.Scheme == "https" {
		port = "443"
	} else if port == "" {
		port = "80"
	}
	return strings.ToLower(u.Scheme) + "://" + strings.ToLower(u.Hostname()) + ":" + port
}
