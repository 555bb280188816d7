#!/usr/bin/env bash
# Makes the clips anew from words.txt. Needs Debian's packages flite and sox. To have a voice of your own, record these files instead: mono, 16 bit, 8 kHz.
set -euo pipefail
cd "$(dirname "$0")"
loud=$(mktemp --suffix=.wav)
trap 'rm -f "$loud"' EXIT
while IFS='|' read -r name words; do
  flite -voice slt --setf duration_stretch=1.05 -t "$words" -o "$loud"
  sox -D "$loud" -r 8000 -b 16 -c 1 "$name.wav" silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse norm -3 pad 0.02 0.06
done <words.txt
