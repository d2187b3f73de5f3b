#!/usr/bin/env bash
# Regenerates contracts/ from the product: the OpenAPI document of a running server and the public API of the packages.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export SER_WRITE_CONTRACTS=1
for project in tests/*.Tests; do
  dotnet run --project "$project" -c Release -- --no-progress --filter-trait Contract=Written
done
git --no-pager diff --stat -- contracts
