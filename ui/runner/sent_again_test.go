package runner_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/history"
)

// TestI01PaidOnceByStatusAlone: whatever status, body, header and cut an answer to a purchase has, the purchase is sent again
// only after a 429 or a 503 with Retry-After, three and two times at most, and never if the answer names a prediction.
func TestI01PaidOnceByStatusAlone(t *testing.T) {
	t.Parallel()
	bodies := []string{
		"", "rate limited", "<html><title>1015</title>", `{"error":{"code":"rate_limit_exceeded","message":"slow"}}`, `{"detail":"try again in 1 s"}`,
		`{"code":"rate_limit_error","data":{"status":"x"}}`, `{"id":"abcdefgh","detail":"slow"}`, `{"data":{"task_id":"abcdefgh"},"code":"rate_limit_exceeded"}`,
		`[{"id":"abcdefgh"}]`, `{"id":7,"status":"starting"}`, `{"retry_after":1,"error":"rate limit"}`,
	}
	statuses := []int{200, 201, 202, 400, 403, 404, 408, 409, 425, 429, 429, 429, 500, 502, 503, 503, 504, 520, 529}
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 429))
		fault := demo.Fault{On: demo.Create, Status: statuses[r.IntN(len(statuses))], Body: bodies[r.IntN(len(bodies))], Header: http.Header{}}
		if r.IntN(2) == 0 {
			fault.Header.Set("Retry-After", []string{"1", "0", "soon"}[r.IntN(3)])
		}
		if r.IntN(4) == 0 && len(fault.Body) > 0 {
			fault.Cut, fault.CutAt = true, r.IntN(len(fault.Body))
		}
		name := fmt.Sprintf("%d: %d, %q, Retry-After %q, cut %v at %d", seed, fault.Status, fault.Body, fault.Header.Get("Retry-After"), fault.Cut, fault.CutAt)
		scenario(t, name, withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(fault)
			key := h.submit("x")
			h.advance(5 * time.Minute)
			most := 1
			switch named := strings.Contains(fault.Body, `id":`) && !fault.Cut; {
			case fault.Status == 429 && !named:
				most = 3
			case fault.Status == 503 && !named && fault.Header.Get("Retry-After") != "":
				most = 2
			}
			row, _ := h.runner.Row(key)
			if posts := server.Counts().Posts; posts > most || most == 3 && !fault.Cut && (posts != 3 || row.State != history.Failed) {
				t.Errorf("%d posts, want at most %d; %s", posts, most, row.State)
			}
		})
	}
}
