package api

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// ListedPrice is one row of a provider's public list of prices.
type ListedPrice struct {
	ID         string  // as the provider spells it
	Maker      string  // who made the model, as the provider spells it; "" if the list does not say
	PerRequest float64 // US dollars for one prediction, whatever its output
}

// HasPriceList reports whether the provider publishes a list of its prices.
func (p Provider) HasPriceList() bool { return p.PriceListPath != "" }

// priceListLimit is how long a provider may take to begin with its list, while a person waits.
const priceListLimit = 20 * time.Second

// PriceList reads the provider's public list of models, and returns the rows that have a price per request and how many models the list
// has. It needs no key, and sends none. CodeNoSuchRoute means that the provider has no such list.
//
// CometAPI's rows have pricing.per_request, and pricing.ratio, by which the price is multiplied; a row without a ratio is charged as
// written (apidoc.cometapi.com, "How to list available models"; the ratio was seen in answers of 2026).
func (c *Client) PriceList(ctx context.Context) (prices []ListedPrice, models int, err error) {
	if !c.provider.HasPriceList() {
		return nil, 0, c.completeError(opPrices, &Error{Code: CodeNoSuchRoute, Outcome: Refused})
	}
	list, err := ask(ctx, c, call{op: opPrices, method: http.MethodGet, path: c.provider.PriceListPath, limit: priceListLimit}, c.readPriceList)
	return list.prices, list.models, err
}

// priceList is a list of prices and how many models it was read from.
type priceList struct {
	prices []ListedPrice
	models int
}

// readPriceList reads CometAPI's list. Rows that are not as expected are passed over. A list without any model is an error, so that it
// does not take the place of one that was read before.
func (c *Client) readPriceList(a answer) (priceList, *Error) {
	var wire struct {
		Data []json.RawMessage `json:"data"`
	}
	if !a.isSuccess() || !decodeObject(a.body, &wire) || len(wire.Data) == 0 {
		return priceList{}, c.httpError(a)
	}
	list := priceList{models: len(wire.Data)}
	for _, row := range wire.Data {
		if price, ok := readPriceRow(row); ok {
			list.prices = append(list.prices, price)
		}
	}
	return list, nil
}

// readPriceRow reads a row of the list. ok is false if it has no price per request in US dollars.
func readPriceRow(raw json.RawMessage) (price ListedPrice, ok bool) {
	var row struct {
		ID       string `json:"id"`
		Provider any    `json:"provider"`
		OwnedBy  any    `json:"owned_by"`
		Pricing  struct {
			Currency   any `json:"currency"` // USD, or USD and a unit of text
			PerRequest any `json:"per_request"`
			Ratio      any `json:"ratio"`
		} `json:"pricing"`
	}
	if json.Unmarshal(raw, &row) != nil || row.ID == "" {
		return ListedPrice{}, false
	}
	usd, ok := readAmount(row.Pricing.PerRequest)
	currency, _ := row.Pricing.Currency.(string)
	if !ok || row.Pricing.Currency != nil && !strings.HasPrefix(strings.ToUpper(currency), "USD") {
		return ListedPrice{}, false
	}
	if row.Pricing.Ratio != nil {
		ratio, ok := readAmount(row.Pricing.Ratio)
		if !ok {
			return ListedPrice{}, false
		}
		usd *= ratio
	}
	provider, _ := row.Provider.(string)
	owner, _ := row.OwnedBy.(string)
	return ListedPrice{ID: row.ID, Maker: provider + owner, PerRequest: usd}, usd > 0 && usd < 1000 // also false for NaN; no picture costs as much
}

// readAmount reads a number of a list, which may be written as a text: 0.04 or "0.04".
func readAmount(v any) (amount float64, ok bool) {
	switch v := v.(type) {
	case float64:
		return v, true
	case string:
		amount, err := strconv.ParseFloat(strings.TrimSpace(v), 64)
		return amount, err == nil
	}
	return 0, false
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
