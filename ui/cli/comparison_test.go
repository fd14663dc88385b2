package cli

import (
	"slices"
	"testing"

	"tintype/history"
	"tintype/history/duels"
	"tintype/ui/rank"
)

// TestFeaturesOfPlan: pictures that were compared as those of a plan have its axes, also one that was bought in another plan.
func TestFeaturesOfPlan(t *testing.T) {
	t.Parallel()
	one := history.Entry{Key: "one", Batch: "bought", Cell: map[string]string{"style": "ink"}, Model: "black-forest-labs/flux-dev"}
	two := history.Entry{Key: "two", Batch: "other", Cell: map[string]string{"size": "2"}, Model: "black-forest-labs/flux-dev"}
	pictures := []duels.Picture{{Key: "one", Output: 1}, {Key: "two", Output: 1}}
	c := comparison{entries: map[string]history.Entry{"one": one, "two": two}, pictures: pictures, plan: "compared"}
	if _, ofPlan := c.features("style"); ofPlan {
		t.Error("pictures of two plans have the axes of one")
	}
	c.cells = map[string]map[string]string{"one": {"style": "ink", "model": "flux-dev"}, "two": {"style": "oil", "model": "flux-dev"}}
	features, ofPlan := c.features("style")
	want := []rank.Feature{{Axis: "model", Value: "black-forest-labs/flux-dev"}, {Axis: "style", Value: "oil"}}
	if got := features(pictures[1]); !ofPlan || !slices.Equal(got, want) {
		t.Errorf("of the plan: %v, with the features %v", ofPlan, got)
	}
	if err := c.checkBy("style"); err != nil {
		t.Error(err)
	}
	delete(c.cells, "two")
	if _, ofPlan := c.features("style"); ofPlan {
		t.Error("a picture that is not in the plan has its axes")
	}
}
