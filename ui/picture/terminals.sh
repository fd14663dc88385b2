#!/usr/bin/env bash
# Starts the real program in real terminals under Xvfb, walks through list, picture, dialogs, gallery, comparison, resizing and
# quitting, and takes a screenshot of each step. Somebody has to look at them.
#
#   ui/picture/terminals.sh OUT [TERMINAL…]
#
# Terminals: xterm-sixel xterm-cells mlterm kitty-old konsole foot xtermjs vscode kitty tmux
#
# All need Debian's xvfb, xdotool, imagemagick and fonts-dejavu-core, and each its own package: xterm, mlterm, kitty with
# libgl1-mesa-dri, konsole with dbus-x11, or foot with weston. xtermjs and vscode (xterm.js with iTerm2's images) need chromium and
# npm, whose packages go into a temporary folder or $NODE_MODULES. Debian 12's kitty (0.26) has no placeholders and is "kitty-old".
# "kitty" and "tmux" need $TRIXIE: a debootstrap of Debian 13 with kitty and tmux installed, in which this machine's
# /tmp/.X11-unix, /dev and /proc are bound.
#
# Known defects that are not ours: mlterm leaves specks where glyphs overhang their cells, from any program. xterm 379 draws block
# glyphs from its font, with faint seams. xterm.js reports the size of a cell in whole pixels, so that sixels end a few pixels
# short of a wide area. xterm scrolls the shell's lines away when the window is made lower.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?the folder for the screenshots}
shift
[ $# -gt 0 ] || set -- xterm-sixel xterm-cells mlterm kitty-old konsole foot xtermjs vscode ${TRIXIE:+kitty tmux}
mkdir -p "$out"
font=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf
home=$(mktemp -d)
chmod 700 "$home"
tintype=$home/tintype
(cd "$here/../.." && CGO_ENABLED=0 go build -o "$tintype" .)

# the history to walk through: two dozen predictions of different shapes, one of them with four pictures
subjects=("a red fox in a snowy forest" "a neon city street in the rain at night" "desert dunes" "tulips, watercolor" "an old sailor, oil on canvas" "a black cat")
shapes=(1:1 16:9 9:16 3:2 1:1 21:9)
make() { HOME=$home "$tintype" run --demo --set megapixels=0.25 "$@" >/dev/null 2>&1; }
for i in $(seq 0 19); do make -a "${shapes[i % 6]}" -s "$i" "${subjects[i % 6]}"; done
make -n 4 "a paper boat floating on calm water at sunrise"
make -a 16:9 "a forest cabin in autumn"

number=$((90 + RANDOM % 100))
Xvfb ":$number" -screen 0 1000x700x24 -nolisten tcp >/dev/null 2>&1 &
screen=$!
running=
stop() { [ -z "$running" ] || kill -- "-$running" 2>/dev/null || true; running=; }
trap 'stop; kill $screen; rm -rf "$home" "${TRIXIE:+$TRIXIE/tintype}"' EXIT
sleep 1
export DISPLAY=":$number"

# session FOLDER [NAME] writes the script that a terminal runs, with FOLDER as HOME; NAME is what the terminal calls it. The shell's
# screen must look the same before and after tintype.
session() {
  local at=${2:-$1}
  printf '#!/bin/sh\nexport HOME=%s\nseq 1 12\necho before tintype\n%s --demo\necho after tintype\nexec sleep 600\n' "$at" "$at/tintype" >"$1/session"
  chmod 755 "$1/session"
  mkdir -p "$1/.local/share/tintype-demo"
  rm -f "$1/.local/share/tintype-demo/form.json" # every terminal begins with the same screen
}

packages() { # installs npm packages, once
  [ -n "${NODE_MODULES:-}" ] || { npm install --silent --no-audit --no-fund --prefix "$home/npm" @xterm/xterm @xterm/addon-image @xterm/addon-fit && NODE_MODULES=$home/npm/node_modules; }
  (cd "$here/../.." && go build -o "$home/webterm" ./ui/internal/tools/webterm)
}

browser() { # xterm.js in chromium, with more variables for the environment
  packages
  mkfifo "$home/address.$$" && (exec env "$@" COLORTERM=truecolor "$home/webterm" "$NODE_MODULES" "$home/session" >"$home/address.$$") &
  local address
  sleep 0.5
  read -r address <"$home/address.$$"
  rm "$home/address.$$"
  exec chromium --app="$address" --user-data-dir="$home/chromium" --window-position=0,0 --window-size=880,630 --no-sandbox --test-type --disable-gpu --disable-quic \
    --no-first-run --disable-background-networking --disable-component-update --disable-sync
}

wayland() { # foot, in a weston that is a window of Xvfb
  local name="tintype-$number"
  export XDG_RUNTIME_DIR=$home
  printf '[core]\nidle-time=0\n' >"$home/weston.ini"
  weston --backend=x11-backend.so --width=860 --height=610 --socket="$name" --use-pixman --shell=kiosk-shell.so --config="$home/weston.ini" &
  sleep 2
  WAYLAND_DISPLAY=$name exec foot --font='DejaVu Sans Mono:size=9' "$home/session"
}

kittyOptions="--config NONE -o font_size=9 -o remember_window_size=no -o initial_window_width=860 -o initial_window_height=610 -o confirm_os_window_close=0 -o update_check_interval=0"
modern() { # kitty of Debian 13, with the command that it runs
  mkdir -p "$TRIXIE/tintype" && cp -r "$tintype" "$home/.local" "$TRIXIE/tintype/" && session "$TRIXIE/tintype" /tintype
  printf 'set -g allow-passthrough on\nset -g default-terminal tmux-256color\nset -as terminal-features ",*:RGB"\n' >"$TRIXIE/tintype/tmux.conf"
  exec chroot "$TRIXIE" env HOME=/tintype LANG=C.UTF-8 LIBGL_ALWAYS_SOFTWARE=1 "DISPLAY=$DISPLAY" kitty $kittyOptions "$@"
}

begin() { # replaces this shell by a terminal
  export COLORTERM=truecolor
  local x=(-bg black -fg gray90 -fa "DejaVu Sans Mono" -fs 9 -geometry 120x40+0+0)
  case $1 in
    xterm-sixel) exec xterm -ti vt340 -xrm 'XTerm*decTerminalID: vt340' "${x[@]}" -e "$home/session" ;;
    xterm-cells) exec xterm "${x[@]}" -e "$home/session" ;;
    mlterm) exec mlterm --fontsize=12 --geometry=120x40+0+0 -e "$home/session" ;;
    kitty-old) LIBGL_ALWAYS_SOFTWARE=1 exec kitty $kittyOptions "$home/session" ;;
    konsole) HOME=$home XDG_RUNTIME_DIR=$home exec dbus-run-session -- konsole --nofork --geometry 860x610+0+0 --hide-menubar --hide-tabbar -e "$home/session" ;;
    foot) wayland ;;
    xtermjs) browser TERM_PROGRAM= ;;
    vscode) browser TERM_PROGRAM=vscode ;;
    kitty) modern /tintype/session ;;
    tmux) modern tmux -L "tintype$number" -f /tintype/tmux.conf new /tintype/session ;;
    *) echo "No terminal $1." >&2 && exit 2 ;;
  esac
}

# the walk: the name of each screenshot, and the keys that lead to it
walk=(
  start= list=Escape next=j down="j j j j j j" chooser="ctrl+x m" filtered="d e v" closed=Escape help=F1 helped=Escape
  full=Return leaf=j near="plus plus plus" panned="shift+Right" lesser=minus fits="minus minus" fullhelp=F1 back="Escape Escape" gallery=ctrl+g page=Next larger="plus plus" open=Return shut="Escape Escape"
  compare="g space space c" flick=Tab home=Escape resized=resize last=G first="g j" four="k Return" quit="Escape ctrl+c"
)

parts=$(declare -f begin browser wayland modern packages session)
for terminal in "$@"; do
  session "$home"
  (export home here tintype number kittyOptions && exec setsid bash -c "set -eu; $parts; begin $terminal") >"$out/$terminal.log" 2>&1 &
  running=$!
  sleep "${WAIT:-12}" # until the program has started in it
  xdotool mousemove 300 300
  shot=0
  for step in "${walk[@]}"; do
    name=${step%%=*} keys=${step#*=}
    case $keys in
      "") ;;
      resize) [ "$terminal" = foot ] && xdotool key ctrl+equal ctrl+equal ctrl+equal # weston does not resize
        for window in $(xdotool search --onlyvisible --name . 2>/dev/null); do xdotool windowsize "$window" 600 420 || true; done; sleep 1 ;;
      *) for key in $keys; do xdotool key "$key"; sleep 0.15; done ;;
    esac
    sleep 1.5
    shot=$((shot + 1))
    import -window root "$out/$terminal-$(printf %02d $shot)-$name.png"
  done
  [ "$terminal" != tmux ] || chroot "$TRIXIE" tmux -L "tintype$number" kill-server 2>/dev/null || true
  stop
  montage -font "$font" -label '%t' "$out/$terminal"-[0-9][0-9]-*.png -tile 3x3 -geometry 660x462+4+4 "$out/$terminal.png"
  echo "$out/$terminal"
done
