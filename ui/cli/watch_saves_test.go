package cli

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"tintype/api"
	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/api/model"
	"tintype/config"
	"tintype/history"
	"tintype/ui/runner"
	"tintype/ui/watchfile"
)

// A watchStory is a watch in the time of a test. It buys from a server in memory.
type watchStory struct {
	*watchRun
	t       *testing.T
	server  *demo.Server
	saves   chan watchfile.Save
	lines   chan string
	state   watchfile.State
	text    string
	said    *bytes.Buffer
	printed *bytes.Buffer
	end     func() (code int)
}

// startWatch starts a watch in a bubble of synctest.
func startWatch(t *testing.T, behaviour demo.Behaviour, f watchFlags) *watchStory {
	t.Helper()
	return startWatchOf(t, "/w/fox.txt", behaviour, f)
}

// startWatchOf starts a watch of a file.
func startWatchOf(t *testing.T, path string, behaviour demo.Behaviour, f watchFlags) *watchStory {
	t.Helper()
	provider, _ := api.FindProvider(api.Replicate)
	x := &watchStory{t: t, server: demotest.NewServer(t, demo.Options{Now: time.Now}), saves: make(chan watchfile.Save), lines: make(chan string)}
	x.server.UpdateBehaviour(func(b *demo.Behaviour) { *b = behaviour })
	h, err := history.Open(history.Options{Dir: t.TempDir(), App: "test", Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	client, err := api.New(demotest.ClientOptions(provider, x.server.Transport()))
	if err != nil {
		t.Fatal(err)
	}
	s := &session{settings: config.Settings{Model: model.Default}, provider: provider, history: h, client: client}
	s.runner = runner.New(runner.Options{Client: client, History: h, Now: time.Now})
	x.said, x.printed = &bytes.Buffer{}, &bytes.Buffer{}
	p := &program{env: func(string) string { return "" }, in: strings.NewReader(""), out: x.printed, err: x.said, now: time.Now, flagValues: config.Values{}}
	terms, err := f.terms()
	if err != nil {
		t.Fatal(err)
	}
	x.watchRun = newWatch(p, s, path, terms, f)
	x.canAsk, x.answers = true, x.lines
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan int)
	go func() {
		code, err := x.run(ctx, x.saves)
		if err != nil {
			t.Error(err)
		}
		ended <- code
	}()
	x.end = func() int {
		cancel()
		code := <-ended
		s.close()
		return code
	}
	return x
}

// save saves a text.
func (x *watchStory) save(text string) {
	x.text = text
	x.state.Touch(time.Now())
}

// wait lets time pass. Saves that have rested are taken.
func (x *watchStory) wait(d time.Duration) {
	until := time.Now().Add(d)
	for at, ok := x.state.Due(); ok && !at.After(until); at, ok = x.state.Due() {
		time.Sleep(time.Until(at))
		if change := x.state.Look([]byte(x.text), true); change != watchfile.Nothing {
			x.saves <- watchfile.Save{Change: change, Data: []byte(x.text)}
		}
	}
	time.Sleep(time.Until(until))
	synctest.Wait()
}

// answer types a line.
func (x *watchStory) answer(line string) {
	x.lines <- line + "\n"
	synctest.Wait()
}

// has checks that something was said, and forgets all that was said.
func (x *watchStory) has(want string) {
	x.t.Helper()
	if said := x.said.String(); !strings.Contains(said, want) {
		x.t.Errorf("%q was not said:\n%s", want, said)
	}
	x.said.Reset()
}

// hasBought checks how many predictions were bought in all.
func (x *watchStory) hasBought(want int) {
	x.t.Helper()
	if posts := x.server.Counts().Posts; posts != want {
		x.t.Errorf("%d purchases, want %d", posts, want)
	}
}

const smallFox = "+++\nseed = 7\nmegapixels = \"0.25\"\noutput_format = \"jpg\"\n+++\n"

// fast is a behaviour of quick predictions.
var fast = demo.Behaviour{Rate: 20}

// TestWatchSaves: 50 saves in 10 s of 3 texts buy at most 3 pictures, and the last text has its picture.
func TestWatchSaves(t *testing.T) {
	for seed := range uint64(8) {
		synctest.Test(t, func(t *testing.T) {
			x := startWatch(t, fast, watchFlags{planFlags: planFlags{yes: true}})
			r := rand.New(rand.NewPCG(seed, 3))
			last := ""
			for range 50 {
				last = []string{"A red fox", "A blue fox", "A green fox"}[r.IntN(3)]
				x.save(smallFox + last + strings.Repeat(" ", r.IntN(3)) + "\n")
				x.wait(time.Duration(r.Int64N(int64(400 * time.Millisecond))))
			}
			x.wait(time.Minute)
			if posts := x.server.Counts().Posts; posts == 0 || posts > 3 {
				t.Errorf("seed %d: %d purchases\n%s", seed, posts, x.said)
			}
			paths := strings.Split(strings.TrimSpace(x.printed.String()), "\n")
			if name := strings.ReplaceAll(strings.ToLower(last), " ", "-"); !strings.Contains(x.printed.String(), name) {
				t.Errorf("seed %d: no picture of %q in %q", seed, last, paths)
			}
			if code := x.end(); code != exitInterrupted {
				t.Errorf("exit code %d", code)
			}
		})
	}
}

// TestWatchNewerSave: a newer save stops what is not sent, and what was sent is followed to its end.
func TestWatchNewerSave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := startWatch(t, demo.Behaviour{Duration: 30 * time.Second}, watchFlags{planFlags: planFlags{yes: true, jobs: "2"}})
		x.save(smallFox + "A {red|blue|green|grey} fox")
		x.wait(5 * time.Second)
		x.save(smallFox + "A {red|black} fox")
		x.wait(5 * time.Second)
		x.hasBought(3)
		x.has("1 coming")
		x.wait(2 * time.Minute)
		if lines := strings.Count(x.printed.String(), "\n"); lines != 3 {
			t.Errorf("not 3 pictures:\n%s", x.printed)
		}
		x.end()
		x.has("Interrupted: 3 made, 0 still running, 0 not sent.")
	})
}

