package demo

import (
	"fmt"
	"math"
	"net/http"
	"strconv"
	"time"
)

// dialect is the form of a provider's answers.
type dialect interface {
	writeError(resp *response, r apiError)
	writeCreated(resp *response, status int, body map[string]any)
	writeFound(resp *response, r record, m snapshot, body map[string]any)
	// urls returns the addresses in a prediction.
	urls(origin, id string) map[string]any
	// acceptsModelInBody reports whether POST /predictions may name a model.
	acceptsModelInBody() bool
}

// replicateDialect answers with plain objects.
type replicateDialect struct{}

func (replicateDialect) writeError(resp *response, r apiError) {
	body := map[string]any{"detail": r.detail, "status": r.status}
	if r.title != "" {
		body["title"] = r.title
	}
	if len(r.fields) > 0 {
		body["invalid_fields"] = r.fields
	}
	if r.retryAfter > 0 {
		body["retry_after"] = r.retryAfter
		resp.header.Set("Retry-After", strconv.Itoa(r.retryAfter))
	}
	writeJSON(resp, r.status, "application/problem+json", body)
}

func (replicateDialect) writeCreated(resp *response, status int, body map[string]any) {
	resp.header.Set("Ratelimit-Remaining", "599")
	resp.header.Set("Ratelimit-Reset", "1")
	writeJSON(resp, status, "application/json", body)
}

func (replicateDialect) writeFound(resp *response, _ record, _ snapshot, body map[string]any) {
	resp.header.Set("Ratelimit-Remaining", "2999")
	resp.header.Set("Ratelimit-Reset", "1")
	writeJSON(resp, http.StatusOK, "application/json", body)
}

func (replicateDialect) urls(origin, id string) map[string]any {
	url := origin + "/v1/predictions/" + id
	return map[string]any{"get": url, "cancel": url + "/cancel", "web": origin + "/p/" + id}
}

func (replicateDialect) acceptsModelInBody() bool { return false }

// cometDialect wraps queries in the envelope of New API (the gateway that CometAPI runs), answers
// unknown routes with a page of HTML, and returns URLs at Replicate, where its key does not work.
type cometDialect struct{}

const homePage = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>tintype demo</title></head>
<body><h1>tintype demo</h1><p>A server of the Replicate format that paints. Nothing here costs anything.</p></body></html>
`

func (cometDialect) writeError(resp *response, r apiError) {
	switch {
	case r.code == "task_not_exist":
		writeJSON(resp, http.StatusBadRequest, "application/json", map[string]any{"code": r.code, "message": r.code, "data": nil})
		return
	case r.status == http.StatusNotFound && r.code == "":
		resp.header.Set("Content-Type", "text/html; charset=utf-8")
		_, _ = resp.Write([]byte(homePage))
		return
	case r.status == http.StatusUnauthorized:
		r.detail = "Invalid token"
	case r.code == "model_not_found":
		r.status, r.detail = http.StatusServiceUnavailable, "no available channel for this model (distributor)"
	case r.code == "invalid_request" && r.status == http.StatusBadRequest:
		r.status = http.StatusInternalServerError
	}
	if r.retryAfter > 0 {
		resp.header.Set("Retry-After", strconv.Itoa(r.retryAfter))
	}
	writeJSON(resp, r.status, "application/json", map[string]any{"error": map[string]any{
		"message": r.detail + " (request id: demo)", "type": "comet_api_error", "param": "", "code": r.code,
	}})
}

func (cometDialect) writeCreated(resp *response, _ int, body map[string]any) {
	writeJSON(resp, http.StatusOK, "application/json", body)
}

// writeFound wraps a prediction like New API's TaskResponse.
func (cometDialect) writeFound(resp *response, r record, m snapshot, body map[string]any) {
	reason, _ := body["error"].(string)
	writeJSON(resp, http.StatusOK, "application/json", map[string]any{
		"code": "success", "message": "", "data": map[string]any{
			"id": 1, "task_id": r.ID, "platform": "replicate", "action": "", "status": taskStatus(m), "fail_reason": reason,
			"submit_time": r.Created.Unix(), "start_time": unixSeconds(m.started), "finish_time": unixSeconds(m.completed),
			"progress": fmt.Sprintf("%.0f%%", math.Floor(m.progress*100)), "data": body,
		},
	})
}

func unixSeconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

func taskStatus(m snapshot) string {
	switch m.status {
	case starting:
		return "SUBMITTED"
	case succeeded:
		return "SUCCESS"
	case failed, canceled, aborted:
		return "FAILURE"
	}
	return "IN_PROGRESS"
}

func (cometDialect) urls(_, id string) map[string]any {
	url := "https://api.replicate.com/v1/predictions/" + id
	return map[string]any{
		"get": url, "cancel": url + "/cancel", "web": "https://replicate.com/p/" + id,
		"stream": "https://stream.replicate.com/v1/files/demo-" + id,
	}
}

func (cometDialect) acceptsModelInBody() bool { return true }
