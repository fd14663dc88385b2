// Command makehistory writes a journal of N predictions, as months of use would leave it: every line that the program
// would have written, with prompts of a user who tries variations. The same N gives the same bytes. It makes no
// pictures.
//
//	go run ./ui/internal/tools/makehistory -n 100000 DIR
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
)

func main() {
	n := flag.Int("n", 10000, "how many predictions")
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "Usage: go run ./ui/internal/tools/makehistory [-n NUMBER] DIR")
		flag.PrintDefaults()
	}
	flag.Parse()
	if flag.NArg() != 1 || *n < 0 {
		flag.Usage()
		os.Exit(2)
	}
	path, err := writeJournal(flag.Arg(0), *n)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println(path)
}

// writeJournal writes dir/history.jsonl. It does not overwrite an existing one.
func writeJournal(dir string, n int) (path string, err error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("The folder %s cannot be made: %w", dir, err)
	}
	path = filepath.Join(dir, "history.jsonl")
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("%s cannot be made; name an empty folder: %w", path, err)
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	if err := generate(w, n); err != nil {
		return "", err
	}
	return path, w.Flush()
}

func generate(w io.Writer, n int) error {
	u := newUser()
	for range n {
		for _, e := range u.predict() {
			line, err := e.MarshalLine()
			if err != nil {
				return err
			}
			if _, err := w.Write(line); err != nil {
				return err
			}
		}
	}
	return nil
}
