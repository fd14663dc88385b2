package api

import (
	"encoding/json"
	"strconv"
	"strings"
)

var (
	seedPattern    = lazyRegexp(`(?m)^[ \t]*Using seed: (\d+)`)
	percentPattern = lazyRegexp(`^\s*(\d+)%\s*\|.*\|\s*(\d+)/(\d+)`)
	stepPattern    = lazyRegexp(`^\s*(\d+)it\s*\[`)
)

// progressBytes limits how far back Progress looks, because it may be called for every frame.
const progressBytes = 32 << 10

// Seed returns the seed that was used: the last "Using seed: N" in the logs (FLUX's fp8 path prints two), else
// input.seed. It is false if neither is there.
func (p Prediction) Seed() (int64, bool) {
	found := seedPattern().FindAllStringSubmatch(p.Logs, -1)
	if len(found) > 0 {
		seed, err := strconv.ParseInt(found[len(found)-1][1], 10, 64)
		return seed, err == nil
	}
	return wholeNumber(p.Input["seed"])
}

// Progress returns how far the run is, 0 to 1, by the last line of the log that shows it: a tqdm bar, or a bar without a
// total ("3it [00:00, …"). The total of the latter is the input's num_inference_steps (or steps); put the model's
// default there if the provider omits it. known is false if the log shows nothing; a succeeded prediction is at 1.
func (p Prediction) Progress() (fraction float64, known bool) {
	if p.Status == Succeeded {
		return 1, true
	}
	rest := p.Logs[max(0, len(p.Logs)-progressBytes):]
	for rest != "" {
		cut := strings.LastIndexAny(rest, "\r\n") + 1
		line := rest[cut:]
		rest = rest[:max(cut-1, 0)]
		if fraction, known = p.lineProgress(line); known {
			return fraction, true
		}
	}
	return p.gatewayProgress, p.gatewayProgress > 0
}

// lineProgress reads one line of the log.
func (p Prediction) lineProgress(line string) (float64, bool) {
	if m := percentPattern().FindStringSubmatch(line); m != nil {
		percent, _ := strconv.ParseFloat(m[1], 64)
		done, _ := strconv.ParseFloat(m[2], 64)
		total, _ := strconv.ParseFloat(m[3], 64)
		if total > 0 && total < 1e9 {
			return min(done/total, 1), true
		}
		return min(percent/100, 1), true
	}
	m := stepPattern().FindStringSubmatch(line)
	if m == nil {
		return 0, false
	}
	total, ok := wholeNumber(p.Input["num_inference_steps"])
	if !ok {
		total, ok = wholeNumber(p.Input["steps"])
	}
	if !ok || total <= 0 {
		return 0, false
	}
	done, _ := strconv.ParseFloat(m[1], 64)
	return min(done/float64(total), 1), true
}

// wholeNumber reads a JSON number without a fraction, from any of its Go types.
func wholeNumber(value any) (int64, bool) {
	switch n := value.(type) {
	case float64:
		return int64(n), n == float64(int64(n)) && n >= -1<<53 && n <= 1<<53
	case int:
		return int64(n), true
	case int64:
		return n, true
	case json.Number:
		i, err := n.Int64()
		return i, err == nil
	}
	return 0, false
}
