// Package api speaks the Replicate format over the wire, and that is all it does.
package api

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

// Options are what a Client is made of.
type Options struct {
	Provider  Provider
	BaseURL   string // "" takes the provider's
	Key       Secret
	Transport http.RoundTripper // nil: the client's own; otherwise used for everything
	Now       func() time.Time  // nil: time.Now; used for waits given as a date
}

// Client talks to one provider.
type Client struct{}

// CreateRequest is what is bought.
type CreateRequest struct {
	Model   string // owner/name
	Version string // "" for the model's own; else the version's hash or owner/name:hash
	Input   map[string]any
}

// Resume says where an earlier download ended.
type Resume struct {
	Offset int64
	ETag   string
}

// Download is what came of one fetch.
type Download struct {
	Resumed    bool   // what was written goes on from Resume.Offset; else it begins anew
	ETag       string // for the next Resume; "" where the server gives none that is strong
	Length     int64  // the whole picture's bytes, -1 when unknown
	ServerTime time.Time
}

// New makes a client.
func New(o Options) (*Client, error) { return &Client{}, nil }

// Create buys one prediction.
func (c *Client) Create(ctx context.Context, r CreateRequest) (Prediction, error) {
	return Prediction{}, nil
}

// Get asks for a prediction.
func (c *Client) Get(ctx context.Context, id string) (Prediction, error) { return Prediction{}, nil }

// Cancel asks the provider to stop a prediction.
func (c *Client) Cancel(ctx context.Context, id string) (Prediction, error) {
	return Prediction{}, nil
}

// List returns a page of the provider's predictions.
func (c *Client) List(ctx context.Context, cursor string) (Page, error) { return Page{}, nil }

// Schema returns the OpenAPI schema of a model's latest version.
func (c *Client) Schema(ctx context.Context, model string) (json.RawMessage, error) { return nil, nil }

// BaseURL returns the base URL in use.
func (c *Client) BaseURL() string { return "" }

// Provider returns the provider's row.
func (c *Client) Provider() Provider { return Provider{} }

// HasKey reports whether there is a key.
func (c *Client) HasKey() bool { return false }

// Download fetches an output.
func (c *Client) Download(ctx context.Context, url string, from Resume, w io.Writer) (Download, error) {
	return Download{}, nil
}
