package cli_test

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"tintype/api/demo/demotest"
	"tintype/ui/cli"
)

// canary is the key in all tests; no output may contain it.
const canary = demotest.Key

// waitLimit bounds each wait for something that must happen. It is far longer than anything here takes, so reaching it is a failure.
const waitLimit = 30 * time.Second

// longTests reports whether tests that take minutes run in full, as .ci/run has them; otherwise they run in a short form.
func longTests() bool { return os.Getenv("TINTYPE_LONG") == "1" }

// inParallel runs a subtest in parallel with its siblings.
func inParallel(t *testing.T, name string, run func(*testing.T)) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Parallel()
		run(t)
	})
}

// mainTests runs the tests of this package, most of which wait: for terminals, for a server, for the disk. So more of them run at
// once than there are processors.
type mainTests struct{ *testing.M }

// Run runs the tests and removes the built program.
func (m mainTests) Run() int {
	defer removeBuilt()
	flag.Parse()
	if err := flag.Set("test.parallel", fmt.Sprint(4*runtime.GOMAXPROCS(0))); err != nil {
		panic(err)
	}
	return m.M.Run()
}

// TestMain makes this test's binary also a program of two commands: tintype, for the scripts, and one that crashes.
func TestMain(m *testing.M) {
	testscript.Main(mainTests{m}, map[string]func(){
		"tintype": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], os.Getenv, os.Stdin, os.Stdout, os.Stderr))
		},
		"tintype-broken": func() {
			os.Exit(cli.Run(context.Background(), os.Args[1:], crashingEnv, os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// hasCrashed is set by the first crash of crashingEnv: once is enough.
var hasCrashed atomic.Bool

// crashFile is the file in the home folder that crashingEnv waits for.
const crashFile = "crash-now"

// crashingEnv is an environment that panics when the key is read, which the full screen does in a command after its first frame.
func crashingEnv(name string) string {
	value := os.Getenv(name)
	if value == canary && hasCrashed.CompareAndSwap(false, true) {
		for {
			if _, err := os.Stat(filepath.Join(os.Getenv("HOME"), crashFile)); err == nil {
				panic("provoked while the key was at hand")
			}
			time.Sleep(5 * time.Millisecond)
		}
	}
	return value
}

// built is the program as it is shipped, built once for all tests.
var built struct {
	once   sync.Once
	binary string
	output []byte
	err    error
}

// build returns the path of the built program. With -short, it skips the test.
func build(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("builds the program and runs it in a terminal")
	}
	built.once.Do(buildOnce)
	if built.err != nil {
		t.Fatalf("go build: %v\n%s", built.err, built.output)
	}
	return built.binary
}

// buildOnce builds the program into a folder that outlives the test which asks first.
func buildOnce() {
	dir, err := os.MkdirTemp("", "tintype-built")
	if err != nil {
		built.err = err
		return
	}
	built.binary = filepath.Join(dir, "tintype")
	cmd := exec.Command("go", "build", "-o", built.binary, ".")
	cmd.Dir = "../.."
	cmd.Env = append(os.Environ(), "CGO_ENABLED=0")
	built.output, built.err = cmd.CombinedOutput()
}

// removeBuilt removes the built program.
func removeBuilt() {
	if built.binary != "" {
		_ = os.RemoveAll(filepath.Dir(built.binary))
	}
}

// pool runs functions in the background, a limited number at once.
type pool struct {
	running sync.WaitGroup
	slots   chan struct{}
}

func newPool(slots int) *pool { return &pool{slots: make(chan struct{}, slots)} }

// add runs do once there is a free slot.
func (p *pool) add(do func()) {
	p.slots <- struct{}{}
	p.running.Go(func() {
		defer func() { <-p.slots }()
		do()
	})
}

// wait waits until all functions have returned.
func (p *pool) wait() { p.running.Wait() }
