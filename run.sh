#!/usr/bin/env bash
# Builds what is needed and runs the gateway on this machine. ./run.sh help tells what it can do.
set -euo pipefail
cd "$(dirname "$0")"
source eng/package-mode.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build src/LocalHost -c Release --nologo -v quiet -clp:NoSummary >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
exec dotnet artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll "$@"
