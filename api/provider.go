package api

import (
	"slices"
	"time"
)

// Provider describes a server that speaks Replicate's API: its address, its key, its limits and what it can do.
type Provider struct {
	Name            string        // in settings and in the history: "cometapi"
	Title           string        // in sentences: "CometAPI"
	BaseURL         string        // what precedes /models/… and /predictions/…; "" for the demo, whose address is known once it runs
	KeyNames        []string      // environment variables that hold its key, by precedence
	KeyPrefix       string        // what its keys begin with, "" if that is not known
	KeyURL          string        // the page where a person gets a key, "" if there is none
	KeyCheck        string        // the path of a free request that needs the key, from the base URL; "" if there is none
	MinPollInterval time.Duration // the shortest time between two polls of one job
	PollTimeout     time.Duration // how long one GET may wait for the headers of its answer
	GiveUpAge       time.Duration // a job that is still running at this age is no longer followed
	CanList         bool          // GET /predictions lists what was created
	CanCancel       bool          // POST /predictions/{id}/cancel is documented; it is tried either way
	Free            bool          // nothing is ever billed
	PictureHosts    []string      // hosts that its pictures are known to be at; they are looked up before a purchase
	PriceListPath   string        // where its public list of models with prices is, at the base URL's origin; "" if there is none
	MaxDataURI      int           // the longest data: URI accepted as an input image, in bytes; the program refuses longer ones
}

// Names of the providers that this package knows.
const (
	CometAPI  = "cometapi"
	Replicate = "replicate"
	Demo      = "demo"
)

// providers is the table behind Providers. CometAPI documents no limits; its own client polls every 5 s with a read
// time-out of 60 s, and its query has been seen hanging for 45 s. Replicate allows 3,000 reads a minute and ends a run
// after 30 minutes. For data: URIs, Replicate's specification says at most 256 kB and its page on input files says less
// than 1 MB; the smaller limit is used. CometAPI says nothing about them, and passes them on to Replicate.
var providers = []Provider{
	{
		Name:            CometAPI,
		Title:           "CometAPI",
		BaseURL:         "https://api.cometapi.com/replicate/v1",
		KeyNames:        []string{"COMETAPI_KEY", "COMETAPI_API_KEY", "COMET_API_KEY"},
		KeyPrefix:       "sk-",
		KeyURL:          "https://api.cometapi.com/console/token",
		KeyCheck:        "/../../v1/models",
		MinPollInterval: time.Second,
		PollTimeout:     75 * time.Second,
		GiveUpAge:       2 * time.Hour,
		PictureHosts:    []string{"replicate.delivery"}, // it passes on Replicate's
		PriceListPath:   "/api/models",
		MaxDataURI:      256_000,
	},
	{
		Name:            Replicate,
		Title:           "Replicate",
		BaseURL:         "https://api.replicate.com/v1",
		KeyNames:        []string{"REPLICATE_API_TOKEN"},
		KeyPrefix:       "r8_",
		KeyURL:          "https://replicate.com/account/api-tokens",
		KeyCheck:        "/account",
		MinPollInterval: 250 * time.Millisecond,
		PollTimeout:     30 * time.Second,
		GiveUpAge:       2 * time.Hour,
		CanList:         true,
		CanCancel:       true,
		PictureHosts:    []string{"replicate.delivery"}, // its page on output files
		MaxDataURI:      256_000,
	},
	{
		Name:            Demo,
		Title:           "the demo",
		MinPollInterval: 250 * time.Millisecond,
		PollTimeout:     30 * time.Second,
		GiveUpAge:       2 * time.Hour,
		CanList:         true,
		CanCancel:       true,
		Free:            true,
		MaxDataURI:      256_000, // as at the others, so that what works in the demo works there
	},
}

// Providers returns the known providers; the first is the default. The result is a copy.
func Providers() []Provider {
	rows := slices.Clone(providers)
	for i := range rows {
		rows[i].KeyNames, rows[i].PictureHosts = slices.Clone(rows[i].KeyNames), slices.Clone(rows[i].PictureHosts)
	}
	return rows
}

// FindProvider returns the provider with that name ("cometapi", "replicate", "demo"), false if there is none.
func FindProvider(name string) (Provider, bool) {
	for _, p := range Providers() {
		if p.Name == name {
			return p, true
		}
	}
	return Provider{}, false
}
