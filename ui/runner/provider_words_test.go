package runner_test

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	"image/png"
	"math/rand/v2"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/history"
	"tintype/ui/runner"
)

// answerFault answers a kind of call with this body, the first times; 0 for always.
func answerFault(on demo.RequestKind, status int, body string, times int) demo.Fault {
	return demo.Fault{On: on, Status: status, Body: body, Times: times}
}

// TestProviderWords: why there is no picture, in the provider's words, reaches the journal; ours say nothing that did not
// happen.
func TestProviderWords(t *testing.T) {
	t.Parallel()
	const end = `"completed_at":"2000-01-01T00:00:09Z"`
	for _, c := range []struct {
		name, body       string
		state            history.State
		status, sentence string
		detail           string
	}{
		{"failed", `{"status":"failed","error":"no GPU",` + end + `}`, history.Failed, "failed", "Failed at the demo.", "no GPU"},
		{"failed, reason in the log", `{"status":"failed","error":null,"logs":"Using seed: 7\nTraceback:\nRuntimeError: CUDA out of memory\n"}`, history.Failed, "failed", "Failed at the demo.", "RuntimeError: CUDA out of memory"},
		{"a word for a failure", `{"status":"Content Moderated","output":null,` + end + `}`, history.Failed, "Content Moderated", "Failed at the demo.", "Content Moderated"},
		{"empty, reason in the error", `{"status":"succeeded","output":[],"error":"NSFW content detected"}`, history.Lost, "succeeded", "It succeeded, but without a picture.", "NSFW content detected"},
		{"empty, reason in the log", `{"status":"succeeded","output":null,"logs":"100%\nNSFW content detected\n"}`, history.Lost, "succeeded", "It succeeded, but without a picture.", "NSFW content detected"},
		{"canceled", `{"status":"canceled","error":"deadline exceeded"}`, history.Stopped, "canceled", "", "deadline exceeded"},
		{"an unknown end", `{"status":"Ready","output":null,` + end + `}`, history.Lost, "Ready", "It succeeded, but without a picture.", "Ready"},
	} {
		scenario(t, c.name, withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(answerFault(demo.Get, 200, c.body, 0))
			row := h.waitFor(h.submit("x"), c.state)
			if row.Error == nil || row.Error.Sentence != c.sentence || row.Error.Detail != c.detail || row.Status != c.status {
				t.Errorf("status %q, %+v", row.Status, row.Error)
			}
		})
	}
}

// TestUnconfirmedWords: an answer that is no prediction is quoted; only where none came, the line broke.
func TestUnconfirmedWords(t *testing.T) {
	t.Parallel()
	const rule = " It may have been accepted and billed. tintype never sends it again by itself."
	for _, c := range []struct {
		name  string
		fault demo.Fault
		want  string
	}{
		{"500", answerFault(demo.Create, 500, `{"detail":"the GPU pool is exhausted"}`, 0), "CometAPI answered 500: the GPU pool is exhausted." + rule},
		{"502, a page", answerFault(demo.Create, 502, `<title>502 Bad Gateway</title>`, 0), "CometAPI answered 502: Bad Gateway." + rule},
		{"an error in a 200", answerFault(demo.Create, 200, `{"error":{"message":"offline"}}`, 0), "CometAPI answered 200: offline." + rule},
		{"a rate limit's code in a 500", answerFault(demo.Create, 500, `{"error":{"code":"rate_limit_exceeded","message":"slow"}}`, 0), "CometAPI answered 500: slow." + rule},
	} {
		scenario(t, c.name, withoutList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(c.fault)
			row := h.waitFor(h.submit("x"), history.Unconfirmed)
			if row.Error.Sentence != c.want || server.Counts().Posts != 1 {
				t.Errorf("%q, %d posts", row.Error.Sentence, server.Counts().Posts)
			}
		})
	}
}

// TestPartial: fewer pictures than ordered are told, keep their numbers, and are billed as they came.
func TestPartial(t *testing.T) {
	t.Parallel()
	small := inlinePNG(t, 8)
	for _, c := range []struct {
		name, output, logs string
		sentence           string
		numbers            string // of the files
	}{
		{"one is null", `["PIC",null,"PIC","PIC"]`, `NSFW content detected in image 1`, "3 of 4: one was held back by the filter.", "1 3 4"},
		{"one is missing", `["PIC","PIC","PIC"]`, ``, "3 of 4: one did not come.", "1 2 3"},
		{"one came", `"PIC"`, `flagged by the safety checker`, "1 of 4: 3 were held back by the filter.", ""},
	} {
		scenario(t, c.name, withList, func(t *testing.T, _ string, _ *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(answerFault(demo.Get, 200, fmt.Sprintf(`{"status":"succeeded","logs":%q,"output":`, c.logs)+strings.ReplaceAll(c.output, "PIC", small)+`}`, 0))
			_, task := h.runner.Submit(runner.Draft{Model: "black-forest-labs/flux-schnell", Input: map[string]any{"prompt": "x", "num_outputs": 4}})
			h.perform(task)
			row := h.waitFor(task.Key, history.Done)
			if row.Error == nil || row.Error.Code != runner.CodePartial || row.Error.Sentence != c.sentence || !h.hasNotice(runner.Partial) {
				t.Errorf("%+v, notices %v", row.Error, h.notices)
			}
			var numbers []string
			for i, o := range row.Outputs {
				if o.Path != "" && c.numbers != "" {
					numbers = append(numbers, fmt.Sprint(i+1))
					if !strings.Contains(o.Path, fmt.Sprintf("-%d.png", i+1)) {
						t.Errorf("picture %d is %s", i+1, o.Path)
					}
				}
			}
			if got := strings.Join(numbers, " "); got != c.numbers {
				t.Errorf("the pictures are %s", got)
			}
		})
	}
}

