#!/usr/bin/env bash
# Builds the program if needed and runs it: ./run.sh starts the server with its page on http://localhost:7860,
# ./run.sh recognize voice.mp3 prints the emotion of a recording, ./run.sh cluster runs a server, workers, PostgreSQL and RabbitMQ for a try.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[ $# -gt 0 ] || set -- serve
[ "$1" != cluster ] || exec "$root/scripts/cluster.sh" "$root/dist" "${@:2}"
# The built program starts without MSBuild.
"$root/scripts/build.sh" "$root/dist" >&2
exec "$root/dist/ser" "$@"
