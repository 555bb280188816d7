#!/usr/bin/env bash
# Puts a package onto the app: infra/deploy-package.sh GROUP APP ZIP
# New roles take a minute or two to count. Until then the app cannot reach its package container and Azure answers 403: four attempts,
# a minute apart.
set -euo pipefail

[ $# -eq 3 ] || {
  echo "deploy-package: needs the resource group, the app and the zip file" >&2
  exit 2
}
[ -f "$3" ] || {
  echo "deploy-package: $3 is not there" >&2
  exit 2
}

for attempt in 1 2 3 4; do
  if az functionapp deployment source config-zip --resource-group "$1" --name "$2" --src "$3" --output none; then
    exit 0
  fi
  echo "deploy-package: attempt $attempt failed" >&2
  [ "$attempt" -eq 4 ] || sleep "${RETRY_SECONDS:-60}"
done
exit 1
