package cli

import (
	"context"
	"fmt"
	"time"

	"tintype/api"
	"tintype/history"
)

// providerJSON is the provider and whether it answered, as --json prints it.
type providerJSON struct {
	Name    string  `json:"name"`
	BaseURL string  `json:"base_url"` // "" for the demo, whose address changes
	Asked   bool    `json:"asked"`    // true only with --reach
	Reached bool    `json:"reached"`
	Seconds float64 `json:"seconds"` // until the answer
	Route   *string `json:"route"`   // how it and its pictures are reached from here; null without --reach
}

// checkProvider reports which provider is used and, if ask is set, whether it answers.
func (p *program) checkProvider(ctx context.Context, s *session, d *diagnosis, ask bool) {
	d.Provider = providerJSON{Name: s.provider.Name, BaseURL: s.provider.BaseURL}
	if base, err := api.CheckBaseURL(s.settings.BaseURL); err == nil {
		d.Provider.BaseURL = base
	}
	if ask {
		p.askProvider(ctx, s, d)
	}
}

// reachLimit is how long --reach waits for the provider's answer.
const reachLimit = 20 * time.Second

// unknownID is an id that no prediction has. A provider that has no list is asked for it.
const unknownID = "tintype-doctor-asks"

// askProvider sends the provider a request that costs nothing, and reports how it answered. Without a key it sends none.
func (p *program) askProvider(ctx context.Context, s *session, d *diagnosis) {
	addFinding := func(sentence, fix string) {
		d.addFinding(history.Finding{Kind: findingReach, Sentence: sentence, Fix: fix})
	}
	if err := p.connect(ctx, s); err != nil {
		addFinding(s.provider.Title+" cannot be asked: "+err.Error(), "Fix what is said above, then ask again.")
		return
	}
	if d.Provider.Asked = s.client.HasKey(); !d.Provider.Asked {
		return // checkKey reports it
	}
	limited, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	d.Provider.Route = new(describeRoute(s.client.Route(limited)))
	if err := s.client.CheckPictures(limited); err != nil {
		addFinding(err.Error(), "Nothing is bought until that is fixed. Look at this machine's name server, and at programs that filter names.")
	}
	began := p.now()
	err := requestAnything(limited, s)
	d.Provider.Seconds = p.now().Sub(began).Seconds()
	d.Provider.Reached = err == nil || api.AsError(err).HTTPStatus != 0
	sentence, fix := explainAnswer(err, s)
	if sentence != "" {
		addFinding(sentence, fix)
	}
}

// describeRoute says how the provider and its pictures are reached.
func describeRoute(r api.Route) string {
	switch {
	case r.Proxy != "":
		return "through the proxy " + r.Proxy + ", pictures too"
	case r.Network.Addr().IsLoopback():
		return "on this machine; pictures are fetched from there too"
	case r.Network.IsValid():
		return "inside the network " + r.Network.String() + "; pictures are fetched from there too"
	}
	return "directly; pictures come from the public internet, or from the provider's own address"
}

// requestAnything requests the first page of the list, or a prediction that does not exist.
func requestAnything(ctx context.Context, s *session) error {
	if s.provider.CanList {
		_, err := s.client.List(ctx, "")
		return err
	}
	_, err := s.client.Get(ctx, unknownID)
	return err
}

// explainAnswer returns the sentence and the fix for a failed request, "" where nothing is wrong.
func explainAnswer(err error, s *session) (sentence, fix string) {
	if err == nil {
		return "", ""
	}
	e := api.AsError(err)
	switch {
	case e.Code == api.CodeUnauthorized:
		return s.provider.Title + " refuses the key.", "Make another one at " + s.provider.KeyURL + "."
	case e.HTTPStatus == 0:
		return e.Error(), "Look at this machine's network, and at the base URL."
	case e.Code == api.CodeNoSuchRoute || e.Code == api.CodeBadResponse:
		return fmt.Sprintf("%s does not answer like a server of the Replicate format.", s.client.BaseURL()),
			"The base URL is the address directly above /models and /predictions."
	case e.HTTPStatus >= 500 && e.Code == api.CodeServer:
		return e.Error(), "It is up to " + s.provider.Title + "; try later."
	}
	return "", "" // there is no such prediction, as expected
}
