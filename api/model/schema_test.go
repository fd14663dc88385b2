package model

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// property is one input of Replicate's published schema.
type property struct {
	Type, Format     string
	Default          any
	Minimum, Maximum *float64
	Order            int `json:"x-order"`
	AllOf            []struct {
		Ref string `json:"$ref"`
	}
}

type schemaFile struct {
	LatestVersion struct {
		Schema struct {
			Components struct {
				Schemas struct {
					Input struct {
						Required   []string
						Properties map[string]property
					}
					Output struct{ Type string }
				}
			}
		} `json:"openapi_schema"`
	} `json:"latest_version"`
}

// TestPublishedSchemas compares the first generation with Replicate's own schemas, if they are available.
func TestPublishedSchemas(t *testing.T) {
	t.Parallel()
	files, _ := filepath.Glob("../../../shared/contract/flux-schemas/*.json")
	if len(files) == 0 {
		t.Skip("the schemas are not available")
	}
	for _, path := range files {
		compare(t, strings.TrimSuffix(filepath.Base(path), ".json"), path)
	}
}

// addedSince are parameters that cog-flux has added after the schemas were saved.
var addedSince = map[string][]string{"flux-dev-lora": {"extra_lora", "extra_lora_scale"}}

func compare(t *testing.T, name, path string) {
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var file schemaFile
	var enums struct {
		LatestVersion struct {
			Schema struct {
				Components struct {
					Schemas map[string]struct{ Enum []string }
				}
			} `json:"openapi_schema"`
		} `json:"latest_version"`
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(path, err)
	}
	if err := json.Unmarshal(raw, &enums); err != nil {
		t.Fatal(path, err)
	}
	schemas := file.LatestVersion.Schema.Components.Schemas
	m := Find(name)
	if !m.Known || (m.Outputs == Many) != (schemas.Output.Type == "array") {
		t.Errorf("%s: known %v, output %v, schema %s", name, m.Known, m.Outputs, schemas.Output.Type)
	}
	m.Parameters = slices.DeleteFunc(slices.Clone(m.Parameters), func(p Parameter) bool { return slices.Contains(addedSince[name], p.Name) })
	if len(m.Parameters) != len(schemas.Input.Properties) {
		t.Errorf("%s: %d parameters, schema has %d", name, len(m.Parameters), len(schemas.Input.Properties))
	}
	for i, p := range m.Parameters {
		want, ok := schemas.Input.Properties[p.Name]
		if !ok || want.Order != i {
			t.Errorf("%s %s: at %d, schema has it at %d (%v)", name, p.Name, i, want.Order, ok)
			continue
		}
		var choices []string
		if len(want.AllOf) > 0 {
			ref := want.AllOf[0].Ref
			choices = enums.LatestVersion.Schema.Components.Schemas[ref[strings.LastIndex(ref, "/")+1:]].Enum
		}
		compareParameter(t, name, p, want, choices, slices.Contains(schemas.Input.Required, p.Name))
	}
}

func compareParameter(t *testing.T, name string, p Parameter, want property, choices []string, required bool) {
	t.Helper()
	kind := Type(want.Type)
	if want.Format == "uri" {
		kind = Image
	}
	if len(choices) > 0 {
		kind = String
	}
	if p.Type != kind || p.Required != required || !slices.Equal(p.Choices, choices) {
		t.Errorf("%s %s: %s %v %v, schema %s %v %v", name, p.Name, p.Type, p.Required, p.Choices, kind, required, choices)
	}
	if !reflect.DeepEqual(p.Min, want.Minimum) || !reflect.DeepEqual(p.Max, want.Maximum) {
		t.Errorf("%s %s: range differs from the schema", name, p.Name)
	}
	if p.Format(p.Default) != p.Format(want.Default) {
		t.Errorf("%s %s: default %v, schema %v", name, p.Name, p.Default, want.Default)
	}
}
