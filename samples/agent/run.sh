#!/usr/bin/env bash
# Starts the sample agent in Node: ./run.sh agent. The first start fetches its packages.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! node_modules/.package-lock.json -nt package-lock.json ]; then
  echo "Fetching the agent's packages: about 400 MB, once." >&2
  npm ci --no-audit --no-fund --loglevel=error >&2
fi
exec node --import tsx start.ts "${@:-dev}"
