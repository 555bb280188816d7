#!/usr/bin/env bash
# Azure Functions Core Tools for eng/e2e-func.sh, into eng/core-tools/node_modules/.bin. Its packages come by package-lock.json and have their hashes there.
# The program itself is in none of them: the package's own script downloads it and checks nothing, so all its files are compared with CORE_TOOLS_SHA256.
set -euo pipefail
cd "$(dirname "$0")"
npm ci --no-audit --no-fund --loglevel=error
found=$(cd node_modules/azure-functions-core-tools/bin && find . -type f ! -name '*.sentinel' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -d' ' -f1)
echo "Core Tools $(node -p "require('azure-functions-core-tools/package.json').version"), all files: $found"
if [ -z "${CORE_TOOLS_SHA256:-}" ]; then
  echo "::warning::CORE_TOOLS_SHA256 is not set, so the program of Core Tools was taken as it came: $found"
elif [ "$found" != "$CORE_TOOLS_SHA256" ]; then
  echo "The program of Core Tools is not the one that CORE_TOOLS_SHA256 names" >&2
  exit 1
fi
