#!/usr/bin/env bash
# VoiceFunctions beside what people would use instead, on this machine, with identical bytes for each: writes docs/benchmarks.md and its charts.
#   bench/run.sh [--quick|--full] [--only WORKLOAD,...] [--peers NAME,...] [--seed N] [--runs N] [--out FOLDER]
#                [--add RESULTS]
# Three runs, more than two hours; --quick is one short run of about 25 minutes; --full has a soak too, 30 minutes for each of two. A wrong word prints all names.
# --add artifacts/bench/results.json adds to the report of an earlier run of the same commit and seed, such as --full --only soak.
# Needs two cores: the servers have core 0, the generator has the last one. bench/Load/Lengths.cs has every length.
set -euo pipefail
cd "$(dirname "$0")/.."

for program in dotnet node npm setpriv taskset; do
  command -v $program >/dev/null || { echo "bench/run.sh needs $program" >&2; exit 1; }
done
command -v redis-server >/dev/null || echo "redis-server is not installed: the peers with Redis are left out"
last=$(($(nproc --all) - 1))
[ $last -gt 0 ] || { echo "bench/run.sh needs two cores" >&2; exit 1; }

echo "building"
[ bench/peers/node_modules/.package-lock.json -nt bench/peers/package-lock.json ] \
  || (cd bench/peers && npm ci --no-audit --no-fund --loglevel=error)
export DOTNET_TieredPGO=0
for project in src/LocalHost bench/Load bench/Webhooks; do
  dotnet build $project -c Release --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true
done
unset DOTNET_TieredPGO
eng/native.sh

# All completions on the one thread that waits for them: on one core every other thread would only cost a switch.
export DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1
exec taskset -c $last dotnet artifacts/bin/Load/release/VoiceFunctions.Load.dll "$@"
