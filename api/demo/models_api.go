package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"tintype/api/model"
)

func (s *Server) account(a *answer, _ *http.Request, d dialect, _ []string) {
	ok(a, d, map[string]any{"type": "user", "username": "demo", "name": "tintype demo"})
}

func ok(a *answer, d dialect, body map[string]any) {
	d.found(a, record{}, moment{}, body, Behaviour{})
}

func (s *Server) models(a *answer, r *http.Request, d dialect, _ []string) {
	results := []map[string]any{}
	for _, m := range model.All() {
		results = append(results, s.about(m, r))
	}
	ok(a, d, map[string]any{"next": nil, "previous": nil, "results": results})
}

func (s *Server) model(a *answer, r *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known {
		ok(a, d, s.about(m, r))
		return
	}
	d.refuse(a, notFound)
}

func (s *Server) versions(a *answer, _ *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known {
		ok(a, d, map[string]any{"next": nil, "previous": nil, "results": []any{version(m)}})
		return
	}
	d.refuse(a, notFound)
}

func (s *Server) version(a *answer, _ *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known && args[2] == versionOf(m) {
		ok(a, d, version(m))
		return
	}
	d.refuse(a, notFound)
}

// about is Replicate's model object.
func (s *Server) about(m model.Model, r *http.Request) map[string]any {
	owner, name, _ := strings.Cut(m.ID, "/")
	return map[string]any{
		"url": s.origin(r) + "/" + m.ID, "owner": owner, "name": name, "description": "painted by the demo of tintype",
		"visibility": "public", "github_url": nil, "paper_url": nil, "license_url": nil, "run_count": 0,
		"cover_image_url": nil, "default_example": nil, "is_official": true, "latest_version": version(m),
	}
}

// versionOf is the hash under which the demo knows a model.
func versionOf(m model.Model) string {
	sum := sha256.Sum256([]byte("tintype demo " + m.ID))
	return hex.EncodeToString(sum[:])
}

func version(m model.Model) map[string]any {
	return map[string]any{
		"id": versionOf(m), "created_at": "2026-01-01T00:00:00.000Z", "cog_version": "0.11.6",
		"openapi_schema": schema(m),
	}
}

// schema is the model's OpenAPI schema in Replicate's manner: choices stand as
// schemas of their own, the order of the inputs in x-order.
func schema(m model.Model) map[string]any {
	schemas := map[string]any{"Output": outputSchema(m.Outputs)}
	properties := map[string]any{}
	required := []string{}
	for order, p := range m.Parameters {
		properties[p.Name] = property(p, order)
		if len(p.Choices) > 0 {
			schemas[p.Name] = map[string]any{
				"type": "string", "enum": p.Choices, "title": p.Name, "description": "An enumeration.",
			}
		}
		if p.Required {
			required = append(required, p.Name)
		}
	}
	input := map[string]any{"type": "object", "title": "Input", "properties": properties}
	if len(required) > 0 {
		input["required"] = required
	}
	schemas["Input"] = input
	return map[string]any{
		"openapi": "3.0.2", "info": map[string]any{"title": "Cog", "version": "0.1.0"},
		"paths": map[string]any{}, "components": map[string]any{"schemas": schemas},
	}
}

func outputSchema(shape model.OutputCount) map[string]any {
	one := map[string]any{"type": "string", "format": "uri"}
	if shape == model.One {
		one["title"] = "Output"
		return one
	}
	return map[string]any{"type": "array", "items": one, "title": "Output"}
}

func property(p model.Parameter, order int) map[string]any {
	all := map[string]any{"x-order": order, "description": p.Help}
	if p.Default != nil {
		all["default"] = p.Default
	}
	if len(p.Choices) > 0 {
		all["allOf"] = []any{map[string]any{"$ref": "#/components/schemas/" + p.Name}}
		return all
	}
	all["type"], all["title"] = schemaType(p.Type), title(p.Name)
	switch p.Type {
	case model.Image:
		all["format"] = "uri"
	case model.Images:
		all["items"] = map[string]any{"type": "string", "format": "uri"}
	}
	if p.Min != nil {
		all["minimum"] = *p.Min
	}
	if p.Max != nil {
		all["maximum"] = *p.Max
	}
	return all
}

// title is "Num Outputs" for num_outputs.
func title(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
