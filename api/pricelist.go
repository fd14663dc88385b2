package api

import (
	"context"
	"net/http"
	"net/url"
)

// ListedPrice is one row of a provider's public list of prices.
type ListedPrice struct {
	ID         string  // as the provider spells it
	Maker      string  // who made the model, as the provider spells it; "" if the list does not say
	PerRequest float64 // US dollars for one prediction, whatever its output
}

// HasPriceList reports whether the provider publishes a list of its prices.
func (p Provider) HasPriceList() bool { return p.PriceListPath != "" }

// PriceList reads the provider's public list of models, and returns the rows that have a price per request and how many models the list
// has. It needs no key, and sends none. CodeNoSuchRoute means that the provider has no such list.
//
// CometAPI's rows have pricing.per_request, and pricing.ratio, by which the price is multiplied; a row without a ratio is charged as
// written (apidoc.cometapi.com, "How to list available models"; the ratio was seen in answers of 2026).
func (c *Client) PriceList(ctx context.Context) (prices []ListedPrice, models int, err error) {
	if !c.provider.HasPriceList() {
		return nil, 0, c.completeError(opPrices, &Error{Code: CodeNoSuchRoute, Outcome: Refused})
	}
	list, err := ask(ctx, c, call{op: opPrices, method: http.MethodGet, path: c.provider.PriceListPath, limit: c.provider.PollTimeout}, c.readPriceList)
	return list.prices, list.models, err
}

// priceList is a list of prices and how many models it was read from.
type priceList struct {
	prices []ListedPrice
	models int
}

// readPriceList reads CometAPI's list. Rows that are not as expected are passed over.
func (c *Client) readPriceList(a answer) (priceList, *Error) {
	var wire struct {
		Data []struct {
			ID       string `json:"id"`
			Provider string `json:"provider"`
			OwnedBy  string `json:"owned_by"`
			Pricing  struct {
				PerRequest *float64 `json:"per_request"`
				Ratio      *float64 `json:"ratio"`
			} `json:"pricing"`
		} `json:"data"`
	}
	if !a.isSuccess() || !decodeObject(a.body, &wire) || wire.Data == nil {
		return priceList{}, c.httpError(a)
	}
	list := priceList{models: len(wire.Data)}
	for _, row := range wire.Data {
		if row.Pricing.PerRequest == nil || row.ID == "" {
			continue
		}
		usd := *row.Pricing.PerRequest
		if row.Pricing.Ratio != nil {
			usd *= *row.Pricing.Ratio
		}
		if usd > 0 && usd < 1000 { // also false for NaN; no picture costs as much
			list.prices = append(list.prices, ListedPrice{ID: row.ID, Maker: row.Provider + row.OwnedBy, PerRequest: usd})
		}
	}
	return list, nil
}

// priceListURL is the address of the list: at the origin of the base URL, whatever the base URL's path is.
func (c *Client) priceListURL() (string, error) {
	u, err := url.Parse(c.baseURL)
	if err != nil {
		return "", err
	}
	u.Path, u.RawQuery = c.provider.PriceListPath, ""
	return u.String(), nil
}
