package cli

import (
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/config/atomicfile"
)

// priceCache is a provider's own list of prices as it was read last, in the user's cache folder. It is only ever a copy: without it the
// catalogue's prices count.
type priceCache struct {
	Provider string             `json:"provider"`
	Source   string             `json:"source"` // the address it was read from
	Date     string             `json:"date"`   // when it was read: 2026-11-29
	Prices   map[string]float64 `json:"prices"` // US dollars for one prediction, by the model's full id
}

// priceCachePath returns the file of a provider's prices in a cache folder.
func priceCachePath(dir, provider string) string {
	return filepath.Join(dir, "prices-"+provider+".json")
}

// readPriceCache reads a provider's prices from a cache folder. A missing file is an empty list; a damaged one is an error.
func readPriceCache(dir, provider string) (priceCache, error) {
	var c priceCache
	path := priceCachePath(dir, provider)
	raw, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return c, nil
	}
	if err == nil {
		err = json.Unmarshal(raw, &c)
	}
	if err != nil || c.Provider != provider {
		return priceCache{}, errors.New(path + " cannot be read as a list of prices: run tintype models --refresh")
	}
	return c, nil
}

// write keeps the prices in a cache folder. The file is replaced at once, so that another program never reads half of it.
func (c priceCache) write(dir string) error {
	path := priceCachePath(dir, c.Provider)
	raw, err := json.MarshalIndent(c, "", "  ")
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	return atomicfile.Write(path, append(raw, '\n'), 0o600)
}

// publish makes the prices count before those of the catalogue.
func (c priceCache) publish() {
	list := map[string][]model.Price{}
	for id, usd := range c.Prices {
		if usd > 0 {
			list[id] = []model.Price{{Provider: c.Provider, Amount: usd, Unit: model.PerPrediction, Source: c.Source, Date: c.Date}}
		}
	}
	model.Publish(list)
}

// publishPrices makes a provider's own prices count, if they were read before. A damaged copy is reported once, and does no harm.
func (p *program) publishPrices(cacheDir string, provider api.Provider) {
	if !provider.HasPriceList() || cacheDir == "" {
		return
	}
	c, err := readPriceCache(cacheDir, provider.Name)
	if err != nil {
		p.printProgress(err.Error())
		return
	}
	c.publish()
}

// newPriceCache keeps the rows of a list that are models of the Replicate format that we know: those of the catalogue, under whatever
// spelling.
func newPriceCache(provider api.Provider, source string, rows []api.ListedPrice, now time.Time) priceCache {
	c := priceCache{Provider: provider.Name, Source: source, Date: now.Format(time.DateOnly), Prices: map[string]float64{}}
	for _, row := range rows {
		if m := model.Find(strings.TrimPrefix(strings.ToLower(row.ID), "replicate/")); m.Known {
			c.Prices[m.ID] = row.PerRequest
		}
	}
	return c
}
