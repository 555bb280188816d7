#!/usr/bin/env bash
# The Functions app as it is published, under Azure Functions Core Tools and Azurite, with simulated calls through it.
# Needs Core Tools 4 ('func') and Node. Takes about five minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
port=${1:-7071}

publish=$(mktemp -d)
dotnet publish src/Functions --configuration Release --output "$publish" --nologo -v quiet
dotnet build tests/EndToEnd --configuration Release --nologo -v quiet
[ -d tests/oracles/node_modules ] || (cd tests/oracles && npm ci --no-audit --no-fund --loglevel=error)

tests/oracles/node_modules/.bin/azurite --inMemoryPersistence --skipApiVersionCheck --disableTelemetry --silent &
azurite=$!
trap 'kill $azurite; rm -rf "$publish"' EXIT
until (exec 3<>/dev/tcp/127.0.0.1/10002) 2>/dev/null; do kill -0 $azurite; sleep 0.2; done

# What the simulated network does not set itself; it sets LiveKit's and Twilio's side in the environment.
cat >"$publish/local.settings.json" <<'JSON'
{
  "IsEncrypted": false,
  "Values": {
    "FUNCTIONS_WORKER_RUNTIME": "dotnet-isolated",
    "AzureWebJobsStorage": "UseDevelopmentStorage=true",
    "CALLS_STORAGE_CONNECTION": "UseDevelopmentStorage=true",
    "TASKHUB_NAME": "e2e",
    "LOG_LEVEL": "Warning"
  }
}
JSON
end_to_end=$PWD/artifacts/bin/EndToEnd/release/VoiceFunctions.EndToEnd.dll
cd "$publish"
dotnet "$end_to_end" "http://127.0.0.1:$port" answered,agent-dies,agent-never-joins,agents-race,sip-trunk,trunk-no-agent func start --port "$port" --no-build