// inlinePNG is a data: URL of a PNG of noise with this side.
func inlinePNG(t *testing.T, side int) string {
	t.Helper()
	picture := image.NewNRGBA(image.Rect(0, 0, side, side))
	r := rand.New(rand.NewPCG(1, 2))
	for i := range picture.Pix {
		picture.Pix[i] = byte(r.Uint32()) | 1
	}
	var b bytes.Buffer
	if err := png.Encode(&b, picture); err != nil {
		t.Fatal(err)
	}
	return "data:image/png;base64," + base64.StdEncoding.EncodeToString(b.Bytes())
}

// TestPictureInTheAnswer: a picture of some megabytes within the answer is saved, and neither the journal nor a row holds
// it. The create's own answer may have it, without an id.
func TestPictureInTheAnswer(t *testing.T) {
	t.Parallel()
	big := inlinePNG(t, 700)
	for _, on := range []demo.RequestKind{demo.Get, demo.Create} {
		scenario(t, fmt.Sprint(on), withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
			defer h.close()
			h.setFaults(answerFault(on, 200, `{"id":null,"status":"succeeded","output":["`+big+`"]}`, 0))
			row := h.waitFor(h.submit("x"), history.Done)
			if row.Outputs[0].Bytes < 1<<20 || len(row.Outputs[0].URL) > 100 || (row.ID == "") != (on == demo.Create) {
				t.Errorf("id %q, %+v", row.ID, row.Outputs)
			}
			if journal, err := os.ReadFile(dir + "/history.jsonl"); err != nil || len(journal) > 64<<10 {
				t.Errorf("the journal has %d bytes, %v", len(journal), err)
			}
			if server.Counts().Posts != 1 {
				t.Errorf("%+v", server.Counts())
			}
		})
	}
}

// TestLatePictureWithoutIDOverARestart: a result without an id, whose picture comes late, is saved once by the next program.
func TestLatePictureWithoutIDOverARestart(t *testing.T) {
	t.Parallel()
	scenario(t, "restart", withoutList, func(t *testing.T, dir string, server *demo.Server, h *harness) {
		body := `{"id":null,"status":"succeeded","output":["` + demotest.Origin + `/outputs/x/0.png"]}`
		h.setFaults(answerFault(demo.Create, 200, body, 0), demo.Fault{On: demo.Output, Status: 404, Body: "no"})
		key := h.submit("x")
		h.waitFor(key, history.Saving)
		h.close()
		again := newHarness(t, dir, server, withoutList)
		defer again.close()
		again.resume()
		again.advance(time.Minute)
		again.setFaults(onePixel())
		if row := again.waitFor(key, history.Done); len(row.Outputs) != 1 || row.Error != nil || server.Counts().Posts != 1 {
			t.Errorf("%+v, %+v", row.Outputs, server.Counts())
		}
	})
}

// TestLongWaitIsEndedByHand: a wait of a day is shown, and a person can end it; nothing is sent after that.
func TestLongWaitIsEndedByHand(t *testing.T) {
	t.Parallel()
	scenario(t, "a day", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Status: 429, Body: "slow down", Header: http.Header{"Retry-After": {"86400"}}})
		key := h.submit("x")
		h.advance(time.Hour)
		row, _ := h.runner.Row(key)
		if row.Live == nil || row.Live.Waiting != runner.ProviderAsked || row.Live.Until.Sub(row.Attempts[0].Time).Round(time.Minute) != 24*time.Hour {
			t.Fatalf("%+v", row.Live)
		}
		h.cancel(key)
		row = h.waitFor(key, history.Stopped)
		h.advance(48 * time.Hour)
		if row.CancelReason != "never_sent" || server.Counts().Posts != 1 || *row.Cost != 0 {
			t.Errorf("%+v, %+v", row.Entry, server.Counts())
		}
	})
}

// TestFoundWithAnImage: a purchase whose answer was lost is found in the provider's list although its input image, which comes
// back there, has left the text of the answer.
func TestFoundWithAnImage(t *testing.T) {
	t.Parallel()
	sent := inlinePNG(t, 60) // more than is kept in the text
	scenario(t, "an image", withList, func(t *testing.T, _ string, server *demo.Server, h *harness) {
		defer h.close()
		h.setFaults(demo.Fault{On: demo.Create, Accept: true, Reset: true, Times: 1})
		_, task := h.runner.Submit(runner.Draft{
			Model: "black-forest-labs/flux-kontext-pro", Input: map[string]any{"prompt": "x", "input_image": sent, "output_format": "jpg"},
		})
		h.perform(task)
		h.waitFor(task.Key, history.Done)
		if !h.hasNotice(runner.Reconciled) || server.Counts().Posts != 1 {
			t.Errorf("notices %v, %+v", h.notices, server.Counts())
		}
	})
}
