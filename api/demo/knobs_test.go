package demo_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// withKnobs returns a server with the faults that the specs turn on.
func withKnobs(t *testing.T, specs ...string) (*demo.Server, testClient) {
	t.Helper()
	var b demo.Behaviour
	for _, spec := range specs {
		if err := b.Set(spec); err != nil {
			t.Fatal(err)
		}
	}
	return newTestServer(t, b)
}

const quarter = `{"input":{"prompt":"a paper boat","num_outputs":4,"megapixels":"0.25","output_format":"png"}}`

// finished creates a prediction and returns it once its time has passed.
func finished(t *testing.T, c testClient) map[string]any {
	t.Helper()
	_, created := c.do("POST", schnell, quarter)
	time.Sleep(5 * time.Second)
	_, done := c.do("GET", "/v1/predictions/"+created["id"].(string), "")
	return done
}

func firstOutput(p map[string]any) string { return p["output"].([]any)[0].(string) }

func TestKnobsOfOutputs(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		for _, c := range []struct{ spec, begins string }{
			{"output=data", "data:image/png;base64,iVBOR"}, {"output=base64", "iVBOR"}, {"output=relative", "/outputs/"},
		} {
			_, client := withKnobs(t, c.spec)
			if got := firstOutput(finished(t, client)); !strings.HasPrefix(got, c.begins) {
				t.Errorf("%s: %.40q", c.spec, got)
			}
		}
		_, client := withKnobs(t, "output=base64")
		if _, err := base64.StdEncoding.DecodeString(firstOutput(finished(t, client))); err != nil {
			t.Error(err)
		}
		_, client = withKnobs(t, "held-back=1", "end=Ready")
		if p := finished(t, client); p["status"] != "Ready" || len(p["output"].([]any)) != 3 || p["completed_at"] == nil {
			t.Errorf("%v, %v, %v", p["status"], p["output"], p["completed_at"])
		}
	})
}

func TestKnobsOfPictures(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, c := withKnobs(t, "late=30s")
		url := firstOutput(finished(t, c))
		for _, want := range []int{404, 404, 200} {
			if resp, _ := c.do("GET", url, ""); resp.StatusCode != want {
				t.Errorf("late: %s, want %d", resp.Status, want)
			}
			time.Sleep(14 * time.Second)
		}
		_, c = withKnobs(t, "encoding=aws-chunked", "missing=2")
		url = firstOutput(finished(t, c))
		for _, want := range []int{404, 404, 200, 200} {
			resp, _ := c.do("GET", url, "")
			if encoding := resp.Header.Get("Content-Encoding"); resp.StatusCode != want || (encoding == "aws-chunked") != (want == 200) {
				t.Errorf("missing: %s %q, want %d", resp.Status, encoding, want)
			}
		}
	})
}

func TestKnobsOfRefusals(t *testing.T) {
	t.Parallel()
	for shape, want := range map[string]string{
		"list": `"msg":"- input.num_outputs: Must be`, "errors": `"errors":[{"detail":"- input.num_outputs`, "msg": `"msg":"- input.num_outputs`,
		"message": `{"message":"- input.num_outputs`, "problem": `"title":"Unprocessable Entity"`, "text": "- input.num_outputs",
	} {
		for _, path := range []string{schnell, "/replicate" + schnell} {
			s, _ := withKnobs(t, "errors="+shape)
			r, err := http.NewRequestWithContext(t.Context(), "POST", demotest.Origin+path, strings.NewReader(`{"input":{"prompt":"x","num_outputs":9}}`))
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Authorization", "Bearer any")
			resp, err := s.Transport().RoundTrip(r)
			if err != nil {
				t.Fatal(err)
			}
			var body bytes.Buffer
			_, _ = body.ReadFrom(resp.Body)
			_ = resp.Body.Close()
			if resp.StatusCode < 400 || !strings.Contains(body.String(), want) {
				t.Errorf("%s at %s: %s %s", shape, path, resp.Status, body.String())
			}
			if s.Counts().Accepted != 0 {
				t.Error("accepted")
			}
		}
	}
}

