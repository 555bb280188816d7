#!/usr/bin/env bash
# Names every setting that a deployment would miss, before it begins. It changes nothing and needs no rights.
# before-deploy.ps1 is the same for Windows.
#
#   infra/before-deploy.sh             for azd, which runs it at the beginning of `azd up` and `azd provision`
#   infra/before-deploy.sh dev|prod    for dev.bicepparam or prod.bicepparam with az
set -euo pipefail

target=${1:-azd}
case $target in
  azd | dev | prod) ;;
  *)
    echo "before-deploy: '$target' is none of azd, dev and prod" >&2
    exit 2
    ;;
esac

problems=()

problem() {
  problems+=("$(printf '%-28s %s' "$1" "$2")")
}

needs() {
  [ -n "${!1:-}" ] || problem "$1" "$2"
}

# Once a deployment has been made, its vault holds the secrets, and its output KEY_VAULT_NAME says so.
needs_secret() {
  [ -n "${KEY_VAULT_NAME:-}" ] || needs "$1" "$2"
}

if [ "$target" != azd ]; then # which asks for it by itself
  needs AZURE_LOCATION "a region with Flex Consumption, such as westeurope"
fi
needs LIVEKIT_HOST "LiveKit's server API, such as https://project.livekit.cloud"
needs LIVEKIT_API_KEY "the API key of the LiveKit project"
needs_secret LIVEKIT_API_SECRET "secret; belongs to LIVEKIT_API_KEY"
if [ -n "${LIVEKIT_API_KEY_SECONDARY:-}" ]; then
  needs_secret LIVEKIT_API_SECRET_SECONDARY "secret; belongs to LIVEKIT_API_KEY_SECONDARY"
fi
if [ "$(tr '[:upper:]' '[:lower:]' <<<"${TWILIO_ENABLED:-true}")" != false ]; then
  needs TWILIO_ACCOUNT_SID "the Twilio account (AC...); for SIP trunks alone set TWILIO_ENABLED to false instead"
  needs_secret TWILIO_AUTH_TOKEN "secret; belongs to the account"
  needs LIVEKIT_SIP_URI "LiveKit's SIP host, such as sip:project.sip.livekit.cloud"
fi
if [ -n "${LIVEKIT_SIP_USERNAME:-}" ]; then
  needs_secret LIVEKIT_SIP_PASSWORD "secret; belongs to LIVEKIT_SIP_USERNAME"
elif [ -n "${LIVEKIT_SIP_PASSWORD:-}" ]; then
  needs LIVEKIT_SIP_USERNAME "belongs to LIVEKIT_SIP_PASSWORD"
fi
if [ -n "${ROUTES_FILE:-}" ] && [ -n "${ROUTES_JSON:-}" ]; then
  problem ROUTES_JSON "cannot be set together with ROUTES_FILE"
fi
if [[ ${PUBLIC_URL:-} == *.azurewebsites.net* ]]; then
  problem PUBLIC_URL "is for a domain of your own; set it to '' for the app's own host, which may change"
fi
if [ "$target" = prod ]; then
  needs ALERT_EMAIL "who gets the alerts"
fi

[ ${#problems[@]} -gt 0 ] || exit 0
{
  echo "before-deploy: these settings are missing or wrong:"
  printf '  %s\n' "${problems[@]}"
  echo "Set them with 'azd env set NAME VALUE', or in this shell: azd keeps what it is told in plain text, so rather not the secrets."
  echo "infra/README.md says what each of them is."
} >&2
exit 1
