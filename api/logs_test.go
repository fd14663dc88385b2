package api

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
)

func TestSeed(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		logs  string
		input map[string]any
		seed  int64
		known bool
	}{
		"none":                  {"Running prediction...", nil, 0, false},
		"one":                   {"Running prediction... \nUsing seed: 41298\nGenerating", nil, 41298, true},
		"the last of two":       {"Using seed: 1\nrunning quantized prediction\nUsing seed: 62182\n  0%|", nil, 62182, true},
		"log over input":        {"Using seed: 5\n", map[string]any{"seed": 7.0}, 5, true},
		"input":                 {"", map[string]any{"seed": 7.0}, 7, true},
		"input, big":            {"", map[string]any{"seed": json.Number("9007199254740993")}, 9007199254740993, true},
		"input, int":            {"", map[string]any{"seed": 7}, 7, true},
		"input, a fraction":     {"", map[string]any{"seed": 7.5}, 0, false},
		"input, text":           {"", map[string]any{"seed": "7"}, 0, false},
		"within a line":         {"prompt: Using seed: 5", nil, 0, false},
		"beyond int64":          {"Using seed: 9999999999999999999\n", nil, 0, false},
		"a bf16 seed, CR lines": {"Using seed: 33524\r\n0it", nil, 33524, true},
	} {
		seed, known := Prediction{Logs: test.logs, Input: test.input}.Seed()
		if known != test.known || known && seed != test.seed {
			t.Errorf("%s: %d, %v", name, seed, known)
		}
	}
}

func TestProgress(t *testing.T) {
	t.Parallel()
	four := map[string]any{"num_inference_steps": 4.0}
	for name, test := range map[string]struct {
		p    Prediction
		want float64 // -1: unknown
	}{
		"nothing":            {Prediction{}, -1},
		"no bar":             {Prediction{Logs: "Running prediction... \nUsing seed: 1\n"}, -1},
		"at 0":               {Prediction{Logs: "Using seed: 1\n  0%|          | 0/4 [00:00<?, ?it/s]"}, 0},
		"at 3 of 4":          {Prediction{Logs: "  0%|          | 0/4 [00:00<?, ?it/s]\n 75%|███████▌  | 3/4 [00:00<00:00, 15.38it/s]\n"}, 0.75},
		"lines after":        {Prediction{Logs: "100%|██████████| 4/4 [00:00<00:00, 13.43it/s]\nTotal safe images: 1 out of 1\n"}, 1},
		"carriage returns":   {Prediction{Logs: "  0%|    | 0/4 [x]\r 50%|██  | 2/4 [x]\r"}, 0.5},
		"no total, steps":    {Prediction{Logs: "0it [00:00, ?it/s]\n1it [00:00,  8.51it/s]\n3it [x]", Input: four}, 0.75},
		"no total, other":    {Prediction{Logs: "3it [x]", Input: map[string]any{"steps": 6}}, 0.5},
		"no total, no steps": {Prediction{Logs: "3it [x]"}, -1},
		"beyond its total":   {Prediction{Logs: "9it [x]", Input: four}, 1},
		"lies":               {Prediction{Logs: "999%|██| 9/4 [x]"}, 1},
		"total 0":            {Prediction{Logs: " 30%|██| 0/0 [x]"}, 0.3},
		"succeeded":          {Prediction{Status: Succeeded}, 1},
		"the gateway's word": {Prediction{gatewayProgress: 0.3}, 0.3},
		"log over gateway":   {Prediction{gatewayProgress: 0.3, Logs: " 75%|██| 3/4 [x]"}, 0.75},
	} {
		got, known := test.p.Progress()
		if known != (test.want >= 0) || known && math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%s: %v, %v", name, got, known)
		}
	}
}

func FuzzLogs(f *testing.F) {
	f.Add("Using seed: 1\n 75%|███| 3/4 [x]\n", 4.0)
	f.Add("0it [00:00]\r9it [", 0.0)
	f.Add(strings.Repeat("9", 400)+"%|||| "+strings.Repeat("9", 400)+"/"+strings.Repeat("9", 400), 4.0)
	f.Add(strings.Repeat("9", 400)+"it [", 4.0)
	f.Add("999999999%|||| 1/0", -1.0)
	f.Fuzz(func(t *testing.T, logs string, steps float64) {
		p := Prediction{Logs: logs, Input: map[string]any{"num_inference_steps": steps}}
		if got, known := p.Progress(); !(got >= 0 && got <= 1) || !known && got != 0 {
			t.Fatalf("%v, %v", got, known)
		}
		if seed, known := p.Seed(); seed < 0 || !known && seed != 0 && seed != math.MaxInt64 {
			t.Fatalf("%v, %v", seed, known)
		}
	})
}
