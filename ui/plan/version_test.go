package plan

import (
	"reflect"
	"testing"

	"tintype/ui/picturekey"
)

// versions returns the model and the version of each cell, and checks that their keys are those of what would be sent.
func versions(t *testing.T, p *Plan) (all []string) {
	t.Helper()
	for i, c := range p.Cells {
		all = append(all, c.Model+" "+c.Version)
		if rule := (picturekey.Rule{}); c.Key != rule.Of(c.Model, c.Version, c.Input, nil) {
			t.Errorf("cell %d has the key of another model", i)
		}
	}
	return all
}

// TestVersionIsKept: the version that is named with a model is in each cell, wherever it was named, and in the plan's file.
func TestVersionIsKept(t *testing.T) {
	const dev, schnell = "black-forest-labs/flux-dev ", "black-forest-labs/flux-schnell "
	reads := 0
	for _, test := range []struct {
		why  string
		spec Spec
		want []string
	}{
		{"none", spec(t, "flux-dev"), []string{dev}},
		{"of the spec", spec(t, "flux-dev:1234"), []string{dev + "1234"}},
		{"of a model that is not in the catalogue", spec(t, "some-one/thing:1234"), []string{"some-one/thing 1234"}},
		{"of one value of an axis", spec(t, "flux-schnell", "model=flux-dev:1234,flux-dev,flux-schnell:56"), []string{dev + "1234", dev, schnell + "56"}},
		{"two of one model", spec(t, "flux-schnell", "model=flux-dev:1234,black-forest-labs/flux-dev:56"), []string{dev + "1234", dev + "56"}},
		{"of a tied axis", spec(t, "flux-schnell", "model+guidance=some-one/thing:1234/2.5,flux-schnell/-"), []string{"some-one/thing 1234", schnell}},
		{"of a preset", spec(t, "flux-schnell", "preset=old,ink"), []string{dev + "1234", schnell}},
		{"of rows", Spec{AsWritten: true, Model: "flux-dev:1234", Rows: []Row{{Line: 1, Prompt: "a"}, {Line: 2, Prompt: "a", Model: "flux-dev"}, {Line: 3, Prompt: "a", Model: "flux-schnell:56"}}}, []string{dev + "1234", dev, schnell + "56"}},
	} {
		o := Options{Provider: "replicate", Preset: testPresets(&reads)}
		p, err := Build(test.spec, o)
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		if got := versions(t, p); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %q, want %q", test.why, got, test.want)
		}
		data, err := Encode(test.spec)
		if err != nil {
			t.Fatal(err)
		}
		kept, err := Decode(data, "kept.toml")
		if err != nil {
			t.Errorf("%s: %v", test.why, err)
			continue
		}
		again, err := Build(kept, o)
		if err != nil || again.Key != p.Key || !reflect.DeepEqual(versions(t, again), test.want) {
			t.Errorf("%s: from its file it is another plan: %v\n%s", test.why, err, data)
		}
	}
}

// TestVersionMakesAnotherPlan: plans of two versions have two keys, and a short name makes no other.
func TestVersionMakesAnotherPlan(t *testing.T) {
	of := func(id string) string { return build(t, spec(t, id)).Key }
	if of("flux-dev") == of("flux-dev:1234") || of("flux-dev:1234") == of("flux-dev:56") {
		t.Error("two versions are one plan")
	}
	if of("flux-dev:1234") != of("black-forest-labs/flux-dev:1234") {
		t.Error("a short name makes another plan")
	}
}

// TestSkipOfVersion: a condition without a version holds for all of them.
func TestSkipOfVersion(t *testing.T) {
	for skip, want := range map[string]string{
		"model=flux-dev": "--n", "model=flux-dev:1234": "-nn", "model!=flux-dev": "nn-", "model=flux-dev:99": "nnn",
	} {
		s := spec(t, "flux-dev", "model=flux-dev:1234,flux-dev,flux-schnell:56")
		condition, err := ParseSkip(skip)
		if err != nil {
			t.Fatal(err)
		}
		s.Skips = []Skip{condition}
		if got := states(build(t, s)); got != want {
			t.Errorf("%s leaves %s, want %s", skip, got, want)
		}
	}
}

func TestBadVersion(t *testing.T) {
	for _, test := range []struct{ typed, want string }{
		{"model=flux-dev:", `model: "flux-dev:" has no version behind the colon; write owner/name:version, or leave the colon out`},
		{"model=flux-dev:a/b", `model: "a/b" is no version of a model; copy it from the model's page, as in owner/name:version`},
	} {
		if _, err := Build(spec(t, "flux-schnell", test.typed), Options{}); err == nil || err.Error() != test.want {
			t.Errorf("%s: %v\nwant %s", test.typed, err, test.want)
		}
	}
}
