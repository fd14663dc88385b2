package api

import (
	"slices"
	"time"
)

// Provider is one row of what is known about a server of the Replicate format:
// where it is, how its key is called, its pace, and what it can do.
type Provider struct {
	Name      string        // how settings and entries call it: "cometapi"
	Title     string        // how sentences call it: "CometAPI"
	BaseURL   string        // what stands directly above /models/… and /predictions/…; "" for the demo, whose address is known when it runs
	KeyNames  []string      // names of the environment variables that hold its key, strongest first
	KeyPage   string        // page where a person gets a key, "" if there is none
	PollGap   time.Duration // least time between two polls of one job
	PollLimit time.Duration // how long one GET may wait for the headers of its answer
	GiveUpAge time.Duration // age after which a job without an end leaves the quick poll chain
	Lists     bool          // GET /predictions lists what was created
	Cancels   bool          // POST /predictions/{id}/cancel is documented; where it is not, it is tried all the same
	Free      bool          // nothing is ever billed
	DataLimit int           // the longest data: URI that it takes as an input image, in bytes; longer ones are refused here
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
		Name:      CometAPI,
		Title:     "CometAPI",
		BaseURL:   "https://api.cometapi.com/replicate/v1",
		KeyNames:  []string{"COMETAPI_KEY", "COMETAPI_API_KEY", "COMET_API_KEY"},
		KeyPage:   "https://api.cometapi.com/console/token",
		PollGap:   time.Second,
		PollLimit: 75 * time.Second,
		GiveUpAge: 2 * time.Hour,
		DataLimit: 256_000,
	},
	{
		Name:      Replicate,
		Title:     "Replicate",
		BaseURL:   "https://api.replicate.com/v1",
		KeyNames:  []string{"REPLICATE_API_TOKEN"},
		KeyPage:   "https://replicate.com/account/api-tokens",
		PollGap:   250 * time.Millisecond,
		PollLimit: 30 * time.Second,
		GiveUpAge: 2 * time.Hour,
		Lists:     true,
		Cancels:   true,
		DataLimit: 256_000,
	},
	{
		Name:      Demo,
		Title:     "the demo",
		PollGap:   250 * time.Millisecond,
		PollLimit: 30 * time.Second,
		GiveUpAge: 2 * time.Hour,
		Lists:     true,
		Cancels:   true,
		Free:      true,
		DataLimit: 16_000_000, // it paints lossless pictures, and keeps what it is sent
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