// TestWatchAsks: what costs something is bought after y. A save in between makes an answer one to a question that was not read.
func TestWatchAsks(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := startWatch(t, fast, watchFlags{})
		x.save(smallFox + "A red fox")
		x.wait(10 * time.Second)
		x.has("Buy 1, about $0.003? Type y and enter")
		x.answer("n")
		x.has("Nothing is bought.")
		x.answer("y")
		x.has("Nothing is asked.")
		x.save(smallFox + "A blue fox")
		x.wait(10 * time.Second)
		x.save(smallFox + "A {red|green} fox")
		x.wait(time.Second)
		x.said.Reset()
		x.answer("y")
		x.has("The file was saved meanwhile.\nBuy 2, about $0.006?")
		x.hasBought(0)
		x.answer("y")
		x.wait(time.Minute)
		x.has("2 of 2 made.")
		x.save(smallFox + "A red fox")
		x.wait(10 * time.Second)
		x.has("1 had")
		x.hasBought(2)
		x.end()
	})
}

// TestWatchBudget: --budget is of all saves together.
func TestWatchBudget(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := startWatch(t, fast, watchFlags{planFlags: planFlags{budget: "0.01"}})
		for _, colour := range []string{"red", "blue", "green"} {
			x.save(smallFox + "A " + colour + " fox")
			x.wait(time.Minute)
			x.has("1 of 1 made.")
		}
		x.save(smallFox + "A black fox")
		x.wait(time.Minute)
		x.has("Buy 1, about $0.003?")
		x.canAsk = false
		x.save(smallFox + "A grey fox")
		x.wait(time.Minute)
		x.has("Nothing is bought: 1 cell, about $0.003, does not fit --budget.")
		x.hasBought(3)
		x.end()
	})
}

