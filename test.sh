#!/usr/bin/env bash
# Sets up, builds, checks and tests everything. The last line is "N passed, N failed, N skipped".
set -uo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "$root" || exit 1
. scripts/setup.sh
need_sdk
need_packages gcc=gcc libsndfile.so.1=libsndfile1 ffmpeg=ffmpeg sox=sox python3=python3 unshare=util-linux || exit 3
/usr/bin/python3 -c 'import numpy' 2>/dev/null || need_packages /nonexistent=python3-numpy || exit 3
[ -d ../shared ] || echo "The larger data folder is not here: the tests that need it are skipped."

dotnet build SpeechEmotion.slnx -c Release -v quiet -nologo || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet format SpeechEmotion.slnx --no-restore --verify-no-changes -v quiet || { echo "0 passed, 1 failed, 0 skipped"; exit 1; }
dotnet run --project samples/FiveLines -c Release --no-build -- tests/golden/emotion2vec/audio/speech.wav ||
  { echo "0 passed, 1 failed, 0 skipped"; exit 1; }

log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Decoders of damaged recordings complain on standard error; the tests say what matters.
dotnet run --project tests/SpeechEmotion.Tests -c Release --no-build -- --no-progress --no-ansi 2>/dev/null | tee "$log"
status=${PIPESTATUS[0]}
count() { sed -n "s/^ *$1: \([0-9]*\)$/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [ -z "$passed" ] || { [ "$status" -ne 0 ] && [ "${failed:-0}" = 0 ]; }; then
  failed=$((${failed:-0} + 1))
fi
echo "${passed:-0} passed, ${failed:-0} failed, ${skipped:-0} skipped"
[ "${failed:-0}" -eq 0 ]
