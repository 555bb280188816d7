#!/usr/bin/env bash
# Starts the sample agent in Python: ./run.sh agent-python. The first start makes an environment of its own, .venv, and fetches its packages.
set -euo pipefail
cd "$(dirname "$0")"
if [ ! .venv/made -nt requirements.txt ]; then
  echo "Fetching the agent's packages, once." >&2
  python3 -m venv .venv
  .venv/bin/pip install --quiet --requirement requirements.txt
  touch .venv/made
fi
exec .venv/bin/python agent.py "${@:-dev}"
