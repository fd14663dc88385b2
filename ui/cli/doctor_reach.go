package cli

import (
	"context"
	"fmt"
	"time"

	"tintype/api"
	"tintype/history"
)

// reachObject is the provider, and whether it answered.
type reachObject struct {
	Name    string  `json:"name"`
	BaseURL string  `json:"base_url"` // "" for the demo, whose address changes
	Asked   bool    `json:"asked"`    // only with --reach
	Reached bool    `json:"reached"`
	Seconds float64 `json:"seconds"` // that the answer took
}

// reachLimit bounds the wait for the provider's answer.
const reachLimit = 20 * time.Second

// stranger is an id that no prediction has: a provider that lists nothing is asked for it.
const stranger = "tintype-doctor-asks"

// reach asks the provider for something that costs nothing. Without a key there is nothing to ask.
func (p *program) reach(ctx context.Context, s *session, d *diagnosis) {
	trouble := func(said, mend string) {
		d.find(history.Finding{Kind: badLine, Sentence: said, Fix: mend})
	}
	if err := p.connect(ctx, s); err != nil {
		trouble(s.provider.Title+" cannot be asked: "+err.Error(), "Mend what is said above, then ask again.")
		return
	}
	if d.Provider.Asked = s.client.HasKey(); !d.Provider.Asked {
		return // that there is no key is said already
	}
	limited, cancel := context.WithTimeout(ctx, reachLimit)
	defer cancel()
	began := p.now()
	err := askSomething(limited, s)
	d.Provider.Seconds = p.now().Sub(began).Seconds()
	d.Provider.Reached = err == nil || api.AsError(err).HTTPStatus != 0
	said, mend := unreached(err, s)
	if said != "" {
		trouble(said, mend)
	}
}

// askSomething asks for a page of the list, or for a prediction that is none.
func askSomething(ctx context.Context, s *session) error {
	if s.provider.CanList {
		_, err := s.client.List(ctx, "")
		return err
	}
	_, err := s.client.Get(ctx, stranger)
	return err
}

// unreached says what an answer means, and what to do about it; "" where all is well.
func unreached(err error, s *session) (said, mend string) {
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
		return fmt.Sprintf("%s answers as no server of the Replicate format does.", s.client.BaseURL()),
			"The base URL is what stands directly above /models and /predictions."
	case e.HTTPStatus >= 500 && e.Code == api.CodeServer:
		return e.Error(), "It is up to " + s.provider.Title + "; try later."
	}
	return "", "" // it knows no such prediction, which is the answer
}
