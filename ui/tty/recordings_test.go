package tty

import "strings"

// recordings are what terminals send: their answers to what tintype asks, keys, the mouse, the focus, and pastes.
var recordings = map[string]string{
	"xterm": "\x1b[?2026;0$y\x1b[?2027;0$y\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|XTerm(379)\x1b\\\x1b[6;20;10t\x1b[4;800;1200t\x1b[?64;1;2;4;6;9;15;16;17;18;21;22;28c" +
		"a boat\x1b[A\x1bOP\x1b[1;5C\x1b[Z\x1b[15;2~\x1b[I\x1b[<0;10;10M\x1b[<0;10;10m\x1b[200~two\rlines\x1b[201~",
	"kitty": "\x1b[?2026;2$y\x1b[?2027;0$y\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1bP>|kitty(0.41.1)\x1b\\\x1b[6;18;9t\x1b[4;720;1080t\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62;52;c\x1b[?1u" +
		"\x1b[27u\x1b[97;5u\x1b[106;5u\x1b[1;1A\x1b[13;2u\x1b[57399;1:3u\x1b[<64;3;4M\x1b[200~ünï\nçödé 日本\x1b[201~",
	"foot": "\x1b[?2026;2$y\x1b[?2027;2$y\x1b]11;rgb:24/24/24\x1b\\\x1bP>|foot(1.13.1)\x1b\\\x1b[6;20;10t\x1b[4;800;1200t\x1b[?62;4;22c\x1b[?0u" +
		"é日\x1b[5~\x1b[6~\x1b[3;5~\x1b[<35;1;1M\x1b[O\x1b[I\x1b[200~\x1b[31mred\x1b[0m\x1b[201~",
	"iTerm2": "\x1b[?2026;2$y\x1b]11;rgb:ffff/ffff/ffff\a\x1bP>|iTerm2 3.5.0\x1b\\\x1b[6;17;7t\x1b[4;600;840t\x1b[?64;1;2;4;6;17;18;21;22c" +
		"\x1b[1;3D\x1b[1;9C\x1b[H\x1b[F\x1bOQ\x1bOR\x1b[<0;200;50M\x1b[200~/Users/x/a\\ b.png \x1b[201~",
	"WezTerm": "\x1b[?2026;2$y\x1b[?2027;3$y\x1b]11;rgb:0000/0000/0000\x1b\\\x1bP>|WezTerm 20240203-110809-5046fc22\x1b\\\x1b[6;21;10t\x1b[4;504;800t\x1b[?65;4;6;18;22c" +
		"\x1b[24~\x1b[1;2P\x1b[1;6B\x1b[<2;5;6M\x1b[<2;5;6m\x1b[200~\x1b[200~nested\x1b[201~",
	"Konsole": "\x1b]11;rgb:2323/2626/2727\x1b\\\x1bP>|Konsole 22.12.3\x1b\\\x1b[6;20;10t\x1b[4;400;800t\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62;1;4c" +
		"\x1b[2~\x1b[3~\x1bOH\x1bOF\x1b[1;2S\x1b[<65;8;8M\x1b[200~a[201~b\x1b[20\x1b[201~",
	"GNOME Terminal": "\x1b[?2026;2$y\x1b]11;rgb:ffff/ffff/dddd\x1b\\\x1bP>|VTE(7402)\x1b\\\x1b[6;18;8t\x1b[4;432;640t\x1b[?65;1;9c" +
		"\x1b[1;5A\x1b[23~\x1b[21;3~\x1b[E\x1b[<32;9;9M\x1b[I\x1b[200~x\x1bx\x1b[201~",
	"Windows Terminal": "\x1b[?2026;2$y\x1b]11;rgb:0c0c/0c0c/0c0c\x1b\\\x1b[6;16;8t\x1b[4;480;960t\x1b[?61;4;6;7;14;21;22;23;24;28;32;42c" +
		"\x1b[17~\x1b[18~\x1b[1;5H\x1b[<0;1;1M\x1b[<0;1;1m\x1b[200~win\r\ndows\r\n\x1b[201~",
	"tmux": "\x1b[?2026;2$y\x1b]11;rgb:1c1c/1c1c/1c1c\x1b\\\x1bP>|tmux 3.5a\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?1;2;4c" +
		"\x1b[1~\x1b[4~\x1bOA\x1bOB\x1bOC\x1bOD\x1b[11~\x1b[<0;7;7M\x1b[200~in\rtmux\x1b[201~",
	"mlterm": "\x1b]11;rgb:ffff/ffff/ffff\x1b\\\x1bP>|mlterm(3.9.2)\x1b\\\x1b[6;20;10t\x1b[4;480;800t\x1b[?63;1;2;3;4;6;7;15;18;22;29c" +
		"\x1b[M !!\x1b[M#!!\x1b[A\x1b[B\x1b[200~m\x1b[201~",
	"Linux console": "\x1b[?6c" + "\x1b[[A\x1b[[E\x1b[17~\x1b[1~\x1b[A\x7f\x1b[3~",
	"Ghostty": "\x1b[?2026;2$y\x1b[?2027;1$y\x1b]11;rgb:2828/2c2c/3434\x1b\\\x1bP>|ghostty 1.0.1\x1b\\\x1b[6;34;16t\x1b[4;1700;1600t\x1b_Gi=31;OK\x1b\\\x1b_Gi=32;OK\x1b\\\x1b[?62;22c\x1b[?1u" +
		"\x1b[27u\x1b[1;1:1A\x1b[1;1:3A\x1b[9;2u\x1b[<0;3;3M\x1b[200~👨‍👩‍👧\x1b[201~",
	"Alacritty": "\x1b[?2026;2$y\x1b]11;rgb:1d1d/1f1f/2121\x1b\\\x1b[4;600;800t\x1b[?6c\x1b[?0u" +
		"\x1bOP\x1b[15~\x1b[1;3A\x1b[<0;4;4M\x1b[<0;4;4m\x1b[200~\t\x03\r\x1b[201~",
	"rxvt-unicode": "\x1b]11;rgb:0000/0000/0000\x1b\\\x1b[?1;2c" + "\x1b[7~\x1b[8~\x1b[7$\x1b[7^\x1b[8@\x1b[11^",
}

// unitStarts returns where the sequences of a recording begin.
func unitStarts(stream string) map[int]bool {
	starts := map[int]bool{}
	paste := false
	for i := range len(stream) {
		if stream[i] != esc {
			continue
		}
		if strings.HasPrefix(stream[i:], pasteEnd) {
			paste = false
			continue
		}
		if !paste && !strings.HasPrefix(stream[i:], "\x1b\\") {
			starts[i] = true
		}
		paste = paste || strings.HasPrefix(stream[i:], "\x1b[200~")
	}
	return starts
}
