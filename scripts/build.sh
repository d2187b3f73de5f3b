#!/usr/bin/env bash
# Publishes the self-contained program into a folder (default: dist) that appears whole or not at all.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
target=${1:-$root/dist}
partial=$target.partial
rm -rf "$partial"
echo "Building (the first time takes a minute) ..."
dotnet publish "$root/src/SpeechEmotion.Cli" -c Release -r linux-x64 -o "$partial" -v quiet -nologo -p:DebugType=none
touch "$partial/ser"
rm -rf "$target"
mv "$partial" "$target"
