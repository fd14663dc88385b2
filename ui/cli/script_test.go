package cli_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
)

// TestScripts runs testdata/script. Beside the commands of testscript, scripts have those that are listed here.
func TestScripts(t *testing.T) {
	t.Parallel()
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": runExits, "json": checkJSON, "server": startServer, "behaviour": setBehaviour, "accepted": checkAccepted,
			"interrupts": runInterrupted, "keep": keepValue, "posted": checkPosts, "finish": letFinish,
			"asked": checkVersions,
			"lines": countLines, "corrupt": corrupt,
		},
	})
}

// setup gives each script an empty home folder.
func setup(e *testscript.Env) error {
	e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
	e.Setenv("USERPROFILE", filepath.Join(e.WorkDir, "home"))
	e.Setenv("CANARY", canary)
	return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o700)
}

// runExits runs a command and checks its exit code: exits 2 tintype run. Neither stream may contain a control character or the
// key.
func runExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND…")
	}
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		ts.Fatalf("%v", err)
	}
	checkScriptOutput(ts, ts.ReadFile("stdout"))
	checkScriptOutput(ts, ts.ReadFile("stderr"))
	if strconv.Itoa(code) != args[0] {
		ts.Fatalf("exit code %d, want %s", code, args[0])
	}
}

// checkScriptOutput checks that what a command printed contains neither the key nor a control character.
func checkScriptOutput(ts *testscript.TestScript, printed string) {
	if form := demotest.FindKey([]byte(printed)); form != "" {
		ts.Fatalf("the key was printed, as %q: %q", form, printed)
	}
	for _, r := range printed {
		if r != '\n' && isInterpreted(r) {
			ts.Fatalf("%U was printed raw in %q", r, printed)
		}
	}
}

// checkJSON checks a value of the last standard output: json state done, json 0.input.prompt 'a boat'. Arrays and objects are
// compared as JSON. With !, the value must differ.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	got := jsonAt(ts, args[0])
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s", args[0], got)
	}
}

// jsonAt returns the value at a path such as 0.input.prompt in the last standard output.
func jsonAt(ts *testscript.TestScript, path string) string {
	d := json.NewDecoder(strings.NewReader(ts.ReadFile("stdout")))
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil {
		ts.Fatalf("no JSON on standard output: %v", err)
	}
	for _, step := range strings.Split(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			next, ok := at[step]
			if !ok {
				ts.Fatalf("nothing at %s", path)
			}
			v = next
		case []any:
			if step == "len" {
				v = json.Number(strconv.Itoa(len(at)))
				continue
			}
			i, err := strconv.Atoi(step)
			if err != nil || i >= len(at) {
				ts.Fatalf("nothing at %s of %d", path, len(at))
			}
			v = at[i]
		default:
			ts.Fatalf("nothing at %s", path)
		}
	}
	if s, ok := v.(string); ok {
		return s
	}
	b, _ := json.Marshal(v)
	return string(b)
}

// keepValue stores a value of the last JSON in a variable: keep KEY key.
func keepValue(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: keep VARIABLE PATH")
	}
	ts.Setenv(args[0], jsonAt(ts, args[1]))
}

// startServer starts a demo server in this process, with its behaviour given as JSON, and stores its address in $SERVER.
func startServer(ts *testscript.TestScript, _ bool, args []string) {
	var behaviour demo.Behaviour
	if len(args) > 0 {
		behaviour = parseBehaviour(ts, args[0])
	}
	ctx, cancel := context.WithCancel(context.Background())
	ts.Defer(cancel)
	s, err := serve(ctx, ts.MkAbs("server.jsonl"), behaviour)
	ts.Check(err)
	ts.Setenv("SERVER", s.origin)
	servers.Store(ts.MkAbs("."), s)
}

// servers maps each script's folder to its *server, since scripts run in parallel.
var servers sync.Map

func serverOf(ts *testscript.TestScript) *server {
	s, ok := servers.Load(ts.MkAbs("."))
	if !ok {
		ts.Fatalf("no server was started")
	}
	return s.(*server)
}

func parseBehaviour(ts *testscript.TestScript, text string) (behaviour demo.Behaviour) {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	ts.Check(d.Decode(&behaviour))
	return behaviour
}

// setBehaviour changes the behaviour of the script's server: behaviour JSON, or behaviour slow.
func setBehaviour(ts *testscript.TestScript, _ bool, args []string) {
	if args[0] == "slow" {
		serverOf(ts).setBehaviour(slow)
		return
	}
	serverOf(ts).setBehaviour(parseBehaviour(ts, args[0]))
}

