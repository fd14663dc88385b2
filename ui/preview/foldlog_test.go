package preview

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"tintype/ui/text"
)

// folded returns a folded log as one text.
func folded(log string) string {
	var lines []string
	for _, l := range foldLog(log) {
		lines = append(lines, string(l.text))
	}
	return strings.Join(lines, "\n")
}

// TestFoldLog: of lines about the same progress the last one is left, in a few words. All other lines stay as they are.
func TestFoldLog(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, log, want string }{
		{"nothing", "", ""},
		{
			"schnell",
			"Using seed: 62182\nrunning quantized prediction\nUsing seed: 62182\n  0%|          | 0/4 [00:00<?, ?it/s]\n 75%|███████▌  | 3/4 [00:00<00:00, 15.38it/s]\n" +
				"100%|██████████| 4/4 [00:00<00:00, 13.43it/s]\nTotal safe images: 1 out of 1\n",
			"Using seed: 62182\nrunning quantized prediction\nUsing seed: 62182\n100%  4/4  13.43it/s\nTotal safe images: 1 out of 1",
		},
		{
			"a bar without a total",
			"Using seed: 33524\n0it [00:00, ?it/s]\n1it [00:00,  8.51it/s]\n4it [00:00,  5.23it/s]\n4it [00:00,  5.52it/s]\nTotal safe images: 1 out of 1",
			"Using seed: 33524\n4 steps  5.52it/s\nTotal safe images: 1 out of 1",
		},
		{
			"pro",
			"Running prediction... \nUsing seed: 41298\nGenerating image...\nGenerated image in 3.1sec\nDownloaded image in 0.14sec",
			"Running prediction...\nUsing seed: 41298\nGenerating image...\nGenerated image in 3.1sec\nDownloaded image in 0.14sec",
		},
		{
			"two runs",
			"txt2img mode\n  0%|          | 0/16 [00:00<?, ?it/s]\n100%|██████████| 16/16 [00:02<00:00,  7.81it/s]\n  0%|          | 0/5 [00:00<?, ?it/s]\n 20%|██        | 1/5 [00:00<00:00,  7.47it/s]",
			"txt2img mode\n100%  16/16  7.81it/s\n20%  1/5  7.47it/s",
		},
		{
			"a failure in the middle",
			"  0%|          | 0/4 [00:00<?, ?it/s]\n 25%|██▌       | 1/4 [00:00<00:01,  2.1it/s]\nRuntimeError: CUDA out of memory\n",
			"25%  1/4  2.1it/s\nRuntimeError: CUDA out of memory",
		},
		{"carriage returns", "Loading\r 10%|█         | 1/10 [00:00<?, ?it/s]\r 20%|██        | 2/10 [00:00<00:01, 9.9it/s]\rdone\r\nnext\r", "done\nnext"},
		{"an unfinished bar", "load: 12%|█▎        | 1/8 [00:00<00:01, 7.2", "load:  12%  1/8  7.2"},
		{
			"downloads",
			"Downloading weights: 1.2MB of 4.1GB\nDownloading weights: 800MB of 4.1GB\nDownloading weights: 4.1GB of 4.1GB\nloaded",
			"Downloading weights: 4.1GB of 4.1GB\nloaded",
		},
		{
			"files one after the other",
			"Downloading shard 1/3\nDownloading shard 2/3\nDownloading shard 3/3\nReady.", "Downloading shard 3/3\nReady.",
		},
		{"the same line again", "Waiting for a GPU...\nWaiting for a GPU...\nWaiting for a GPU...\nStarted", "Waiting for a GPU...\nStarted"},
		{
			"two bars that take turns",
			"vae: 10%|█   | 1/9 [00:00<?, ?B/s]\nunet: 5%|▌   | 1/20 [00:00<?, ?B/s]\nvae: 99%|████| 9/9 [00:01<00:00, 1MB/s]\nunet: 50%|██  | 10/20 [00:01<00:01, 1MB/s]\nok",
			"vae:  99%  9/9  1MB/s\nunet:  50%  10/20  1MB/s\nok",
		},
		{"colours", "\x1b[32m50%\x1b[0m|#####     | 2/4 [00:01<00:01, 2it/s]\x1b[A\n\x1b[32m100%\x1b[0m|##########| 4/4 [00:02<00:00, 2it/s]\n", "100%  4/4  2it/s"},
		{"errors are kept", "error in layer 1\nerror in layer 2\nerror in layer 3", "error in layer 1\nerror in layer 2\nerror in layer 3"},
	} {
		if got := folded(c.log); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// FuzzFoldLog: folding is safe for any text. It makes no line, and drops none that is not about progress.
func FuzzFoldLog(f *testing.F) {
	for _, s := range []string{"", "\r", "a\rb\r\nc", " 12%|█ | 1/8 [00:00<00:01, 7it/s]", "3it [", "%|||1/2", "\x1b[", "Downloading 1…\nDownloading 2…"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, log string) {
		lines := foldLog(log)
		if most := strings.Count(log, "\n") + 1; len(lines) > most {
			t.Errorf("%d lines of %d", len(lines), most)
		}
		for _, l := range lines {
			if strings.ContainsAny(string(l.text), "\r\n\x1b") {
				t.Errorf("%q is no line", l.text)
			}
		}
		for raw := range strings.SplitSeq(log, "\n") {
			raw = strings.TrimRight(ansi.Strip(afterReturn(raw)), " \t")
			if strings.TrimSpace(raw) == raw && raw != "" && !logPatterns().progress.MatchString(raw) && len(raw) < text.MaxBytes &&
				!slices.ContainsFunc(lines, func(l logLine) bool { return l.text == text.CleanLine(raw) }) {
				t.Errorf("%q is missing in\n%s", raw, folded(log))
			}
		}
	})
}

// TestRecordedLogsFold: no line of a recorded log has a bar, nor two about the same run. It needs the recordings, which are not part of
// the project.
func TestRecordedLogsFold(t *testing.T) {
	t.Parallel()
	logs := recordedLogs("../../../shared/fixtures")
	if len(logs) == 0 {
		t.Skip("there are no recordings in ../shared/fixtures")
	}
	for _, log := range logs {
		lines := foldLog(log)
		for _, l := range lines {
			if strings.ContainsAny(string(l.text), "|█[") || l.isProgress && text.Width(l.text) > 40 {
				t.Errorf("%q is a line", l.text)
			}
		}
		if len(lines) > 12 {
			t.Errorf("%d lines are left of %q", len(lines), log)
		}
	}
}

// recordedLogs returns the logs in the files of a folder, as they are in JSON.
func recordedLogs(folder string) (logs []string) {
	for _, sub := range []string{"/flux", "/replicate-python"} {
		files, _ := os.ReadDir(folder + sub)
		for _, f := range files {
			b, _ := os.ReadFile(folder + sub + "/" + f.Name())
			logs = append(logs, logsIn(string(b))...)
		}
	}
	return logs
}

// logsIn returns the values of "logs" in JSON, which may be in a string of JSON itself.
func logsIn(s string) (logs []string) {
	unescape := strings.NewReplacer(`\\n`, "\n", `\n`, "\n", `\r`, "\r", `\t`, "\t", `\"`, `"`)
	for _, mark := range []string{`"logs": "`, `"logs":"`, `\"logs\":\"`} {
		for _, rest := range strings.Split(s, mark)[1:] {
			value, _, _ := strings.Cut(rest, `"`)
			logs = append(logs, unescape.Replace(strings.TrimRight(value, `\`)))
		}
	}
	return logs
}
