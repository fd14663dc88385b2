package format

import (
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// mostSuggestions is how many names are suggested at most.
const mostSuggestions = 3

// DidYouMean returns the sentence that suggests the names which are most like a mistyped one, " Did you mean --model?", or "" if none is.
func DidYouMean(typed string, names []string) string {
	like := similar(typed, names)
	if len(like) == 0 {
		return ""
	}
	last := len(like) - 1
	if last == 0 {
		return " Did you mean " + like[0] + "?"
	}
	return " Did you mean " + strings.Join(like[:last], ", ") + " or " + like[last] + "?"
}

// namesElsewhere are names of other tools for parameters, with those that models here have.
var namesElsewhere = map[string]string{
	"cfg": "guidance", "cfg_scale": "guidance", "cfgscale": "guidance", "guidance_scale": "guidance", "scale": "guidance", "stylize": "guidance",
	"steps": "num_inference_steps", "sampling_steps": "num_inference_steps", "num_steps": "num_inference_steps",
	"ar": "aspect_ratio", "size": "aspect_ratio", "shape": "aspect_ratio", "ratio": "aspect_ratio", "resolution": "aspect_ratio",
	"n": "num_outputs", "count": "num_outputs", "batch_size": "num_outputs", "num_images": "num_outputs",
	"quality": "output_quality", "format": "output_format",
}

// DidYouMeanParameter is DidYouMean for the name of a parameter: it also knows what other tools call them, such as cfg for guidance.
func DidYouMeanParameter(typed string, names []string) string {
	name := namesElsewhere[strings.ReplaceAll(strings.ToLower(typed), "-", "_")]
	if name != "" && slices.Contains(names, name) {
		return " Did you mean " + name + "?"
	}
	return DidYouMean(typed, names)
}

// similar returns up to mostSuggestions names: those that begin with what was typed, or else those that contain it or have the fewest mistakes.
func similar(typed string, names []string) []string {
	const least = 2 // letters
	typed = strings.ToLower(typed)
	rank := map[string]int{}
	var like []string
	for _, name := range names {
		lower := strings.ToLower(name)
		mistakes := distance(typed, lower)
		switch {
		case utf8.RuneCountInString(typed) >= least && strings.HasPrefix(lower, typed):
			rank[name] = 0
		case utf8.RuneCountInString(typed) > least && strings.Contains(lower, typed):
			rank[name] = 1
		case mistakes <= tolerance(min(len(typed), len(lower))):
			rank[name] = 1 + mistakes
		}
		if _, isLike := rank[name]; isLike && !slices.Contains(like, name) {
			like = append(like, name)
		}
	}
	best := slices.Min(append(slices.Collect(maps.Values(rank)), len(typed)+1))
	like = slices.DeleteFunc(like, func(name string) bool { return rank[name] > best })
	return like[:min(len(like), mostSuggestions)]
}

// tolerance is how many mistakes a word of that length may have.
func tolerance(length int) int {
	switch {
	case length < 2:
		return 0
	case length < 5:
		return 1
	case length < 9:
		return 2
	}
	return 3
}

// distance returns how many letters were mistyped, left out, added, or swapped with the next one, between two words (the optimal string
// alignment distance). Cobra's is not exported, and counts a swap as two mistakes.
func distance(from, to string) int {
	a, b := []rune(from), []rune(to)
	before, last := make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row := make([]int, len(b)+1)
		row[0] = i
		for j := 1; j <= len(b); j++ {
			wrong := 1
			if a[i-1] == b[j-1] {
				wrong = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+wrong)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last = last, row
	}
	return last[len(b)]
}
