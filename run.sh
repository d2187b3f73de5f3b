#!/usr/bin/env bash
# Builds what is not built and runs it: ./run.sh recognize voice.mp3
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# The built program itself starts without MSBuild.
"$root/scripts/build.sh" "$root/dist" >&2
exec "$root/dist/ser" "$@"
