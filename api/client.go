// Package api is the HTTP client for servers that speak Replicate's API: provider rows, the client, predictions, errors,
// the secret key and downloads. Its rules:
//
//   - One call is one request. (A download may add its redirects, one more request if a resumed part
//     does not fit or is refused, and one with the key if the base URL's origin refuses it without.) Nothing is retried, no redirect of an API call is followed, and a create carries
//     neither Idempotency-Key (Go would then resend it by itself) nor Prefer: wait (which keeps the
//     connection open for longer, and a paid id is lost if it breaks).
//   - The key goes to the configured origin only, and one RoundTripper sets it. The key is removed from
//     everything that a server sends back. URLs in answers (urls.get and so on) are ignored; paths are
//     built from the id.
//   - Every error is an *Error: a code for the program, a sentence for a person, and for a create a
//     SendOutcome that says whether it may be billed.
//   - Everything has a limit: headers 64 KiB, JSON 4 MiB, pictures 64 MiB, those within one answer 256 MiB, and every
//     wait. Pictures within an answer go to a file while it is read, and are never in memory.
//   - Texts from a provider are returned as they came; whoever draws them must clean them.
//
// README.md in this folder walks through one purchase and says how to add a provider, a parameter or an error. Facts
// about the providers were read from their documentation and observed in 2026.
package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"time"
)

// Options configure a Client.
type Options struct {
	Provider  Provider
	BaseURL   string // "" for the provider's
	Key       Secret
	Transport http.RoundTripper // nil for the client's own; otherwise used for everything, downloads included
	Now       func() time.Time  // nil for time.Now; used for waits given as a date
	InlineDir string            // where pictures from an answer are kept until they are copied; "" for os.TempDir
}

// Client talks to one provider. It is safe for concurrent use.
type Client struct {
	provider        Provider
	baseURL         string
	key             Secret
	keyForms        func() keyForms // behind a function for the same reason as the key
	now             func() time.Time
	inlineDir       string
	loopback        bool              // the base URL's host is this machine
	ownTransports   bool              // the transports are the client's own, and support httptrace
	readTransport   http.RoundTripper // get, cancel, list, schema; keyed
	createTransport http.RoundTripper // create; keyed
	picturesChecked *atomic.Bool      // CheckPictures found nothing wrong
	downloads       downloader        // for outputs; sends the key only to the base URL's origin, and only if needed
}

// New returns a client. The error is a sentence for a person: the base URL is one that CheckBaseURL refuses, or the key
// holds a character that no header can carry. A missing key is not an error here; calls to a provider that needs one
// report it.
func New(o Options) (*Client, error) {
	raw := o.BaseURL
	if raw == "" {
		raw = o.Provider.BaseURL
	}
	base, err := CheckBaseURL(raw)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	if o.Provider.Free && o.Key.IsZero() {
		o.Key = NewSecret(Demo) // the demo accepts any key
	}
	if !isPrintable(o.Key.reveal()) {
		return nil, sentence("The key holds a space or a character that no key has. Copy it again, on one line.")
	}
	c := &Client{provider: o.Provider, baseURL: base, key: o.Key, now: o.Now, loopback: isLoopback(u.Hostname()), picturesChecked: new(atomic.Bool)}
	c.keyForms = sync.OnceValue(func() keyForms { return newKeyForms(c.key.reveal()) })
	if c.inlineDir = o.InlineDir; c.inlineDir == "" {
		c.inlineDir = os.TempDir()
	}
	if c.now == nil {
		c.now = time.Now
	}
	c.setTransports(o.Transport, u, http.ProxyFromEnvironment)
	return c, nil
}

// setTransports uses the given transport for everything, or builds the client's own for the base URL.
func (c *Client) setTransports(given http.RoundTripper, base *url.URL, proxy proxyFunc) {
	keyed := func(next http.RoundTripper) keyTransport {
		return keyTransport{origin: origin(base), key: c.key, next: next}
	}
	guard := addressGuard{api: base, loopback: c.loopback, lookup: lookupHost}
	if given != nil {
		guard.direct = func() bool { return true }
		c.readTransport, c.createTransport = keyed(given), keyed(given)
		c.downloads = downloader{guard: guard, own: given, keyed: keyed(given), direct: given}
		return
	}
	c.ownTransports = true
	apiProxy, control := proxy, controlFunc(nil)
	if c.loopback { // it may be plain http, so the key must not leave this machine by a proxy or by a name that resolves elsewhere
		apiProxy, control = nil, onlyLoopback
	}
	guard.direct = func() bool { return isDirect(apiProxy, base) }
	c.readTransport = keyed(newTransport(apiProxy, control))
	c.createTransport = keyed(newPurchaseTransport(apiProxy, control))
	c.downloads = newDownloader(guard, proxy, apiProxy, control)
	c.downloads.keyed = keyed(c.downloads.own)
}

