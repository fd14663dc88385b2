#!/usr/bin/env bash
# Starts the real program in real terminals under Xvfb, walks list, picture, gallery, menu and resize, and takes a screenshot of
# each step: to be looked at.
#
#   ui/picture/terminals.sh OUT [TERMINAL…]     xterm-sixel xterm-cells mlterm kitty-old kitty tmux
#
# Needs Debian's xvfb xterm mlterm kitty tmux xdotool imagemagick libgl1-mesa-dri fonts-dejavu-core. Debian 12's kitty (0.26) knows no
# placeholders, and is "kitty-old", placed directly; "kitty" and "tmux" need $TRIXIE, a debootstrap of Debian 13 with kitty and tmux
# in it, in which /tmp/.X11-unix, /dev and /proc of this machine are bound.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?where do the screenshots go}
shift
[ $# -gt 0 ] || set -- xterm-sixel xterm-cells mlterm kitty-old ${TRIXIE:+kitty tmux}
mkdir -p "$out"
home=$(mktemp -d)
tintype=$home/tintype
(cd "$here/../.." && CGO_ENABLED=0 go build -o "$tintype" .)
for prompt in "A paper boat floating on calm water at dusk." "A red fox in a snowy forest under the moon" "A city at night in neon rain"; do
  HOME=$home "$tintype" run --demo "$prompt" >/dev/null 2>&1
done

number=$((90 + RANDOM % 100))
Xvfb ":$number" -screen 0 1000x700x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
running=
stop() { [ -z "$running" ] || kill -- "-$running" 2>/dev/null || true; running=; }
trap 'stop; kill $screen; rm -rf "$home"' EXIT
sleep 1
export DISPLAY=":$number"

kittyOptions="--config NONE -o font_size=9 -o remember_window_size=no -o initial_window_width=860 -o initial_window_height=610 -o confirm_os_window_close=0 -o update_check_interval=0"
start() { # a terminal, in a process group of its own
  local x="-bg black -fg gray90 -fa DejaVu\ Sans\ Mono -fs 9 -geometry 120x40+0+0"
  case $1 in
    xterm-sixel) command="env HOME=$home COLORTERM=truecolor xterm -ti vt340 -xrm XTerm*decTerminalID:vt340 $x -e $tintype --demo" ;;
    xterm-cells) command="env HOME=$home COLORTERM=truecolor xterm $x -e $tintype --demo" ;;
    mlterm) command="env HOME=$home COLORTERM=truecolor mlterm --fontsize=12 --geometry=120x40+0+0 -e $tintype --demo" ;;
    kitty-old) command="env HOME=$home LIBGL_ALWAYS_SOFTWARE=1 kitty $kittyOptions $tintype --demo" ;;
    kitty | tmux)
      mkdir -p "$TRIXIE/tintype" && cp -r "$tintype" "$home/.local" "$TRIXIE/tintype/"
      printf 'set -g allow-passthrough on\nset -g default-terminal tmux-256color\nset -as terminal-features ",*:RGB"\n' >"$TRIXIE/tintype/tmux.conf"
      local inside="/tintype/tintype --demo"
      [ "$1" = kitty ] || inside="tmux -L tintype$number -f /tintype/tmux.conf new $inside"
      command="chroot $TRIXIE env HOME=/tintype LANG=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 DISPLAY=$DISPLAY kitty $kittyOptions $inside"
      ;;
    *) echo "No terminal $1." >&2 && exit 2 ;;
  esac
  eval setsid $command '>/dev/null 2>&1 &'
  running=$!
}

for terminal in "$@"; do
  start "$terminal"
  sleep 7
  xdotool mousemove 300 300
  step=0
  for keys in "" Escape j Return Escape ctrl+x Escape ctrl+g Return Escape resize; do
    case $keys in
      "") ;;
      resize) xdotool search --onlyvisible --name . windowsize 600 420 >/dev/null 2>&1 || true ;;
      *) xdotool key "$keys" ;;
    esac
    sleep 2
    step=$((step + 1))
    import -window root "$out/$terminal-$(printf %02d $step)-${keys:-start}.png"
  done
  [ "$terminal" != tmux ] || chroot "$TRIXIE" tmux -L "tintype$number" kill-server 2>/dev/null || true
  stop
  montage "$out/$terminal"-[0-9]*.png -tile 3x -geometry 660x460+4+4 "$out/$terminal.png"
  echo "$out/$terminal.png"
done
