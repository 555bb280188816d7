#!/usr/bin/env bash
# The Functions app as it is published, under Azure Functions Core Tools and Azurite: what every host answers alike,
# and simulated calls of every kind but the one of ten minutes.
# Needs Core Tools 4 ('func') and Node. Takes about a quarter of an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-7071}

publish=$(mktemp -d)
end() { # ends what was started here; EndToEnd ends its gateway
  local jobs
  jobs=$(jobs -p)
  [ -z "$jobs" ] || kill $jobs 2>/dev/null || true
  wait
  rm -rf "$publish"
}
trap end EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

dotnet publish src/Functions --configuration Release --output "$publish" --nologo -v quiet
dotnet build tests/EndToEnd --configuration Release --nologo -v quiet
[ -d tests/oracles/node_modules ] || (cd tests/oracles && npm ci --no-audit --no-fund --loglevel=error)

tests/oracles/node_modules/.bin/azurite --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent &
azurite=$!
until (exec 3<>/dev/tcp/127.0.0.1/10002) 2>/dev/null; do kill -0 $azurite; sleep 0.2; done

# What EndToEnd does not set in the environment: it sets LiveKit's and Twilio's side, the diagnostics key and what the scenarios need.
cat >"$publish/local.settings.json" <<'JSON'
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
    "AzureWebJobsStorage": "UseDevelopmentStorage=true",
    "AzureWebJobsDisableHomepage": "true",
    "FUNCTIONS_REQUEST_BODY_SIZE_LIMIT": "5242880",
    "CALLS_STORAGE_CONNECTION": "UseDevelopmentStorage=true",
    "TASKHUB_NAME": "e2e",
    "LOG_LEVEL": "Warning"
  }
}
JSON
scenarios=(
  answered caller-hangs-up-while-ringing agent-never-joins agent-joins-silent agent-comes-late agent-dies busy-network nobody-at-all
  human-screened voicemail sip-trunk trunk-no-agent trunk-nobody-at-all two-agents agents-race after-hours browser browser-reconnects
  recording recording-room recording-refused recording-fails recording-nobody-records agent-brings-human operator-joins
  operator-dials-in helper-agent avatar second-pass meeting-next-door agent-says-goodbye agent-leaves agent-heartbeat-lost
  agent-falls-silent next-caller connector-caller caller-leaves-ringing-human livekit-dies warm-handoff warm-handoff-muted
  warm-handoff-nobody warm-handoff-agent-dies warm-handoff-caller-leaves warm-handoff-asked-twice cold-transfer cold-transfer-waits
  cold-transfer-refused operator-ends operator-ends-ringing operator-ends-and-stays outbound-answered outbound-busy outbound-no-answer
  outbound-voicemail outbound-machine-hung-up-on outbound-rejected outbound-unavailable outbound-no-agent
  over-the-limit caller-floods unverified-caller
  agent-uses-tool tool-backend-down
  network-jitter-warned
  ends-lost ghost-room
)
end_to_end=$PWD/artifacts/bin/EndToEnd/release/VoiceFunctions.EndToEnd.dll
cd "$publish"
# In the background, because a shell that waits hears signals at once.
dotnet "$end_to_end" "http://127.0.0.1:$port" "$(IFS=,; echo "${scenarios[*]}")" func start --port "$port" --no-build &
wait $!