// BaseURL returns the base URL in use, without a trailing slash.
func (c *Client) BaseURL() string { return c.baseURL }

// Provider returns the provider's row.
func (c *Client) Provider() Provider { return c.provider }

// HasKey reports whether there is a key; for the demo there always is.
func (c *Client) HasKey() bool { return !c.key.IsZero() }

// CloseIdle closes idle connections. After the machine has slept they are dead, and nothing reports that.
func (c *Client) CloseIdle() {
	for _, rt := range []http.RoundTripper{c.readTransport, c.downloads.own, c.downloads.direct, c.downloads.proxied} {
		if k, ok := rt.(keyTransport); ok {
			rt = k.next
		}
		if t, ok := rt.(interface{ CloseIdleConnections() }); ok {
			t.CloseIdleConnections()
		}
	}
}

// CreateRequest is what a create buys.
type CreateRequest struct {
	Model   string // owner/name; may be "" when Version is set
	Version string // "" for the model's own, else a hash or owner/name:hash
	Input   map[string]any
}

// Create buys one prediction with one POST. On success the prediction has an id, even if the rest of the answer was
// lost, or it has ended in this answer. Otherwise the error is an *Error whose Outcome says what is known about the purchase: NotSent only if no header
// was written to any connection.
func (c *Client) Create(ctx context.Context, r CreateRequest) (Prediction, error) {
	call, failure := c.newCreateCall(r)
	if failure == nil {
		failure = c.checkPictures(ctx)
	}
	if failure != nil {
		return Prediction{}, failure
	}
	return ask(ctx, c, call, c.readCreated)
}

// ask makes one call and reads its answer. It converts the *Error to an error, so that nil stays nil.
func ask[T any](ctx context.Context, c *Client, call call, read func(answer) (T, *Error)) (T, error) {
	var none T
	a, failure := c.exchange(ctx, call)
	if failure != nil {
		return none, failure
	}
	value, failure := read(a)
	if failure != nil {
		a.inline.Close()
		return none, failure
	}
	return value, nil
}

// Get returns a prediction. Its id is always the one asked for.
func (c *Client) Get(ctx context.Context, id string) (Prediction, error) {
	return c.predictionCall(ctx, call{op: opGet, method: http.MethodGet, limit: c.provider.PollTimeout}, id, "")
}

// Cancel asks the provider to stop a prediction, and returns the prediction as it is afterwards. Its status may be any;
// the next Get tells how it ended. CodeNoSuchRoute means that the provider cannot cancel.
func (c *Client) Cancel(ctx context.Context, id string) (Prediction, error) {
	return c.predictionCall(ctx, call{op: opCancel, method: http.MethodPost, limit: c.provider.PollTimeout}, id, "/cancel")
}

// predictionCall makes a call about one prediction.
func (c *Client) predictionCall(ctx context.Context, call call, id, verb string) (Prediction, error) {
	if !validID(id) {
		return Prediction{}, c.completeError(call.op, &Error{Code: CodeInvalid, Outcome: Refused, Detail: "the id holds characters that no id has"})
	}
	call.path = "/predictions/" + url.PathEscape(id) + verb
	return ask(ctx, c, call, func(a answer) (Prediction, *Error) { return c.readPrediction(a, id) })
}

// List returns one page of the predictions created with this key, newest first. The cursor is "" for the first page,
// then Page.Next. CodeNoSuchRoute means that the provider has no list.
func (c *Client) List(ctx context.Context, cursor string) (Page, error) {
	call := call{op: opList, method: http.MethodGet, path: "/predictions", limit: c.provider.PollTimeout}
	if cursor != "" {
		call.query = url.Values{"cursor": {cursor}}.Encode()
	}
	return ask(ctx, c, call, c.readPage)
}

// Schema returns the OpenAPI schema of a model's latest version, as the provider wrote it. CodeNotFound means that there
// is no such model, or that it has no version.
func (c *Client) Schema(ctx context.Context, model string) (json.RawMessage, error) {
	path, ok := modelPath(model)
	if !ok {
		return nil, c.completeError(opSchema, badModelError())
	}
	return ask(ctx, c, call{op: opSchema, method: http.MethodGet, path: path, limit: c.provider.PollTimeout}, c.readSchema)
}
