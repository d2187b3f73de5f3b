#!/usr/bin/env bash
# Builds the page into web/dist. Does nothing if no source is newer than the last build.
set -euo pipefail
web=$(cd "$(dirname "${BASH_SOURCE[0]}")/../web" && pwd)
cd "$web"
newer=$(find . \( -name node_modules -o -path ./dist -o -path ./src/api/generated \) -prune -o -type f -newer dist/index.html -print -quit 2>/dev/null || true)
if [ -f dist/index.html ] && [ -d node_modules ] && [ -z "$newer" ]; then
  exit 0
fi
if [ ! -d node_modules ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  npm ci --no-audit --no-fund --silent
fi
npm run build --silent -- --logLevel warn
