package runner

import (
	"fmt"
	"regexp"
	"strconv"
	"sync"

	"tintype/api"
	"tintype/api/model"
	"tintype/history"
)

// CodePartial is the code of an entry that is done with fewer pictures than were ordered, or though the provider says that it failed.
const CodePartial = "partial"

// partialError says that fewer pictures came than were ordered; nil if all did. A word about a filter comes from the log.
func partialError(e history.Entry, logs string) *history.EntryError {
	ordered, came := model.Find(e.Model).Pictures(e.Input), countOutputs(e)
	if came == 0 || came >= ordered {
		return nil
	}
	missing := "one"
	if n := ordered - came; n > 1 {
		missing = strconv.Itoa(n)
	}
	verb, why := " did not come", logReason(logs)
	if why != "" && filterWords().MatchString(why) {
		verb = " was held back by the filter"
		if missing != "one" {
			verb = " were held back by the filter"
		}
	}
	return &history.EntryError{Code: CodePartial, Sentence: fmt.Sprintf("%d of %d: %s%s.", came, ordered, missing, verb), Detail: why}
}

// filterWords matches words about a provider's filter.
var filterWords = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)nsfw|safe|moderat|flagged|filter|sensitive`) })

// countOutputs returns how many outputs a provider named.
func countOutputs(e history.Entry) (n int) {
	for _, o := range e.Outputs {
		if o.URL != "" {
			n++
		}
	}
	return n
}

// placeInName matches the number of a picture in its address: "…/out-3.png".
var placeInName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`[/_-](\d{1,2})\.[A-Za-z0-9]{2,5}(?:\?.*)?$`) })

// placed puts outputs at the places that their names give, if fewer came than were ordered and the names have gaps: a filter
// drops pictures, and the others keep their numbers.
func placed(outputs []string, ordered int) []string {
	if len(outputs) >= ordered {
		return outputs
	}
	places := make([]string, ordered)
	last := -1
	for _, address := range outputs {
		m := placeInName().FindStringSubmatch(address)
		if m == nil || api.IsDataURL(address) {
			return outputs
		}
		n, _ := strconv.Atoi(m[1])
		if n <= last || n >= ordered {
			return outputs
		}
		places[n], last = address, n
	}
	return places[:last+1]
}
