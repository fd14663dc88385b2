#!/usr/bin/env bash
# Measures ui/picture beside chafa, in one run, and prints two tables: likeness to the picture, and time of the whole process.
# Needs Debian's chafa, hyperfine, imagemagick and fonts-dejavu-core; the photos are those of Debian's python3-skimage (in
# the public domain or CC0), which is unpacked into a folder of its own and not installed.
#
#   ui/picture/measure.sh [FOLDER]      FOLDER keeps photos and paintings; a temporary one by default
#   PREVIEW="tintype preview --size 100x50 --graphics" ui/picture/measure.sh     times that program instead of ours
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
(cd "$here" && TINTYPE_PHOTOS=$photos TINTYPE_PAINTED=$painted TINTYPE_FONT=$font go test -count=1 -run TestLikeness -v . | sed -n 's/.*likeness_test.go:[0-9]*: //p')

if [ -z "${PREVIEW:-}" ]; then
  (cd "$here" && CGO_ENABLED=0 go build -o "$folder/preview" ./testdata/preview)
  PREVIEW=$folder/preview
fi
echo
echo "whole process, 1024×1024, median of 30 (user+system)      ours     chafa   ratio   target"
row() { # what, target, our protocol, file, chafa's arguments
  hyperfine -N --warmup 2 --runs 30 --export-csv "$folder/times.csv" "$PREVIEW $3 $photos/$4" "chafa --polite on $5 $photos/$4" >/dev/null 2>&1
  awk -F, -v what="$1" -v target="$2" 'NR>1 { m[NR]=$4; c[NR]=$5+$6 }
    END { printf "%-48s %5.1f (%4.1f) %5.1f (%4.1f)  %.2f (%.2f)  %s\n", what, m[2]*1e3, c[2]*1e3, m[3]*1e3, c[3]*1e3, m[2]/m[3], c[2]/c[3], target }' "$folder/times.csv"
}
row "cells 100×50, WebP" 0.7 cells astronaut.webp "-f symbols -c full -s 100x50"
row "cells 100×50, PNG" 0.7 cells astronaut.png "-f symbols -c full -s 100x50"
row "cells 100×50, JPEG" 0.7 cells astronaut.jpg "-f symbols -c full -s 100x50"
row "sixel 800×800, WebP" 0.9 sixel astronaut.webp "-f sixel -s 100x100 --font-ratio 1"
row "kitty, PNG" 0.3 kitty astronaut.png "-f kitty -s 100x100 --font-ratio 1"
