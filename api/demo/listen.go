package demo

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"time"
)

// Listen serves on a loopback address until ctx ends ("127.0.0.1:0" takes any free port). It
// returns at once with the base of its URLs, "http://127.0.0.1:PORT". It refuses addresses that
// other machines could reach, because any key opens the demo.
func (s *Server) Listen(ctx context.Context, addr string) (base string, err error) {
	if err := checkLoopback(addr); err != nil {
		return "", err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return "", fmt.Errorf("the demo server cannot listen on %s, is something else there? %w", addr, err)
	}
	base = "http://" + listener.Addr().String()
	s.mu.Lock()
	s.baseURL = base
	s.mu.Unlock()
	server := &http.Server{Handler: s, ReadHeaderTimeout: 10 * time.Second, IdleTimeout: time.Minute}
	server.BaseContext = func(net.Listener) context.Context { return ctx }
	go func() { _ = server.Serve(listener) }() // Close ends it, with an error that means just that
	context.AfterFunc(ctx, func() { server.Close() })
	return base, nil
}

func checkLoopback(addr string) error {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return fmt.Errorf("%q is not an address; it looks like 127.0.0.1:8080", addr)
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("the demo server listens on this machine alone: 127.0.0.1, ::1 or localhost, not %q", host)
}
