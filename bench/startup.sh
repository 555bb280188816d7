#!/usr/bin/env bash
# How long ./run.sh takes from the process's start to its first answer, once it is built. Prints each run and the median in milliseconds.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/LocalHost -c Release --nologo -v quiet -clp:NoSummary

runs=${1:-11}
for ((i = 0; i < runs; i++)); do
  port=$((20000 + RANDOM % 20000))
  begin=$(date +%s%N)
  PORT=$port dotnet artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll >/dev/null &
  pid=$!
  until curl -fso /dev/null "http://127.0.0.1:$port/readyz"; do sleep 0.01; done
  echo $((($(date +%s%N) - begin) / 1000000))
  kill -TERM $pid && wait $pid || true
done | tee /dev/stderr | sort -n | sed -n "$((runs / 2 + 1))p" | sed 's/^/median ms: /'
