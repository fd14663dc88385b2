package runner_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/ui/picturekey"
	"tintype/ui/runner"
)

// TestGateGoesByTheRule: the gate has the same idea of one picture as the plans that it lets through: files in two formats are one or two,
// and what was asked of two versions of a model is two.
func TestGateGoesByTheRule(t *testing.T) {
	t.Parallel()
	for rule, want := range map[picturekey.Rule]int{{}: 2, {SameFormat: true}: 3} {
		scenario(t, fmt.Sprintf("%+v", rule), withList, func(t *testing.T, _ string, server *demo.Server, a *harness) {
			defer a.close()
			a.options.Rule = rule
			a.runner = runner.New(a.options)
			hash, planned := sha256.Sum256([]byte("tintype demo "+gateModel)), time.Now()
			version := hex.EncodeToString(hash[:]) // the only one that the demo knows
			for _, draft := range []struct{ version, format string }{
				{"", "webp"}, {"", "png"}, {version, "webp"}, // three pictures at most
				{"", "webp"}, {"", "png"}, {version, "webp"},
			} {
				in := input("x")
				in["seed"], in["output_format"] = int64(1), draft.format
				a.buy(runner.Draft{Model: gateModel, Version: draft.version, Input: in, Batch: "plan", Claim: true, Planned: planned})
				a.advance(time.Minute)
			}
			if n := server.Counts().Accepted; n != want {
				t.Errorf("%d purchases, want %d", n, want)
			}
		})
	}
}
