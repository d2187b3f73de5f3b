#!/usr/bin/env bash
# Sets up, builds, checks and tests everything. The last line is "N passed, N failed, N skipped".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
. scripts/setup.sh
need_sdk
need_packages gcc=gcc /usr/include/stdio.h=libc6-dev libsndfile.so.1=libsndfile1 ffmpeg=ffmpeg sox=sox lame=lame python3=python3 \
  unshare=util-linux curl=curl /usr/sbin/nginx=nginx-light || exit 3
need_packages chromium-headless-shell=chromium-headless-shell || need_packages chromium=chromium || exit 3
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || need_packages /nonexistent=postgresql || exit 3
need_rabbitmq || exit 3
need_node || exit 3
/usr/bin/python3 -c 'import numpy' 2>/dev/null || need_packages /nonexistent=python3-numpy || exit 3
/usr/bin/python3 -c 'import requests' 2>/dev/null || need_packages /nonexistent=python3-requests || exit 3
# The screenshots contain Chinese text and emojis.
fc-list 2>/dev/null | grep -q 'Noto Sans CJK' || need_packages /nonexistent=fonts-noto-cjk /nonexistent=fonts-noto-color-emoji || true
[ -d ../shared ] || echo "The larger data folder is missing: the tests that need it are skipped."

broken() {
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
}
# Prints the duration of a step.
begun=0
ended() {
  echo "$1: $((SECONDS - begun)) s"
  begun=$SECONDS
}
ended "Setting up"
scripts/build-web.sh || broken
npm --prefix web run check --silent || broken
ended "Page"
dotnet build SpeechEmotion.slnx -c Release -v quiet -nologo || broken
ended "Build"
# The build itself fails on style and analyzer warnings (Directory.Build.props), but does not check all whitespace.
# Folders instead of projects, because loading those takes half of the time.
dotnet format whitespace . --folder --include src/ tests/ samples/ bench/ --exclude '**/obj/' --verify-no-changes -v quiet || broken
scripts/check-lines.sh || broken
ended "Format"
# The tests of the program need it; those that do not would wait for it beside them.
scripts/build.sh artifacts/ser || broken
ended "Program"

passed=0 failed=0 skipped=0
log=$(mktemp) failures=$(mktemp)
trap 'rm -f "$log" "$failures"' EXIT
count() { sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
for project in tests/*.Tests; do
  # Standard error has only the complaints of decoders about damaged recordings, and the servers' logs; failures are on standard output.
  dotnet run --project "$project" -c Release --no-build -- --no-progress --no-ansi 2>/dev/null | tee "$log" |
    grep -vE '^\[[-0-9]+ [:0-9]+\] [A-Z]+: '
  status=${PIPESTATUS[0]}
  awk '/^(failed|passed|skipped|Test run|\[[-0-9]+ [:0-9]+\]) /{ wrong = /^failed / ? 20 : 0 } wrong-- > 0 && NF' "$log" |
    head -n 200 >>"$failures"
  wrong=$(count failed)
  if [ -z "$(count succeeded)" ] || { [ "$status" -ne 0 ] && [ "${wrong:-0}" = 0 ]; }; then
    wrong=$((${wrong:-0} + 1))
  fi
  passed=$((passed + $(count succeeded | grep . || echo 0)))
  failed=$((failed + ${wrong:-0}))
  skipped=$((skipped + $(count skipped | grep . || echo 0)))
  ended "$(basename "$project")"
done
[ "$failed" -eq 0 ] || { echo "All failures again:"; cat "$failures"; }
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
