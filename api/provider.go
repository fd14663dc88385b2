package api

import (
	"slices"
	"time"
)

// Provider is one row of what is known about a server of the Replicate format:
// where it is, how its key is called, its pace, and what it can do.
type Provider struct {
	Name            string        // how settings and entries call it: "cometapi"
	Title           string        // how sentences call it: "CometAPI"
	BaseURL         string        // what stands directly above /models/… and /predictions/…; "" for the demo, whose address is known when it runs
	KeyNames        []string      // names of the environment variables that hold its key, strongest first
	KeyURL          string        // page where a person gets a key, "" if there is none
	MinPollInterval time.Duration // least time between two polls of one job
	PollTimeout     time.Duration // how long one GET may wait for the headers of its answer
	GiveUpAge       time.Duration // age after which a job without an end leaves the quick poll chain
	CanList         bool          // GET /predictions lists what was created
	CanCancel       bool          // POST /predictions/{id}/cancel is documented; where it is not, it is tried all the same
	Free            bool          // nothing is ever billed
	MaxDataURI      int           // the longest data: URI that it takes as an input image, in bytes; longer ones are refused here
}

// Names of the providers that this package knows.
const (
	CometAPI  = "cometapi"
	Replicate = "replicate"
	Demo      = "demo"
)

// providers is the table behind Providers. CometAPI documents no limit; its own
// client polls every 5 s with a read time-out of 60 s, and its query was seen
// hanging for 45 s (contract §0.3). Replicate allows 3,000 reads a minute and
// ends a run after 30 minutes on its own. Of data: URIs its specification says at
// most 256 kB and its page on input files less than 1 MB: the lesser holds here.
// CometAPI says nothing about them, and hands them to Replicate.
var providers = []Provider{
	{
		Name:            CometAPI,
		Title:           "CometAPI",
		BaseURL:         "https://api.cometapi.com/replicate/v1",
		KeyNames:        []string{"COMETAPI_KEY", "COMETAPI_API_KEY", "COMET_API_KEY"},
		KeyURL:          "https://api.cometapi.com/console/token",
		MinPollInterval: time.Second,
		PollTimeout:     75 * time.Second,
		GiveUpAge:       2 * time.Hour,
		MaxDataURI:      256_000,
	},
	{
		Name:            Replicate,
		Title:           "Replicate",
		BaseURL:         "https://api.replicate.com/v1",
		KeyNames:        []string{"REPLICATE_API_TOKEN"},
		KeyURL:          "https://replicate.com/account/api-tokens",
		MinPollInterval: 250 * time.Millisecond,
		PollTimeout:     30 * time.Second,
		GiveUpAge:       2 * time.Hour,
		CanList:         true,
		CanCancel:       true,
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
		MaxDataURI:      16_000_000, // it paints lossless pictures, and keeps what it is sent
	},
}

// Providers returns the known providers; the first is the default. The caller
// may change what it gets.
func Providers() []Provider {
	rows := slices.Clone(providers)
	for i := range rows {
		rows[i].KeyNames = slices.Clone(rows[i].KeyNames)
	}
	return rows
}

// FindProvider returns the provider of that name ("cometapi", "replicate",
// "demo"), and false for any other name.
func FindProvider(name string) (Provider, bool) {
	for _, p := range Providers() {
		if p.Name == name {
			return p, true
		}
	}
	return Provider{}, false
}
