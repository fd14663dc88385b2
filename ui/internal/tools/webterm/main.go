// Command webterm shows a program in xterm.js, the terminal of web pages and of VS Code. ui/picture/terminals.sh uses
// it.
//
//	go run ./ui/internal/tools/webterm NODE_MODULES COMMAND…
//
// NODE_MODULES is a folder with @xterm/xterm, @xterm/addon-image and @xterm/addon-fit. webterm prints the address of
// the page, on loopback, and starts the command when the page has loaded: before that nothing would answer its queries.
package main

import (
	_ "embed"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"time"

	"github.com/creack/pty"
)

//go:embed page.html
var page []byte

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "webterm NODE_MODULES COMMAND…")
		os.Exit(2)
	}
	if err := serve(os.Args[1], os.Args[2:]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func serve(packages string, command []string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Printf("http://%s/\n", listener.Addr())
	b := &bridge{command: command}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = w.Write(page) // nothing to do for a page that has closed
	})
	mux.Handle("GET /@xterm/", http.FileServer(http.Dir(packages)))
	mux.HandleFunc("POST /out", b.onOutput)
	mux.HandleFunc("POST /in", b.onInput)
	mux.HandleFunc("POST /size", b.onResize)
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	return server.Serve(listener)
}

// bridge connects a page and a program. The page sends one request after the other.
type bridge struct {
	command []string
	pty     *os.File
}

// onOutput starts the program at the page's size and streams what it writes.
func (b *bridge) onOutput(w http.ResponseWriter, r *http.Request) {
	c := exec.CommandContext(r.Context(), b.command[0], b.command[1:]...)
	c.Env = append(os.Environ(), "TERM=xterm-256color", "COLORTERM=truecolor")
	f, err := pty.StartWithSize(c, windowSize(r))
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	b.pty = f
	control := http.NewResponseController(w)
	w.WriteHeader(http.StatusOK)
	_ = control.Flush() // errors as above
	buf := make([]byte, 1<<16)
	for {
		n, err := f.Read(buf)
		if _, gone := w.Write(buf[:n]); err != nil || gone != nil {
			return
		}
		_ = control.Flush()
	}
}

// onInput passes keys and the terminal's answers to the program.
func (b *bridge) onInput(w http.ResponseWriter, r *http.Request) {
	if _, err := io.Copy(b.pty, r.Body); err != nil {
		http.Error(w, err.Error(), http.StatusGone)
	}
}

func (b *bridge) onResize(w http.ResponseWriter, r *http.Request) {
	if err := pty.Setsize(b.pty, windowSize(r)); err != nil {
		http.Error(w, err.Error(), http.StatusGone)
	}
}

// windowSize returns the size of the page's terminal in cells.
func windowSize(r *http.Request) *pty.Winsize {
	number := func(name string) uint16 {
		n, _ := strconv.ParseUint(r.FormValue(name), 10, 16) // 0 if it is not a number
		return uint16(n)
	}
	return &pty.Winsize{Cols: number("cols"), Rows: number("rows")}
}