// letFinish ends the slow predictions of the script's server.
func letFinish(ts *testscript.TestScript, _ bool, _ []string) { serverOf(ts).finish() }

// checkAccepted checks how many purchases the script's server has accepted: accepted 2.
func checkAccepted(ts *testscript.TestScript, _ bool, args []string) {
	if got := serverOf(ts).Counts().Accepted; fmt.Sprint(got) != args[0] {
		ts.Fatalf("%d purchases were accepted, want %s", got, args[0])
	}
}

// checkVersions checks which versions of models the purchases asked the script's server for, in any order: asked HASH HASH -. One without
// a version is -.
func checkVersions(ts *testscript.TestScript, _ bool, args []string) {
	versions := map[string]string{}
	for line := range strings.Lines(ts.ReadFile("server.jsonl")) {
		var r struct{ ID, Version string }
		ts.Check(json.Unmarshal([]byte(line), &r))
		versions[r.ID] = cmp.Or(r.Version, "-")
	}
	got, want := slices.Sorted(maps.Values(versions)), slices.Sorted(slices.Values(args))
	if !slices.Equal(got, want) {
		ts.Fatalf("asked for %q, want %q", got, want)
	}
}

// checkPosts waits until the script's server has received that many purchases: posted 2.
func checkPosts(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	waitForPosts(ts, n)
}

// waitForPosts waits until the script's server has received that many purchases.
func waitForPosts(ts *testscript.TestScript, n int) {
	for deadline := time.Now().Add(waitLimit); serverOf(ts).Counts().Posts < n; time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			ts.Fatalf("%d purchases were sent, not %d", serverOf(ts).Counts().Posts, n)
		}
	}
}

// runInterrupted runs a command, interrupts it once its standard error matches a pattern, or once the script's server has received
// that many purchases, and checks its exit code: interrupts 130 PATTERN|N COMMAND…
func runInterrupted(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 3 {
		ts.Fatalf("usage: interrupts CODE PATTERN COMMAND…")
	}
	path, err := exec.LookPath(args[2])
	ts.Check(err)
	cmd := exec.Command(path, args[3:]...)
	cmd.Dir = ts.MkAbs(".")
	for _, name := range []string{"HOME", "USERPROFILE", "REPLICATE_API_TOKEN", "COMETAPI_KEY", "PATH", "SystemRoot"} {
		cmd.Env = append(cmd.Env, name+"="+ts.Getenv(name))
	}
	stderr, err := cmd.StderrPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	var all bytes.Buffer
	if n, err := strconv.Atoi(args[1]); err == nil {
		waitForPosts(ts, n)
	} else {
		readUntil(ts, stderr, &all, regexp.MustCompile(args[1]))
	}
	ts.Check(cmd.Process.Signal(os.Interrupt))
	_, err = all.ReadFrom(stderr)
	ts.Check(err)
	err = cmd.Wait()
	ts.Logf("[interrupted]\n%s", all.String())
	var exit *exec.ExitError
	if !errors.As(err, &exit) || strconv.Itoa(exit.ExitCode()) != args[0] {
		ts.Fatalf("it ended with %v, want exit code %s", err, args[0])
	}
}

// readUntil reads until all that was read matches a pattern.
func readUntil(ts *testscript.TestScript, from io.Reader, all *bytes.Buffer, pattern *regexp.Regexp) {
	piece := make([]byte, 4096)
	for !pattern.Match(all.Bytes()) {
		n, err := from.Read(piece)
		all.Write(piece[:n])
		if err != nil {
			ts.Fatalf("it ended before it said %s: %s", pattern, all)
		}
	}
}

// countLines checks the number of lines of the last standard output: lines 10.
func countLines(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: lines N")
	}
	if n := strings.Count(ts.ReadFile("stdout"), "\n"); strconv.Itoa(n) != args[0] {
		ts.Fatalf("%d lines, want %s", n, args[0])
	}
}

// corrupt changes the last byte of every file in a folder: corrupt FOLDER.
func corrupt(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: corrupt FOLDER")
	}
	names, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), "*.*"))
	ts.Check(err)
	if len(names) == 0 {
		ts.Fatalf("no files in %s", args[0])
	}
	for _, name := range names {
		b, err := os.ReadFile(name)
		ts.Check(err)
		b[len(b)-1] ^= 1
		ts.Check(os.WriteFile(name, b, 0o600))
	}
}