// TestWatchAgain: with --again, what is had is bought again once for each save, within --budget or after y. What is coming is not.
func TestWatchAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := startWatch(t, fast, watchFlags{planFlags: planFlags{budget: "0.015", again: true}})
		for _, step := range []struct {
			text, said string
			posts      int
		}{
			{"A red fox", "1 of 1 made.", 1},
			{"A red fox ", "", 1}, // no save: only blanks
			{"A {red|blue} fox", "1 of them had, and bought again.", 3},
			{"A red fox", "1 of 1 made.", 4},
			{"A {red|blue} fox", "Buy 2, about $0.006?", 4}, // one more fits the budget
		} {
			x.save(smallFox + step.text)
			x.wait(time.Minute)
			x.has(step.said)
			x.hasBought(step.posts)
		}
		x.answer("y")
		x.wait(time.Minute)
		x.has("2 of 2 made.")
		x.server.UpdateBehaviour(func(b *demo.Behaviour) { *b = demo.Behaviour{Duration: 30 * time.Second} })
		x.save(smallFox + "A grey fox")
		x.wait(time.Second)
		x.answer("y")
		x.wait(time.Second)
		x.save(smallFox + "A {grey|black} fox")
		x.wait(10 * time.Second)
		x.has("1 coming")
		x.hasBought(7)
		x.wait(time.Minute)
		x.end()
		x.has("The same command without --again buys the rest.")
	})
}

// TestWatchImages: the path of an input image is from the folder of the watched file, in its settings and in an axis.
func TestWatchImages(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a.png", "b.png", "c.png"} {
		if err := os.WriteFile(filepath.Join(folder, name), demotest.PNG(8, 8), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	synctest.Test(t, func(t *testing.T) {
		x := startWatchOf(t, filepath.Join(folder, "fox.txt"), fast, watchFlags{planFlags: planFlags{dryRun: true}})
		x.p.json = true
		x.save("+++\nmodel = \"flux-kontext-pro\"\ninput_image = \"c.png\"\n+++\nA fox")
		x.wait(time.Second)
		x.save("+++\nmodel = \"flux-kontext-pro\"\n[[axis]]\nof = \"image\"\nvalues = \"[ab].png\"\n+++\nA fox")
		x.wait(time.Second)
		for _, name := range []string{"a.png", "b.png", "c.png"} {
			if want := fmt.Sprintf(`"input_image": %q`, filepath.Join(folder, name)); !strings.Contains(x.printed.String(), want) {
				t.Errorf("no %s:\n%s\n%s", want, x.said, x.printed)
			}
		}
		x.end()
	})
}

// TestWatchMistakes: a mistake has its line, and the next save is planned.
func TestWatchMistakes(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		x := startWatch(t, fast, watchFlags{planFlags: planFlags{yes: true}})
		for _, mistake := range []struct{ text, said string }{
			{"+++\nseed = 7\ncfg = 2\n+++\nA fox", `fox.txt, line 3: no model here takes "cfg"`},
			{"+++\nmodel = \"flux dev\"\n+++\nA fox", "flux dev"},
			{"A {red|blue fox", "fox.txt, line 1, column 3: this { has no }"},
			{"+++\nimage_prompt = \"gone.png\"\n+++\nA fox", "gone.png"},
			{"+++\n", "fox.txt, line 1: the settings begin here"},
			{"A __colours-none__ fox.", "no list"},
		} {
			x.save(mistake.text)
			x.wait(time.Second)
			x.has(mistake.said)
		}
		x.saves <- watchfile.Save{Err: fmt.Errorf("fox.txt cannot be read: %w.", io.ErrUnexpectedEOF)}
		synctest.Wait()
		x.has("cannot be read")
		x.saves <- watchfile.Save{Change: watchfile.Gone}
		synctest.Wait()
		x.has("fox.txt is not there. It is waited for")
		x.save(smallFox + "A red fox")
		x.wait(time.Minute)
		x.has("1 of 1 made.")
		x.hasBought(1)
		x.end()
	})
}
