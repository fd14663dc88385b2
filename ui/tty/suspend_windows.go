package tty

import (
	"context"
	"os"

	tea "charm.land/bubbletea/v2"
)

// Suspender does nothing: Windows stops no program for a while.
type Suspender struct {
	In     *os.File
	Ending context.Context
	Left   chan struct{}
}

func (*Suspender) Begin(*tea.Program) (stop func())        { return func() {} }
func (*Suspender) Filter(_ tea.Model, msg tea.Msg) tea.Msg { return msg }
