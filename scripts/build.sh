#!/usr/bin/env bash
# Publishes the self-contained program (command, server, page, small model) to a folder (default: dist). The folder appears
# complete or not at all. Does nothing if no source is newer than the published program.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${1:-$root/dist}
newer=$(find "$root/src" "$root/models" "$root/web" "$root"/Directory.*.props \
  \( -name obj -o -name bin -o -name node_modules -o -path "$root/web/dist" \) -prune -o \
  -type f -newer "$target/ser" -print -quit 2>/dev/null || true)
if [ -x "$target/ser" ] && [ -x "$target/ser-server" ] && [ -z "$newer" ]; then
  exit 0
fi

. "$root/scripts/setup.sh"
need_sdk
# Native AOT needs gcc to link the command. The script installs nothing else: WAV, FLAC, MP3, OGG Vorbis and Opus need no package,
# and the program names the package that another format needs.
need_packages gcc=gcc /usr/include/stdio.h=libc6-dev || exit 3
need_node || exit 3

# The build of the solution runs the analyzers on the same sources.
options=(-c Release -r linux-x64 -v quiet -nologo -p:DebugType=none -p:RunAnalyzers=false)
partial=$target.partial
rm -rf "$partial"
echo "Building (the first time takes a few minutes) ..."
# The page and the command build in parallel; the server includes the page, so it builds after it.
"$root/scripts/build-web.sh" &
web=$!
dotnet publish "$root/src/SpeechEmotion.Cli" -o "$partial" "${options[@]}" ||
  { kill "$web" 2>/dev/null; exit 1; }
wait "$web"
dotnet publish "$root/src/SpeechEmotion.Server" -o "$partial" "${options[@]}"
touch "$partial/ser"
rm -rf "$target"
mv "$partial" "$target"
