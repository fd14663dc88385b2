package demo

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"strings"

	"tintype/api/model"
)

func (s *Server) handleAccount(resp *response, _ *http.Request, d dialect, _ []string) {
	writeObject(resp, d, map[string]any{"type": "user", "username": "demo", "name": "tintype demo"})
}

// writeObject answers with an object that is not a prediction.
func writeObject(resp *response, d dialect, body map[string]any) {
	d.writeFound(resp, record{}, snapshot{}, body)
}

func (s *Server) handleModels(resp *response, r *http.Request, d dialect, _ []string) {
	results := []map[string]any{}
	for _, m := range model.All() {
		results = append(results, s.modelObject(m, r))
	}
	writeObject(resp, d, map[string]any{"next": nil, "previous": nil, "results": results})
}

func (s *Server) handleModel(resp *response, r *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known {
		writeObject(resp, d, s.modelObject(m, r))
		return
	}
	d.writeError(resp, errNotFound)
}

func (s *Server) handleVersions(resp *response, _ *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known {
		writeObject(resp, d, map[string]any{"next": nil, "previous": nil, "results": []any{versionObject(m)}})
		return
	}
	d.writeError(resp, errNotFound)
}

func (s *Server) handleVersion(resp *response, _ *http.Request, d dialect, args []string) {
	if m := model.Find(args[0] + "/" + args[1]); m.Known && args[2] == versionHash(m) {
		writeObject(resp, d, versionObject(m))
		return
	}
	d.writeError(resp, errNotFound)
}

// modelObject is a model in Replicate's format.
func (s *Server) modelObject(m model.Model, r *http.Request) map[string]any {
	owner, name, _ := strings.Cut(m.ID, "/")
	return map[string]any{
		"url": s.origin(r) + "/" + m.ID, "owner": owner, "name": name, "description": "painted by the demo of tintype",
		"visibility": "public", "github_url": nil, "paper_url": nil, "license_url": nil, "run_count": 0,
		"cover_image_url": nil, "default_example": nil, "is_official": true, "latest_version": versionObject(m),
	}
}

// versionHash is the version of a model in the demo.
func versionHash(m model.Model) string {
	sum := sha256.Sum256([]byte("tintype demo " + m.ID))
	return hex.EncodeToString(sum[:])
}

func versionObject(m model.Model) map[string]any {
	return map[string]any{
		"id": versionHash(m), "created_at": "2026-01-01T00:00:00.000Z", "cog_version": "0.11.6",
		"openapi_schema": modelSchema(m),
	}
}

// modelSchema is the OpenAPI schema of a model in Replicate's format: choices are schemas of their
// own, and x-order is the order of the inputs.
func modelSchema(m model.Model) map[string]any {
	schemas := map[string]any{"Output": outputSchema(m.Outputs)}
	properties := map[string]any{}
	required := []string{}
	for order, p := range m.Parameters {
		properties[p.Name] = propertySchema(p, order)
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

func propertySchema(p model.Parameter, order int) map[string]any {
	all := map[string]any{"x-order": order, "description": p.Help}
	if p.Default != nil {
		all["default"] = p.Default
	}
	if len(p.Choices) > 0 {
		all["allOf"] = []any{map[string]any{"$ref": "#/components/schemas/" + p.Name}}
		return all
	}
	all["type"], all["title"] = schemaType(p.Type), schemaTitle(p.Name)
	switch p.Type {
	case model.Image:
		all["format"] = "uri"
	case model.Images:
		all["items"] = map[string]any{"type": "string", "format": "uri"}
	case model.Texts, model.Numbers:
		all["items"] = map[string]any{"type": itemType(p.Type)}
	}
	if p.Min != nil {
		all["minimum"] = *p.Min
	}
	if p.Max != nil {
		all["maximum"] = *p.Max
	}
	return all
}

// schemaTitle is "Num Outputs" for num_outputs.
func schemaTitle(name string) string {
	words := strings.Split(name, "_")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, " ")
}