func TestKnobsAreChecked(t *testing.T) {
	t.Parallel()
	for _, spec := range []string{"", "late", "late=soon", "late=-1s", "missing=0", "missing=x", "output=zip", "end=", "errors=odd", "held-back=-1", "nonsense=1"} {
		err := new(demo.Behaviour).Set(spec)
		if err == nil || !strings.Contains(err.Error(), "held-back=N") {
			t.Errorf("%q: %v", spec, err)
		}
	}
}

// form returns a multipart form with a file, as the official clients send it.
func form(name, kind, content string, metadataAsFile bool) (body, contentType string) {
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, _ := w.CreatePart(textproto.MIMEHeader{
		"Content-Disposition": {fmt.Sprintf(`form-data; name="content"; filename=%q`, name)}, "Content-Type": {kind},
	})
	_, _ = part.Write([]byte(content))
	create := w.CreateFormField
	if metadataAsFile {
		create = func(name string) (io.Writer, error) { return w.CreateFormFile(name, "blob") }
	}
	metadata, _ := create("metadata")
	_, _ = metadata.Write([]byte(`{"for":"a test"}`))
	_ = w.Close()
	return b.String(), w.FormDataContentType()
}

func TestFiles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		_, c := newTestServer(t, demo.Behaviour{})
		body, kind := form("boat.png", "image/png", "not really a picture", false)
		asJavaScript, kindOfThat := form("boat.png", "image/png", "not really a picture", true)
		if _, file := c.do("POST", "/v1/files", asJavaScript, "Content-Type", kindOfThat); fmt.Sprint(file["metadata"]) != "map[for:a test]" {
			t.Errorf("the metadata is %v", file["metadata"])
		}
		_, c = newTestServer(t, demo.Behaviour{})
		resp, file := c.do("POST", "/v1/files", body, "Content-Type", kind)
		if resp.StatusCode != 201 || file["name"] != "boat.png" || file["content_type"] != "image/png" || file["size"] != 20.0 ||
			fmt.Sprint(file["metadata"]) != "map[for:a test]" || file["created_at"] == nil || file["expires_at"] == nil {
			t.Fatalf("%s %v", resp.Status, file)
		}
		url := file["urls"].(map[string]any)["get"].(string)
		if resp, again := c.do("GET", url, ""); resp.StatusCode != 200 || again["id"] != file["id"] {
			t.Errorf("%s %v", resp.Status, again)
		}
		input, _ := json.Marshal(map[string]any{"input": map[string]any{"prompt": "at night", "input_image": url}})
		if resp, p := c.do("POST", "/v1/models/black-forest-labs/flux-kontext-pro/predictions", string(input)); resp.StatusCode != 201 {
			t.Errorf("as an input image: %s %v", resp.Status, p)
		}
		if _, list := c.do("GET", "/v1/files", ""); len(list["results"].([]any)) != 1 || list["next"] != nil {
			t.Errorf("listed %v", list)
		}
		if resp, _ := c.do("DELETE", url, ""); resp.StatusCode != 204 {
			t.Errorf("deleted: %s", resp.Status)
		}
		for _, method := range []string{"GET", "DELETE"} {
			if resp, _ := c.do(method, url, ""); resp.StatusCode != 404 {
				t.Errorf("%s afterwards: %s", method, resp.Status)
			}
		}
		if resp, _ := c.do("POST", "/v1/files", `{"content":"x"}`); resp.StatusCode != 400 {
			t.Errorf("without a form: %s", resp.Status)
		}
		_, _ = c.do("POST", "/v1/files", body, "Content-Type", kind)
		time.Sleep(24 * time.Hour)
		if _, list := c.do("GET", "/v1/files", ""); len(list["results"].([]any)) != 0 {
			t.Errorf("a day later: %v", list)
		}
	})
}
