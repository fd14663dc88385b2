//go:build unix

package cli_test

import (
	"encoding/json"
	"math/rand/v2"
	"strings"
	"testing"
)

// firstPicture makes a picture, or a prediction that fails, and returns its key.
func (h *home) firstPicture(t *testing.T, args []string, prompt string) string {
	t.Helper()
	var e struct{ Key string }
	_, stdout, stderr := h.sweep(t, nil, append([]string{"run", "-m", "flux-dev", "-s", "7", "-f", "jpg", "--set", "megapixels=0.25", prompt}, args...)...)
	if err := json.Unmarshal(stdout, &e); err != nil {
		t.Fatalf("%v\n%s", err, stderr)
	}
	return e.Key
}

// TestImpactKilled: an impact whose purchases are killed at random moments and started again buys each picture once, and is measured in full.
func TestImpactKilled(t *testing.T) {
	t.Parallel()
	kills := 6
	if longTests() {
		kills = 40
	}
	h, server := newHome(t), newServer(t, quick)
	key := h.firstPicture(t, server.args(), "a red fox, masterpiece, inverted, in snow")
	server.setBehaviour(dripping)
	impact := append([]string{"impact", key, "--seeds", "2", "--yes", "--jobs", "1"}, server.args()...)
	h.killing(t, server, rand.New(rand.NewPCG(12, 1)), kills, impact)
	var result struct{ Phrases []struct{ Impact *float64 } }
	if err := json.Unmarshal(h.finish(t, impact), &result); err != nil || len(result.Phrases) != 4 {
		t.Fatalf("%+v %v", result, err)
	}
	for i, p := range result.Phrases {
		if p.Impact == nil {
			t.Errorf("phrase %d was not measured", i)
		}
	}
	if n := server.Counts().Accepted; n != 10 {
		t.Errorf("%d purchases of 10 pictures", n)
	}
}

// TestImpactTwice: two programs that start the same impact at once buy each picture once, and both measure it. What the other one makes is measured
// by the same command once it is here.
func TestImpactTwice(t *testing.T) {
	t.Parallel()
	h, server := newHome(t), newServer(t, quick)
	key := h.firstPicture(t, server.args(), "a red fox, masterpiece, inverted")
	impact := append([]string{"impact", key, "--seeds", "2", "--yes"}, server.args()...)
	twice(t, func() bool {
		code, stdout, stderr := h.sweep(t, nil, impact...)
		if strings.Contains(string(stderr), "by another program") || strings.Contains(string(stderr), "by another running tintype") {
			return false
		}
		var result struct{ Phrases []struct{ Impact *float64 } }
		if err := json.Unmarshal(stdout, &result); code != 0 || err != nil || len(result.Phrases) != 3 || result.Phrases[0].Impact == nil {
			t.Errorf("exit code %d, %v: %s %s", code, err, stdout, stderr)
		}
		return true
	})
	if n := server.Counts().Accepted; n != 8 {
		t.Errorf("%d purchases of 8 pictures", n)
	}
}
