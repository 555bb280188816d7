#!/usr/bin/env bash
# Builds what is needed and runs the gateway on this machine, or calls under faults against it. ./run.sh help tells what it can do.
set -euo pipefail
cd "$(dirname "$0")"

# .env, where there is one: a line is NAME=VALUE, with or without quotes. What the shell has set stays.
if [ -f .env ]; then
  while IFS= read -r line || [ -n "$line" ]; do
    [[ ${line%$'\r'} =~ ^[[:space:]]*(export[[:space:]]+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$ ]] || continue
    name=${BASH_REMATCH[2]} value=${BASH_REMATCH[3]}
    [[ $value =~ ^\"(.*)\"$ || $value =~ ^\'(.*)\'$ ]] && value=${BASH_REMATCH[1]}
    [ -n "${!name+set}" ] || [ -z "$value" ] || export "$name=$value"
  done <.env
fi

# help COMMAND is COMMAND --help, also of the programs that are started below.
[ "${1:-}" = help ] && [ $# -gt 1 ] && set -- "${@:2}" --help

# Their help is this program's: LiveKit's would fetch all of their packages first.
case "${1:-} ${2:-}" in
  "agent --help" | "agent -h" | "agent-python --help" | "agent-python -h") ;;
  "agent "* | "agent-python "*) exec "samples/$1/run.sh" "${@:2}" ;;
esac

# Asked at each press of Tab, so nothing is built for it.
if [ "${1:-}" = complete ]; then
  case ${2:-} in chaos\ *) program=Chaos ;; *) program=LocalHost ;; esac
  built=artifacts/bin/$program/release/VoiceFunctions.$program.dll
  [ ! -f "$built" ] || exec dotnet "$built" "$@"
  exit 0
fi

project=src/LocalHost program=LocalHost
if [ "${1:-}" = chaos ]; then
  shift
  project=tests/Chaos program=Chaos
  if [ ! -d tests/oracles/node_modules ]; then # Azurite
    (cd tests/oracles && npm ci --no-audit --no-fund --loglevel=error >&2)
  fi
fi

[ -d "artifacts/bin/$program" ] || echo "Building VoiceFunctions: a minute or two, once." >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! dotnet build "$project" -c Release --nologo -v quiet -clp:NoSummary >"$log" 2>&1; then
  cat "$log" >&2
  exit 1
fi
rm -f "$log"
exec dotnet "artifacts/bin/$program/release/VoiceFunctions.$program.dll" "$@"
