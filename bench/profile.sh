#!/usr/bin/env bash
# Where the CPU time of the image's program goes in one workload of bench/run.sh, in % of its samples.
#   bench/profile.sh [WORKLOAD [SECONDS]]    by default whole calls ("lives"), 4 seconds from the middle of a quick run
# It profiles artifacts/native as it is, and builds it first only if it is missing or has no names; so build it again after a change:
#   eng/native.sh artifacts/native -p:StripSymbols=false
# Needs perf and nm (Debian and Ubuntu: linux-perf, binutils), permission to sample, and two cores.
set -euo pipefail
cd "$(dirname "$0")/.."
workload=${1:-lives} seconds=${2:-4}
program=artifacts/native/VoiceFunctions.LocalHost

for tool in dotnet nm node perf taskset; do
  command -v $tool >/dev/null || { echo "bench/profile.sh needs $tool" >&2; exit 1; }
done
if [ "$(nm "$program" 2>/dev/null | grep -c gc_heap)" -lt 9 ]; then
  eng/native.sh artifacts/native -p:StripSymbols=false
fi
dotnet build bench/Load -c Release --nologo -v quiet -clp:NoSummary

out=$(mktemp -d) bench=
trap 'kill $bench 2>/dev/null || true; rm -rf "$out"' EXIT
DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1 taskset -c $(($(nproc --all) - 1)) \
  dotnet artifacts/bin/Load/release/VoiceFunctions.Load.dll --quick --only "$workload" --peers ours --out "$out" >"$out/log" 2>&1 &
bench=$!
until server=$(pgrep -n -f "$program\$"); do
  kill -0 $bench 2>/dev/null || { cat "$out/log" >&2; exit 1; }
  sleep 0.1
done

# The warm-up of a quick run is six seconds; after it the load is on.
sleep 8
perf record -o "$out/perf" -e cpu-clock -F 499 -g -p "$server" -- sleep "$seconds" 2>"$out/perf.log" || { cat "$out/perf.log" >&2; exit 1; }
wait $bench || true
grep "run 1" "$out/log" || { cat "$out/log" >&2; exit 1; }
perf script -i "$out/perf" 2>/dev/null | node bench/profile.mjs
