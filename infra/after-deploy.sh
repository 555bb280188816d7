#!/usr/bin/env bash
# Prints what to enter at Twilio and at LiveKit after a deployment. It changes nothing and needs no rights.
#
#   infra/after-deploy.sh                                 from the azd environment (azd also runs it after each deployment)
#   infra/after-deploy.sh --deployment NAME               from the outputs of `az deployment sub create --name NAME`
#   infra/after-deploy.sh --public-url https://voice.example.com --sip-username voice --room-prefix call --twilio true
set -euo pipefail

public_url=${GATEWAY_URL:-}
room_prefix=${GATEWAY_ROOM_PREFIX:-}
sip_username=${GATEWAY_SIP_USERNAME:-}
twilio=${GATEWAY_USES_TWILIO:-}
deployment=

fail() {
  echo "after-deploy: $1" >&2
  exit 2
}

given=$#
while [ $# -gt 0 ]; do
  case $1 in
    --public-url | --room-prefix | --sip-username | --twilio | --deployment) [ $# -gt 1 ] || fail "$1 needs a value" ;;&
    --public-url) public_url=$2 ;;
    --room-prefix) room_prefix=$2 ;;
    --sip-username) sip_username=$2 ;;
    --twilio) twilio=$2 ;;
    --deployment) deployment=$2 ;;
    *) fail "unknown argument $1; see the head of this file" ;;
  esac
  shift 2
done

output() {
  az deployment sub show --name "$deployment" --query "properties.outputs.$1.value" --output tsv
}

azd_value() {
  azd env get-value "$1" 2>/dev/null || true
}

if [ -n "$deployment" ]; then
  public_url=$(output GATEWAY_URL)
  room_prefix=$(output GATEWAY_ROOM_PREFIX)
  sip_username=$(output GATEWAY_SIP_USERNAME)
  twilio=$(output GATEWAY_USES_TWILIO)
elif [ "$given" -eq 0 ] && [ -z "$public_url" ] && command -v azd >/dev/null; then
  public_url=$(azd_value GATEWAY_URL)
  room_prefix=$(azd_value GATEWAY_ROOM_PREFIX)
  sip_username=$(azd_value GATEWAY_SIP_USERNAME)
  twilio=$(azd_value GATEWAY_USES_TWILIO)
fi

room_prefix=${room_prefix:-call}
sip_username=${sip_username:-voice}
twilio=$(tr '[:upper:]' '[:lower:]' <<<"${twilio:-true}") # az prints True
public_url=${public_url%/}
[[ $public_url =~ ^https://[A-Za-z0-9.-]+(:[0-9]+)?(/[A-Za-z0-9._~/-]*)?$ ]] || fail "the public URL must be https://host, without query or fragment; got '$public_url'"
[[ $room_prefix =~ ^[A-Za-z0-9.-]{1,64}$ ]] || fail "the room prefix may hold letters, digits, '.' and '-'; got '$room_prefix'"
[[ $sip_username =~ ^[A-Za-z0-9._-]{1,64}$ ]] || fail "the SIP user name may hold letters, digits, '.', '_' and '-'; got '$sip_username'"
[[ $twilio =~ ^(true|false)$ ]] || fail "--twilio takes true or false; got '$twilio'"

# Read by Twilio, never sent: two retries, also after a time-out or a 5xx, all within the 15 seconds that a caller is given.
overrides='#rc=2&rp=ct,rt,5xx&ct=2000&rt=5000&tt=15000'

say_twilio() {
  cat <<TEXT
Twilio: the phone number, Voice Configuration

  A call comes in        Webhook, HTTP POST
    $public_url/twilio/voice$overrides
  Primary handler fails  Webhook, HTTP POST
    The URL of a TwiML Bin: it must not depend on this gateway. Its text, with a number that a human answers:
    <?xml version="1.0" encoding="UTF-8"?><Response><Dial>+15550100123</Dial></Response>
  Call status changes    HTTP POST
    $public_url/twilio/status$overrides

TEXT
}

say_webhook() {
  cat <<TEXT
LiveKit: Settings, Webhooks (signed with the key that LIVEKIT_API_KEY names)

  $public_url/livekit/webhook

TEXT
}

say_trunk_of_twilio() {
  cat <<TEXT
LiveKit: the inbound trunk. Save as inbound-trunk.json, put in LIVEKIT_SIP_PASSWORD, then: lk sip inbound create inbound-trunk.json
No numbers: the called user is the call's id. Name and password are what keeps strangers out.

{
  "trunk": {
    "name": "voicefunctions",
    "numbers": [],
    "auth_username": "$sip_username",
    "auth_password": "LIVEKIT_SIP_PASSWORD",
    "include_headers": "SIP_X_HEADERS"
  }
}

TEXT
}

say_rule() { # the kind of the rule and what it holds
  cat <<TEXT
LiveKit: the dispatch rule. Save as dispatch-rule.json, put in the trunk's id (ST_...), then: lk sip dispatch create dispatch-rule.json
Never without trunk_ids: a rule for all trunks also takes calls that belong to none.

{
  "dispatch_rule": {
    "name": "voicefunctions",
    "trunk_ids": ["ST_REPLACE_ME"],
    "rule": {
      "$1": {
        "room_prefix": "$room_prefix"$2
      }
    }
  }
}

TEXT
}

if [ "$twilio" = true ]; then
  say_twilio
  say_webhook
  say_trunk_of_twilio
  say_rule dispatch_rule_callee ",
        \"randomize\": false"
else
  say_webhook
  say_rule dispatch_rule_individual ""
fi

echo "Then: curl --fail $public_url/readyz"
