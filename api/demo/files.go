package demo

import (
	"crypto/md5" //nolint:gosec // Replicate lists it beside sha256
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"
)

// upload is a file that was uploaded. Official clients do that with local input images by default.
type upload struct {
	id, name, kind string
	metadata       string // JSON
	sha256, md5    string // in hexadecimal
	content        []byte
	created        time.Time
}

// uploads keeps files in memory for a day, as Replicate does, and the newest ones within a limit.
type uploads struct {
	limit int // bytes

	mu  sync.Mutex
	all []upload // oldest first
}

const (
	maxUploads     = 64 << 20 // bytes
	uploadLifetime = 24 * time.Hour
)

// add stores a file and drops the oldest ones that exceed the limit.
func (u *uploads) add(f upload) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all = append(u.all, f)
	total := 0
	for i, kept := range slices.Backward(u.all) {
		if total += len(kept.content); total > u.limit {
			u.all = slices.Clone(u.all[i+1:])
			return
		}
	}
}

// newest returns the files that have not expired, newest first.
func (u *uploads) newest(now time.Time) []upload {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all = slices.DeleteFunc(u.all, func(f upload) bool { return !now.Before(f.created.Add(uploadLifetime)) })
	list := slices.Clone(u.all)
	slices.Reverse(list)
	return list
}

func (u *uploads) find(id string, now time.Time) (upload, bool) {
	all := u.newest(now)
	if i := slices.IndexFunc(all, func(f upload) bool { return f.id == id }); i >= 0 {
		return all[i], true
	}
	return upload{}, false
}

func (u *uploads) remove(id string) {
	u.mu.Lock()
	defer u.mu.Unlock()
	u.all = slices.DeleteFunc(u.all, func(f upload) bool { return f.id == id })
}

// handleUpload takes a form with the file as "content", and optionally "metadata" in JSON.
func (s *Server) handleUpload(resp *response, r *http.Request, d dialect, _ []string) {
	r.Body = http.MaxBytesReader(resp, r.Body, maxBody)
	if err := r.ParseMultipartForm(maxBody); err != nil {
		d.writeError(resp, apiError{status: http.StatusBadRequest, title: "Invalid form", detail: "The request is no multipart form of at most 32 MiB."})
		return
	}
	defer func() { _ = r.MultipartForm.RemoveAll() }() // nothing is on disk: the form fits in memory
	part, head, err := r.FormFile("content")
	if err != nil {
		d.writeError(resp, apiError{status: http.StatusBadRequest, title: "Missing content", detail: `The form has no file "content".`})
		return
	}
	defer part.Close()
	content, err := io.ReadAll(part)
	if err != nil {
		d.writeError(resp, apiError{status: http.StatusBadRequest, title: "Invalid form", detail: "The file ends too early."})
		return
	}
	sha, sum := sha256.Sum256(content), md5.Sum(content) //nolint:gosec // as above
	f := upload{
		id: newID(), name: head.Filename, kind: head.Header.Get("Content-Type"), metadata: formText(r, "metadata"), content: content,
		sha256: hex.EncodeToString(sha[:]), md5: hex.EncodeToString(sum[:]), created: s.now().UTC(),
	}
	s.uploads.add(f)
	writeJSON(resp, http.StatusCreated, "application/json", f.describe(s.origin(r)))
}

// formText returns a field of a form. replicate-javascript sends fields with a type as files.
func formText(r *http.Request, name string) string {
	if text := r.FormValue(name); text != "" {
		return text
	}
	part, _, err := r.FormFile(name)
	if err != nil {
		return ""
	}
	defer part.Close()
	text, _ := io.ReadAll(part) // it is in memory
	return string(text)
}

func (s *Server) handleUploads(resp *response, r *http.Request, d dialect, _ []string) {
	results := []any{}
	for _, f := range s.uploads.newest(s.now()) {
		results = append(results, f.describe(s.origin(r)))
	}
	writeObject(resp, d, map[string]any{"next": nil, "previous": nil, "results": results})
}

func (s *Server) handleUploaded(resp *response, r *http.Request, d dialect, args []string) {
	f, ok := s.uploads.find(args[0], s.now())
	if !ok {
		d.writeError(resp, errNotFound)
		return
	}
	writeObject(resp, d, f.describe(s.origin(r)))
}

func (s *Server) handleUploadContent(resp *response, _ *http.Request, d dialect, args []string) {
	f, ok := s.uploads.find(args[0], s.now())
	if !ok {
		d.writeError(resp, errNotFound)
		return
	}
	resp.header.Set("Content-Type", f.kind)
	_, _ = resp.Write(f.content)
}

func (s *Server) handleDeleteUpload(resp *response, _ *http.Request, d dialect, args []string) {
	if _, ok := s.uploads.find(args[0], s.now()); !ok {
		d.writeError(resp, errNotFound)
		return
	}
	s.uploads.remove(args[0])
	resp.WriteHeader(http.StatusNoContent)
}

// describe is a file in Replicate's format.
func (f upload) describe(origin string) map[string]any {
	url := origin + "/v1/files/" + f.id
	return map[string]any{
		"id": f.id, "name": f.name, "content_type": f.kind, "size": len(f.content), "etag": f.md5,
		"checksums": map[string]any{"sha256": f.sha256, "md5": f.md5},
		"metadata":  rawObject(f.metadata), "created_at": timestamp(f.created), "expires_at": timestamp(f.created.Add(uploadLifetime)),
		"urls": map[string]any{"get": url, "download": url + "/download"},
	}
}

// rawObject returns the metadata that the client sent, an empty object without any.
func rawObject(text string) any {
	object := map[string]any{}
	_ = json.Unmarshal([]byte(text), &object) // anything but an object is left out
	return object
}
