#!/usr/bin/env bash
# Makes the examples of the page from the recordings of EMO-DB (CC0 1.0) in a folder: web/examples.sh FOLDER. Needs sox.
# README.md describes them.
set -euo pipefail
from=$(cd "${1:?usage: web/examples.sh FOLDER (with 12a05Wb.flac and the others)}" && pwd)
cd "$(dirname "${BASH_SOURCE[0]}")"
to=src/recognition/examples
mkdir -p "$to"

install -m 644 "$from/12a05Wb.flac" "$to/angry.flac"
install -m 644 "$from/16a05Fc.flac" "$to/happy.flac"
install -m 644 "$from/13a05Tc.flac" "$to/sad.flac"
install -m 644 "$from/15a05Na.flac" "$to/neutral.flac"

# Speakers 14 and 15 take turns: neutral, happy, angry, sad.
turns=(14b02Na 15b10Nb 14b01Na 15b01Na 14a07Fd 15a07Fa 14b01Fc 15b03Wb 14b10Wc 15b09Wb 14b10Tc 15b02Tc 14a07Tc)
parts=()
for turn in "${turns[@]}"; do
  parts+=("|sox $from/$turn.flac -p pad 0 0.7")
done
sox -D "${parts[@]}" -b 16 -C 8 "$to/dialogue.flac"
