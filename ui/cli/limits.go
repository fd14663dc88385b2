package cli

import (
	"os"
	"sync"
	"time"

	"tintype/api"
	"tintype/api/model"
	"tintype/config"
	"tintype/ui/runner"
)

// limits are the budget of the settings, read again when the settings file changes, so that a running program keeps a new limit.
type limits struct {
	mu     sync.Mutex
	file   string
	seen   time.Time
	limits runner.Limits
}

func newLimits(s config.Settings) *limits {
	l := &limits{file: s.Config, limits: limitsOf(s, nil)}
	l.seen = modTime(s.Config)
	return l
}

// read returns the limits as they are now. It is called under the journal's lock.
func (l *limits) read() runner.Limits {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := modTime(l.file)
	if at.Equal(l.seen) {
		return l.limits
	}
	none := func(string) string { return "" }
	s, _, _, err := loadFrom(none, config.Values{"config": l.file})
	if at.IsZero() {
		return runner.Limits{} // the file was removed
	}
	l.seen, l.limits = at, limitsOf(s, err)
	return l.limits
}

// limitsOf returns the limits of settings. err says why those cannot be read.
func limitsOf(s config.Settings, err error) runner.Limits {
	return runner.Limits{
		Day: s.Budget.Day, Month: s.Budget.Month, AskAbove: s.Budget.AskAbove, RefuseUnknown: s.Budget.Unknown == "refuse", Err: err,
	}
}

func modTime(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

// publishOwnPrices makes the prices of the settings count before all others.
func publishOwnPrices(s config.Settings, provider api.Provider) {
	list := map[string][]model.Price{}
	for id, usd := range s.Prices {
		list[id] = []model.Price{{
			Provider: provider.Name, Amount: usd, Unit: model.PerPicture, Source: "your settings", Date: modTime(s.Config).Format(time.DateOnly),
		}}
	}
	model.PublishOwn(list)
}
