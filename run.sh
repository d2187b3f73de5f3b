#!/usr/bin/env bash
# Builds what is not built and runs it: ./run.sh recognize voice.mp3
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/scripts/setup.sh"

# Rebuilt when a source is newer than the build; the built program itself starts without MSBuild.
newer=$(find "$root/src" "$root/models" "$root"/Directory.*.props \( -name obj -o -name bin \) -prune -o \
  -type f -newer "$root/dist/ser" -print -quit 2>/dev/null || true)
if [ ! -x "$root/dist/ser" ] || [ -n "$newer" ]; then
  need_sdk
  need_packages gcc=gcc || exit 3
  # Without these, WAV files still work; the program names what a format needs.
  need_packages libsndfile.so.1=libsndfile1 ffmpeg=ffmpeg || true
  "$root/scripts/build.sh" "$root/dist" >&2
fi
exec "$root/dist/ser" "$@"
