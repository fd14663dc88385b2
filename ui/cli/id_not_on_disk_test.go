package cli_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestIDNotOnDisk: when the disk fails between a purchase and its answer, the id is printed with the words that it is not on the disk, also
// in --json, and the exit code is 5. Nothing claims that nothing was bought. Once the disk works, the same run writes the id and ends as
// usual.
func TestIDNotOnDisk(t *testing.T) {
	t.Parallel()
	const id = "theonlytraceofit"
	for name, c := range map[string]struct {
		mends bool
		args  []string
		code  int
	}{
		"followed":     {false, []string{"--timeout", "1s"}, 5},
		"not followed": {false, []string{"--no-wait"}, 5},
		"mended":       {true, nil, 1}, // as it fails at the provider
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newCommandLine(t, t.TempDir())
			dir := filepath.Join(s.home, "history")
			file := filepath.Join(dir, "history.jsonl")
			var posts, gets atomic.Int32
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				var err error
				status := "processing"
				switch {
				case r.Method == http.MethodPost:
					posts.Add(1)
					err = os.Rename(file, file+".gone")
					if err == nil {
						err = os.Mkdir(file, 0o700)
					}
					w.WriteHeader(http.StatusCreated)
				case gets.Add(1) == 1 && c.mends:
					if err = os.Remove(file); err == nil {
						err = os.Rename(file+".gone", file)
					}
				case c.mends:
					status = "failed"
				}
				if err != nil {
					t.Error(err)
				}
				_, _ = fmt.Fprintf(w, `{"id":%q,"status":%q,"model":"black-forest-labs/flux-schnell","input":{}}`, id, status)
			}))
			t.Cleanup(server.Close)
			args := append([]string{"run", "--provider", "replicate", "--base-url", server.URL, "--data-dir", dir, "--json", "A boat."}, c.args...)
			code, out, output := s.run("", args...)
			var o struct {
				ID        string `json:"id"`
				ErrorCode string `json:"error_code"`
			}
			if err := json.Unmarshal(out, &o); err != nil {
				t.Fatalf("no object: %v in %q; it said %s", err, out, output)
			}
			if code != c.code || o.ID != id || posts.Load() != 1 || (o.ErrorCode == "id_not_on_disk") != (c.code == 5) {
				t.Errorf("code %d, %+v, %d posts; it said %s", code, o, posts.Load(), output)
			}
			said := string(output)
			if !strings.Contains(said, "its id could not be written to the disk. Note it: "+id) || strings.Contains(said, "so nothing is bought") {
				t.Errorf("it said %s", said)
			}
		})
	}
}
