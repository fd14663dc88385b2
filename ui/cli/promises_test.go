package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// promises are the invariants, the faults that are handled and the security rules of tintype, each with the prefix of its tests' names
// and the packages that must have such a test. A test with such a prefix that belongs to no promise is an error too, so the list is
// complete.
var promises = []struct{ promise, test, packages string }{
	{"paid once: at most one request that may have been accepted", "TestI01PaidOnce", "api/job ui/runner"},
	{"the intent is on disk before a byte of the request leaves", "TestI02IntentFirst", "ui/runner"},
	{"an id that arrived is on disk before anything else", "TestI03NeverLost", "ui/runner"},
	{"an unknown outcome is shown as unknown until it is settled", "TestI04HonestUnknown", "api/job ui/runner"},
	{"an ended job stays ended, and the server's last status wins", "TestI05Monotone", "api/job"},
	{"old bytes of the history never change", "TestI06AppendOnly", "history"},
	{"a crash at any byte loses at most the line being written", "TestI07AnyByte", "history"},
	{"one bad line loses one line", "TestI08OneBadLineCostsOneLine", "history"},
	{"a picture is reported as saved once it is complete and on disk", "TestI09PictureBeforeClaim", "history/pictures ui/runner"},
	{"no partial picture has its final name, and none is overwritten", "TestI10NoHalfPicture", "history/pictures ui/runner"},
	{"pictures are fetched before they expire", "TestI11ExpiryRace", "api/job ui/runner ui/runner/queue"},
	{"the terminal is restored, however the program ends", "TestI12TerminalRestored", "ui ui/cli"},
	{"no answer makes the program large or slow", "TestI13Bounded", "ui/cli"},
	{"the key is only in the request", "TestI14QuietSecret", "ui/cli"},
	{"two programs in one folder lose nothing and see each other", "TestI15TwoInstances", "history ui/cli"},
	{"the program starts with damaged files, and buys nothing that it cannot record", "TestI16StartsAnyway", "config history ui/cli"},

	{"whether a request was sent", "TestWasItSent", "api"},

	{"create: reset before it was sent", "TestFaultPOSTResetBeforeSent", "api ui/runner"},
	{"create: reset after it was accepted", "TestFaultPOSTResetAfterAccept", "api ui/runner"},
	{"429 with Retry-After", "TestFault429WithRetryAfter", "api api/job ui/runner"},
	{"429 without", "TestFault429Without", "api api/job ui/runner"},
	{"5xx on GET", "TestFault5xxOnGET", "api api/job ui/runner"},
	{"5xx on POST", "TestFault5xxOnPOST", "api ui/runner"},
	{"a page of HTML with 200", "TestFaultHTMLWith200", "api"},
	{"truncated JSON", "TestFaultTruncatedJSON", "api ui/runner"},
	{"huge JSON", "TestFaultHugeJSON", "api"},
	{"slow loris", "TestFaultSlowLoris", "api"},
	{"no DNS, no network", "TestFaultNoNetwork", "api ui/runner"},
	{"TLS failure", "TestFaultTLSFailure", "api"},
	{"proxies", "TestFaultProxy", "api"},
	{"a clock that jumps", "TestFaultClockJump", "api/job ui/runner"},
	{"suspend and resume", "TestFaultSuspendResume", "api/job ui/runner"},
	{"an output that is gone", "TestFaultOutputGone", "ui/runner"},
	{"a truncated output", "TestFaultOutputTruncated", "api ui/runner"},
	{"a wrong content type", "TestFaultWrongContentType", "api ui/runner"},
	{"an image bomb", "TestFaultImageBomb", "history/pictures ui/picture"},
	{"a picture of no bytes", "TestFaultZeroBytePicture", "api ui/runner"},
	{"a status that never ends", "TestFaultStatusNeverTerminal", "api/job ui/runner"},
	{"an unknown status", "TestFaultUnknownStatus", "api/job ui/runner"},
	{"a cancel that races with the end", "TestFaultCancelRacesCompletion", "api/job ui/runner"},
	{"two programs", "TestFaultTwoInstances", "ui/runner"},
	{"a hostile list of predictions", "TestFaultHostileListing", "ui/runner"},
	{"SIGKILL", "TestFaultSIGKILL", "history ui/cli"},
	{"SIGTERM and SIGINT", "TestFaultSIGTERM", "ui/cli"},
	{"SIGHUP, a terminal that closes", "TestFaultSIGHUP", "ui/cli"},
	{"SIGTSTP and SIGCONT", "TestFaultSIGTSTP", "ui/cli"},
	{"any size of the terminal", "TestFaultResize", "ui ui/cli"},
	{"a terminal that answers no queries", "TestFaultMuteTerminal", "ui/cli"},
	{"a full disk", "TestFaultDiskFull", "history ui/cli"},
	{"a home that is read-only", "TestFaultReadOnlyHome", "history ui/cli"},
	{"a truncated, foreign or corrupt line", "TestFaultTornLine", "history"},
	{"a line of a newer version", "TestFaultNewerVersionLine", "history"},
	{"a million lines", "TestFaultMillionLines", "history"},
	{"a home on shared storage", "TestFaultNFSHome", "history history/filelock"},

	{"no foreign sequence reaches the terminal", "TestSecurityTerminalInjection", "ui/cli"},
	{"no raw text is printed", "TestSecurityNoRawText", "ui/cli"},
	{"the sources of a key", "TestSecurityKeySources", "config"},
	{"a key that is entered is tried, kept for its owner, and nowhere else", "TestSecurityKeyIsEntered", "ui/cli"},
	{"a key is kept in a file for its owner", "TestSecurityKeepKey", "config"},
	{"no key is kept where others can read it", "TestSecurityKeepKeyRefuses", "config"},
	{"a key is never an argument", "TestSecurityKeyNotInArguments", "ui/cli"},
	{"a key is never printed", "TestSecurityKeyIsNeverPrinted", "api"},
	{"no child process has a key in its environment", "TestSecurityChildrenHaveNoKey", "ui/cli"},
	{"a key is sent to one origin", "TestSecurityHostPinning", "api"},
	{"requests carry nothing else", "TestSecurityRequestsCarryNothingElse", "api"},
	{"addresses in answers are ignored", "TestSecurityServerURLsAreIgnored", "api"},
	{"ids are checked", "TestSecurityIDs", "api"},
	{"https, or this machine", "TestSecurityHTTPSOnly", "api"},
	{"TLS is never weakened", "TestSecurityNoInsecureTLS", "api"},
	{"where outputs may be fetched from", "TestSecurityOutputURLs", "api"},
	{"names of pictures", "TestSecurityNames", "history history/pictures"},
	{"what image decoders accept", "TestSecurityDecoders", "ui/picture ui/picture/imagefile"},
	{"a paste never buys", "TestSecurityPasteNeverBuys", "ui ui/cli"},
	{"no terminal is told to read a file", "TestSecurityGraphicsReadNoFiles", "ui/cli"},
	{"dependencies", "TestSecuritySupplyChain", "ui/cli"},
}

