package tty

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// Suspender does nothing: Windows does not suspend programs.
type Suspender struct{ left chan struct{} }

// NewSuspender returns a suspender.
func NewSuspender(*os.File, *Reader, context.Context) *Suspender {
	return &Suspender{left: make(chan struct{})}
}

// Left is never closed.
func (s *Suspender) Left() <-chan struct{} { return s.left }

func (*Suspender) Begin(*tea.Program) (stop func())        { return func() {} }
func (*Suspender) Filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }
