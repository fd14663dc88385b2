#!/usr/bin/env bash
# Measures pictures in one run and prints tables: how similar our cells and chafa's are to the pictures, the time of
# `tintype preview` beside chafa (entire processes), the time of a key press with pictures beside one without, and a gallery of
# 10,000 pictures. It needs Debian's chafa, hyperfine, imagemagick and fonts-dejavu-core. The photos are those of Debian's
# python3-skimage (public domain or CC0), which is unpacked into the folder and not installed.
#
#   ui/picture/measure.sh [FOLDER]                    keeps photos and painted cells in FOLDER, by default a temporary one
#   RUNS=100 ui/picture/measure.sh [FOLDER]           runs each program 100 times instead of 30
#   PREVIEW="other preview" ui/picture/measure.sh     measures that program instead of ours, with the same flags
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=${1:-$(mktemp -d)}
photos=$folder/photos painted=$folder/painted
mkdir -p "$photos" "$painted"
for tool in chafa hyperfine convert identify; do
  command -v $tool >/dev/null || { echo "This needs $tool: apt-get install chafa hyperfine imagemagick fonts-dejavu-core"; exit 2; }
done

if [ ! -e "$photos/astronaut.png" ]; then
  (cd "$folder" && apt-get download python3-skimage >/dev/null && dpkg -x python3-skimage_*.deb deb)
  data=$folder/deb/usr/lib/python3/dist-packages/skimage/data
  for photo in astronaut.png coffee.png chelsea.png rocket.jpg motorcycle_left.png; do
    side=$(identify -format '%[fx:min(w,h)]' "$data/$photo")
    convert "$data/$photo" -gravity center -crop "${side}x${side}+0+0" +repage -filter Lanczos -resize '1024x1024!' "PNG24:$photos/${photo%.*}.png"
  done
  convert "$photos/astronaut.png" -quality 80 "$photos/astronaut.webp"
  convert "$photos/astronaut.png" -quality 85 "$photos/astronaut.jpg"
fi

font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf
(cd "$here" && TINTYPE_PHOTOS=$photos TINTYPE_PAINTED=$painted TINTYPE_FONT=$font go test -count=1 -run TestSimilarity -v . | sed -n 's/.*similarity_test.go:[0-9]*: //p')

if [ -z "${PREVIEW:-}" ]; then
  (cd "$here/../.." && CGO_ENABLED=0 go build -o "$folder/tintype" .)
  PREVIEW="$folder/tintype preview"
fi
runs=${RUNS:-30}
export COLORTERM=truecolor TERM=xterm-256color # there is no terminal to ask; cells count as 10×20 pixels
echo
echo "entire process, 1024×1024, median of $runs (user+system)     ours     chafa   ratio   target"
row() { # label, target, our flags, file, chafa's arguments, and what to put before both commands
  hyperfine -N --warmup 2 --runs "$runs" --export-csv "$folder/times.csv" "${6:-}$PREVIEW $3 $photos/$4" "${6:-}chafa --polite on $5 $photos/$4" >/dev/null 2>&1
  awk -F, -v label="$1" -v target="$2" 'NR>1 { m[NR]=$4; c[NR]=$5+$6 }
    END { printf "%-48s %5.1f (%4.1f) %5.1f (%4.1f)  %.2f (%.2f)  %s\n", label, m[2]*1e3, c[2]*1e3, m[3]*1e3, c[3]*1e3, m[2]/m[3], c[2]/c[3], target }' "$folder/times.csv"
}
row "cells 100×50, WebP" 0.7 "--graphics cells --size 100x50" astronaut.webp "-f symbols -c full -s 100x50"
row "cells 100×50, PNG" 0.7 "--graphics cells --size 100x50" astronaut.png "-f symbols -c full -s 100x50"
row "cells 100×50, JPEG" 0.7 "--graphics cells --size 100x50" astronaut.jpg "-f symbols -c full -s 100x50"
fewer="env COLORTERM= TERM"
row "cells 100×50, WebP, 256 colours" 0.7 "--graphics cells --size 100x50" astronaut.webp "-f symbols -c 256 -s 100x50" "$fewer=xterm-256color "
row "cells 100×50, WebP, 16 colours" 0.7 "--graphics cells --size 100x50" astronaut.webp "-f symbols -c 16 -s 100x50" "$fewer=xterm "
row "sixel 800×800, WebP" 0.9 "--graphics sixel --size 80x40" astronaut.webp "-f sixel -s 100x100 --font-ratio 1"
row "kitty, PNG" 0.3 "--graphics kitty --size 80x40" astronaut.png "-f kitty -s 100x100 --font-ratio 1"

echo
echo "key to frame of the real program in memory, selection moved by one: target 1.3 (p99)"
(cd "$here/.." && go test -run '^$' -bench BenchmarkSelection -benchtime 150x . | grep -E '^Benchmark')
echo
echo "page down in a gallery of 10,000 at 160×50: targets 25 ms to the first cells, 256 MB"
(cd "$here/.." && go test -run '^$' -bench BenchmarkPageDown -benchtime 12x . | grep -E '^Benchmark')