// TestPromises compares the list of promises with the tests.
func TestPromises(t *testing.T) {
	named := regexp.MustCompile(`^Test(I[0-9]{2}[A-Z]|Fault[A-Z0-9]|Security[A-Z]|WasItSent)`)
	tests := testNames(t, "../..")
	for _, p := range promises {
		for _, pkg := range strings.Fields(p.packages) {
			if !slices.ContainsFunc(tests[pkg], func(name string) bool { return strings.HasPrefix(name, p.test) }) {
				t.Errorf("%s: %s has no test whose name begins with %s", p.promise, pkg, p.test)
			}
		}
	}
	for pkg, names := range tests {
		for _, name := range names {
			if named.MatchString(name) && !slices.ContainsFunc(promises, func(p struct{ promise, test, packages string }) bool {
				return strings.HasPrefix(name, p.test)
			}) {
				t.Errorf("%s.%s is named after a promise that is not in the list", pkg, name)
			}
		}
	}
}

// testNames returns the names of the tests in each package below root, by its folder.
func testNames(t *testing.T, root string) map[string][]string {
	t.Helper()
	names := map[string][]string{}
	files := token.NewFileSet()
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		pkg, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg = filepath.ToSlash(pkg)
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") {
				names[pkg] = append(names[pkg], f.Name.Name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
