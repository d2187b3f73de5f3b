#!/usr/bin/env bash
# Builds what is not built and runs it: ./run.sh starts the server with its page on http://localhost:7860,
# ./run.sh recognize voice.mp3 tells the emotion of a recording.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- serve
# The built program itself starts without MSBuild.
"$root/scripts/build.sh" "$root/dist" >&2
exec "$root/dist/ser" "$@"
