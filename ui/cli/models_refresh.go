package cli

import (
	"context"
	"fmt"
	"net/url"

	"tintype/api"
	"tintype/api/model"
	"tintype/ui/format"
)

// refreshPrices reads the provider's public list of prices, keeps it, and says what has changed.
func (p *program) refreshPrices(ctx context.Context) error {
	settings, provider, err := p.loadSettings()
	if err != nil {
		return err
	}
	switch {
	case settings.CacheDir == "":
		return usageError("no folder is known for the prices, since HOME is not set: set it, or XDG_CACHE_HOME")
	case provider.Free:
		return usageError("%s bills nothing, so it has no prices", provider.Title)
	case !provider.HasPriceList():
		return usageError("%s publishes no list of prices that a program can read: the catalogue's are kept, with their dates (tintype models --json)", provider.Title)
	}
	client, err := api.New(api.Options{Provider: provider, BaseURL: settings.BaseURL, Now: p.now})
	if err != nil {
		return usageError("%w", err)
	}
	rows, models, err := client.PriceList(ctx)
	if err != nil {
		return errorWithCode(errorCode(api.AsError(err).Code), "%w", err)
	}
	before := map[string]string{}
	for _, m := range model.All() {
		before[m.ID] = priceText(m, provider.Name)
	}
	cache := newPriceCache(provider, priceListSource(client.BaseURL(), provider), rows, p.now())
	if err := cache.write(settings.CacheDir); err != nil {
		return fmt.Errorf("the prices cannot be kept: %w", err)
	}
	cache.publish()
	p.reportPrices(provider, cache, models, before)
	return nil
}

// priceListSource is the list's address without the scheme.
func priceListSource(baseURL string, provider api.Provider) string {
	u, err := url.Parse(baseURL)
	if err != nil {
		return provider.Title
	}
	return u.Host + provider.PriceListPath
}

// reportPrices says which prices are not what they were before the list was read.
func (p *program) reportPrices(provider api.Provider, cache priceCache, models int, before map[string]string) {
	changed := 0
	for _, m := range model.All() {
		if now := priceText(m, provider.Name); now != before[m.ID] {
			p.printLine(p.out, columns([]int{38}, m.ID, before[m.ID]+" → "+now))
			changed++
		}
	}
	summary := fmt.Sprintf("%s lists %s, %d of them in the catalogue with a price per request", provider.Title, format.Plural(models, "model"), len(cache.Prices))
	if changed == 0 {
		summary += "; no price has changed"
	}
	p.printProgress(summary + ".")
}
