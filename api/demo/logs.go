package demo

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"tintype/api/model"
)

// logs are the logs so far, in the form of cog-flux (models with several outputs) or of the pro
// models (one output): the seed, a progress line of tqdm for each step, and a result.
func (r record) logs(m snapshot, shape model.OutputCount) string {
	if m.started.IsZero() {
		return ""
	}
	var text strings.Builder
	if shape == model.Many {
		fmt.Fprintf(&text, "Using seed: %d\nrunning quantized prediction\nUsing seed: %d\n", r.Plan.Seed, r.Plan.Seed)
	} else {
		fmt.Fprintf(&text, "Running prediction... \nUsing seed: %d\nGenerating image...\n", r.Plan.Seed)
	}
	r.writeSteps(&text, m.progress)
	if m.status == succeeded || m.status == failed {
		r.writeResult(&text, m, shape)
	}
	return text.String()
}

// writeSteps spreads the steps over 92 % of the running time. The rest is for decoding and
// checking, as at the provider.
func (r record) writeSteps(text *strings.Builder, fraction float64) {
	total := r.Plan.Steps
	done := min(int(fraction/0.92*float64(total)), total)
	each := time.Duration(float64(r.Plan.Running) * 0.92 / float64(total))
	text.WriteString(tqdm(0, total, each))
	for step := 1; step <= done; step++ {
		text.WriteString(tqdm(step, total, each))
	}
}

// eighths are the partial blocks of tqdm.
var eighths = []string{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"}

// tqdm is a line of tqdm's progress bar, ten characters wide.
func tqdm(step, total int, each time.Duration) string {
	share := float64(step) / float64(total)
	filled := int(share * 80)
	bar := strings.Repeat("█", filled/8) + eighths[filled%8]
	bar += strings.Repeat(" ", 10-(filled+7)/8)
	pace, left := "?it/s", "?"
	if step > 0 && each > 0 {
		pace = fmt.Sprintf("%5.2fit/s", float64(time.Second)/float64(each))
		left = minutesSeconds(each * time.Duration(total-step))
	}
	return fmt.Sprintf("%3.0f%%|%s| %d/%d [%s<%s, %s]\n", math.Floor(share*100), bar, step, total, minutesSeconds(each*time.Duration(step)), left, pace)
}

func minutesSeconds(d time.Duration) string {
	seconds := int(d.Seconds())
	return fmt.Sprintf("%02d:%02d", seconds/60, seconds%60)
}

func (r record) writeResult(text *strings.Builder, m snapshot, shape model.OutputCount) {
	switch {
	case m.status == failed && r.Plan.Error != "":
		fmt.Fprintf(text, "helpers.exceptions.prediction.ModelError: %s\n", r.Plan.Error)
	case shape == model.Many:
		for n := range r.Plan.Requested {
			if !r.hasOutput(n) {
				fmt.Fprintf(text, "NSFW content detected in image %d\n", n)
			}
		}
		fmt.Fprintf(text, "Total safe images: %d out of %d\n", len(r.Plan.Outputs), r.Plan.Requested)
	default:
		fmt.Fprintf(text, "Generated image in %.1fsec\nDownloaded image in 0.14sec", r.Plan.Running.Seconds())
	}
}

// hasOutput reports whether picture n was not filtered out.
func (r record) hasOutput(n int) bool { return slices.Contains(r.Plan.Outputs, n) }
