#!/usr/bin/env bash
# Fails on lines of source code that are longer than .editorconfig allows. It also reads files that are not yet added to git.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
git ls-files -co --exclude-standard '*.cs' 'web/src/*.ts' 'web/src/*.vue' | grep -v /Migrations/ | LC_ALL=C.UTF-8 xargs -d '\n' \
  perl -CSD -ne 'BEGIN { @ARGV = grep -f, @ARGV } chomp; if (length > 140) { print "$ARGV:$.: ", length, " characters\n"; $long = 1 } close ARGV if eof; END { exit 1 if $long }'
