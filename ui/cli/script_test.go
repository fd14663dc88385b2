package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tintype/api/demo"
	"tintype/api/demo/demotest"
	"tintype/ui/cli"
)

// mainTests is a test run that leaves nothing behind.
type mainTests struct{ *testing.M }

// Run runs the tests.
func (m mainTests) Run() int {
	defer removeBuilt()
	return m.M.Run()
}

func TestMain(m *testing.M) {
	testscript.Main(mainTests{m}, map[string]func(){
		"tintype": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
		},
		"tintype-broken": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], breakingEnv, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// hasBroken tells that the program has broken down: once is enough.
var hasBroken atomic.Bool

// breakFile is the file below home for which a program waits that breaks down.
const breakFile = "break-now"

// breakingEnv is the environment of a program that breaks down when it looks for its key, which the full screen does in a
// command behind its first frame.
func breakingEnv(name string) string {
	value := os.Getenv(name)
	if value == canary && hasBroken.CompareAndSwap(false, true) {
		for {
			if _, err := os.Stat(filepath.Join(os.Getenv("HOME"), breakFile)); err == nil {
				panic("provoked while the key was at hand")
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	return value
}

// canary stands for a key; no output may hold it.
const canary = demotest.Key

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:   "testdata/script",
		Setup: setup,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits": runExits, "json": checkJSON, "server": startServer, "knobs": setBehaviour, "accepted": checkAccepted,
			"interrupts": runInterrupted, "keep": keepValue, "posted": checkPosts, "finish": letFinish,
			"lines": countLines, "spoil": corrupt,
		},
	})
}

func setup(e *testscript.Env) error {
	e.Setenv("HOME", filepath.Join(e.WorkDir, "home"))
	e.Setenv("USERPROFILE", filepath.Join(e.WorkDir, "home"))
	e.Setenv("CANARY", canary)
	return os.Mkdir(filepath.Join(e.WorkDir, "home"), 0o700)
}

// runExits runs a command and checks its exit code: exits 2 tintype run. What it printed is checked for what a terminal would
// obey and for the key, each time.
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

func checkScriptOutput(ts *testscript.TestScript, printed string) {
	if strings.Contains(printed, canary) {
		ts.Fatalf("the key was printed: %q", printed)
	}
	for _, r := range printed {
		switch {
		case r == '\n':
		case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069, r >= 0xe0000 && r <= 0xe007f:
			ts.Fatalf("%U was printed raw in %q", r, printed)
		}
	}
}

// checkJSON looks into the last standard output: json state done, json 0.input.prompt 'a boat'. The value is what stands
// there as text; of arrays and objects, their JSON. With ! the value must be another.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: json PATH VALUE")
	}
	got := jsonAt(ts, args[0])
	if (got == args[1]) == neg {
		ts.Fatalf("%s is %s", args[0], got)
	}
}

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

// keepValue puts a value of the last JSON into a variable: keep KEY key.
func keepValue(ts *testscript.TestScript, _ bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: keep VARIABLE PATH")
	}
	ts.Setenv(args[0], jsonAt(ts, args[1]))
}

// startServer starts a demo server in this process with the knobs given as JSON, and puts its address into $SERVER.
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

// servers holds each script's *server by the script's folder; scripts run at once.
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

// setBehaviour changes the knobs of the script's server: knobs JSON, or knobs slow.
func setBehaviour(ts *testscript.TestScript, _ bool, args []string) {
	if args[0] == "slow" {
		serverOf(ts).setBehaviour(slow)
		return
	}
	serverOf(ts).setBehaviour(parseBehaviour(ts, args[0]))
}

// letFinish lets what the script's server makes slowly come to its end.
func letFinish(ts *testscript.TestScript, _ bool, _ []string) { serverOf(ts).finish() }

// checkAccepted checks how many purchases the script's server accepted.
func checkAccepted(ts *testscript.TestScript, _ bool, args []string) {
	if got := serverOf(ts).Counts().Accepted; fmt.Sprint(got) != args[0] {
		ts.Fatalf("%d purchases were accepted, want %s", got, args[0])
	}
}

// checkPosts waits until the script's server has had that many purchases.
func checkPosts(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[0])
	ts.Check(err)
	waitForPosts(ts, n)
}

// waitLimit bounds each wait. It is far beyond what anything here takes: reaching it is a failure, never a measure.
const waitLimit = 30 * time.Second

func waitForPosts(ts *testscript.TestScript, n int) {
	for over := time.Now().Add(waitLimit); serverOf(ts).Counts().Posts < n; time.Sleep(time.Millisecond) {
		if time.Now().After(over) {
			ts.Fatalf("%d purchases were sent, not %d", serverOf(ts).Counts().Posts, n)
		}
	}
}

// runInterrupted runs a command, interrupts it once its standard error shows a pattern, or once the script's server has had that
// many purchases, and checks its exit code: interrupts 130 PATTERN|N COMMAND…
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
