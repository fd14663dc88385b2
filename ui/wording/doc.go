// Package wording writes the sentences about jobs that people read: what happened, what it means for the money, and what to do. The
// full screen and the command line share them.
//
// Its rules:
//   - Each sentence is written in one place. The two faces differ in what a person can do next (hints.go), and in the cause, which only
//     the command line shows, since it has the room.
//   - No sentence names a key: it has a mark (Key), which Keys replaces for the place where the keys go when the sentence is drawn.
//   - Text from outside is cleaned before it becomes part of a sentence.
//   - What is known of a job (runner.Change, runner.Row, history.Entry) goes in, and a sentence comes out; no decision is made here.
//   - A sentence begins with a capital letter and ends with a full stop, or with a command that can be copied.
//
// A new reason why a job can end gets its runner.NoticeKind in the table of package runner and its sentence in the table of notice.go.
package wording
