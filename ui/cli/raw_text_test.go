package cli_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// allowedWriters are the only functions that may use what can write text to a terminal, by kind and file, and why each is safe.
var allowedWriters = map[string]string{
	"printing api/demo/logs.go logs":                      "writes a prediction's log, which goes out as JSON",
	"printing api/demo/logs.go writeResult":               "writes a prediction's log",
	"printing api/redact.go jsonPattern":                  "writes a pattern",
	"streams main.go main":                                "hands them to cli.Run",
	"streams ui/cli/help.go hideTerminal":                 "hides them",
	"streams of ours ui/cli/json.go write":                "what text.EscapeJSON gave",
	"streams of ours ui/cli/live.go startLive":            "a line of text.CleanLine, and how to rewrite it",
	"streams of ours ui/cli/root.go execute":              "fang's help, of our own words; errors in arguments go through printLine",
	"streams of ours ui/cli/fullscreen.go fullScreen":     "hands them to ui.Run",
	"streams of ours ui/cli/terminal.go probeTerminal":    "asks what it can show",
	"streams of ours ui/cli/cmd_preview.go printPictures": "a picture's cells and pixels",
	"streams of ours ui/cli/ask.go askAtTerminal":         "a question that text.CleanLine gave",
	"raw ui/status.go ringBell":                           "a constant",
	"raw ui/pictures.go deletePictures":                   "deletes pictures by number",
	"raw ui/tty/state.go Query":                           "our own questions",
	"title ui/view.go View":                               "windowTitle, which knows numbers alone",
	"clipboard ui/clipboard.go copy":                      "what text.Clean gave",
}

// shippedFolders are the folders of the program's packages by go list, so that new packages are scanned too. Other programs, which are
// for developers, are left out.
func shippedFolders(t *testing.T) []string {
	t.Helper()
	var folders []string
	for _, p := range listPackages(t) {
		if p.name == "main" && p.path != "tintype" {
			continue
		}
		folders = append(folders, "."+strings.TrimPrefix(p.path, "tintype"))
	}
	return folders
}

// TestSecurityNoRawText: text reaches the terminal only through the allowed writers, each of which cleans it or writes no text. No
// other function prints, logs or sets a title.
func TestSecurityNoRawText(t *testing.T) {
	found := map[string]string{}
	for _, dir := range shippedFolders(t) {
		files, err := filepath.Glob(filepath.Join("../..", dir, "*.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", dir, len(files), err)
		}
		for _, name := range files {
			if !strings.HasSuffix(name, "_test.go") {
				findWriters(t, name, found)
			}
		}
	}
	for writer, position := range found {
		if _, known := allowedWriters[writer]; !known {
			t.Errorf("%s: %s", position, writer)
		}
	}
	for _, writer := range slices.Sorted(maps.Keys(allowedWriters)) {
		if found[writer] == "" {
			t.Errorf("%s is allowed and not used", writer)
		}
	}
}

// findWriters adds the functions of a file that can write text to a terminal.
func findWriters(t *testing.T, name string, found map[string]string) {
	t.Helper()
	source, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, name, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	short := strings.TrimPrefix(filepath.ToSlash(name), "../../")
	for _, d := range file.Decls {
		where := "outside functions"
		if f, ok := d.(*ast.FuncDecl); ok {
			where = f.Name.Name
		}
		ast.Inspect(d, func(n ast.Node) bool {
			if call, ok := n.(*ast.CallExpr); ok && slices.Contains(safeFunctions, nameOf(call.Fun)) {
				call.Args = call.Args[1:] // the arguments after the stream are inspected
			}
			if kind := writeKind(n); kind != "" {
				found[fmt.Sprint(kind, " ", short, " ", where)] = fset.Position(n.Pos()).String()
			}
			return true
		})
	}
}

// safeFunctions may be given a stream by any function: they clean the text or only query the stream.
var safeFunctions = []string{"p.printLine", "p.printSpans", "p.styles", "isTerminal", "terminalWidth"}

// nameOf is the name of a function or a value as written, such as p.out; "" for other expressions.
func nameOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		return e.Name
	case *ast.SelectorExpr:
		if of, ok := e.X.(*ast.Ident); ok {
			return of.Name + "." + e.Sel.Name
		}
	}
	return ""
}

// writeKind is the kind of write of a node that can write text to a terminal, "" for other nodes.
func writeKind(n ast.Node) string {
	switch n := n.(type) {
	case *ast.KeyValueExpr:
		if key, ok := n.Key.(*ast.Ident); ok && key.Name == "WindowTitle" {
			return "title"
		}
	case *ast.CallExpr:
		if f, ok := n.Fun.(*ast.Ident); ok && (f.Name == "print" || f.Name == "println") {
			return "printing"
		}
	case *ast.SelectorExpr:
		return writeKinds[nameOf(n)]
	}
	return ""
}

// writeKinds are the kinds of writes by name.
var writeKinds = map[string]string{
	"os.Stdout": "streams", "os.Stderr": "streams", "os.Stdin": "streams",
	"tea.Raw": "raw", "tea.Println": "printing", "tea.Printf": "printing", "tea.SetClipboard": "clipboard", "tea.SetPrimaryClipboard": "clipboard",
	"fmt.Print": "printing", "fmt.Printf": "printing", "fmt.Println": "printing", "fmt.Fprint": "printing", "fmt.Fprintf": "printing", "fmt.Fprintln": "printing",
	"log.Print": "printing", "log.Printf": "printing", "log.Println": "printing", "log.Fatal": "printing", "slog.Info": "printing", "slog.Error": "printing",
	"p.out": "streams of ours", "p.err": "streams of ours", "v.WindowTitle": "title", "view.WindowTitle": "title",
}
