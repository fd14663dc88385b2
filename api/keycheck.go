package api

import (
	"context"
	"net/http"
	"time"
)

// keyCheckLimit is how long a provider may take to say whether it takes a key, while a person waits.
const keyCheckLimit = 20 * time.Second

// CheckKey asks the provider, by a request that costs nothing, whether it takes the key. The error is nil if it does. CodeUnauthorized
// means that it does not; any other code leaves it open, such as CodeOffline, or CodeNoSuchRoute from a server that only resembles the
// provider.
func (c *Client) CheckKey(ctx context.Context) error {
	if c.provider.KeyCheck == "" {
		return nil
	}
	_, err := ask(ctx, c, call{op: opKeyCheck, method: http.MethodGet, path: c.provider.KeyCheck, limit: keyCheckLimit}, c.readKeyCheck)
	return err
}

// readKeyCheck reports whether an answer is one to a key that is taken: JSON, with a status that no wrong key gets.
func (c *Client) readKeyCheck(a answer) (struct{}, *Error) {
	failure := c.httpError(a)
	if a.isSuccess() && isObject(a.body) || failure.Code == CodeCredit {
		return struct{}{}, nil
	}
	return struct{}{}, failure
}
