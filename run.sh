#!/usr/bin/env bash
# Builds what is needed and runs the gateway on this machine, or calls under faults against it. ./run.sh help tells what it can do.
set -euo pipefail
cd "$(dirname "$0")"

case ${1:-} in agent | agent-python) exec "samples/$1/run.sh" "${@:2}" ;; esac

project=src/LocalHost program=LocalHost
if [ "${1:-}" = chaos ]; then
  shift
  project=tests/Chaos program=Chaos
  if [ ! -d tests/oracles/node_modules ]; then # Azurite
    (cd tests/oracles && npm ci --no-audit --no-fund --loglevel=error >&2)
  fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build "$project" -c Release --nologo -v quiet -clp:NoSummary >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
exec dotnet "artifacts/bin/$program/release/VoiceFunctions.$program.dll" "$@"
