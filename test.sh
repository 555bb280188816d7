#!/usr/bin/env bash
# Builds everything and runs every test, Azurite and the vendors' own SDKs included. Ends with 'N passed, N failed'.
set -uo pipefail
cd "$(dirname "$0")"

for folder in tests/oracles tests/infra; do
  if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
    (cd "$folder" && npm ci --no-audit --no-fund --loglevel=error) || exit 1
  fi
done

dotnet build VoiceFunctions.sln -c Release --nologo -v quiet -clp:NoSummary || exit 1

passed=0 failed=0 skipped=0
count() { # adds the numbers of a suite's closing line; a suite that ends badly without one has failed once
  local name=$1 status=$2 line=$3
  local p f s
  p=$(sed -n 's/.*passed[: ]*\([0-9]*\).*/\1/p' <<<"$line")
  f=$(sed -n 's/.*failed[: ]*\([0-9]*\).*/\1/p' <<<"$line")
  s=$(sed -n 's/.*skipped[: ]*\([0-9]*\).*/\1/p' <<<"$line")
  if [ "$status" -ne 0 ] && [ "${f:-0}" -eq 0 ]; then f=1; fi
  passed=$((passed + ${p:-0})) failed=$((failed + ${f:-0})) skipped=$((skipped + ${s:-0}))
  printf '%-24s passed %s, failed %s, skipped %s\n' "$name" "${p:-0}" "${f:-0}" "${s:-0}"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in tests/*.Tests; do
  name=$(basename "$project")
  [ "$name" = LiveKitSdk.Tests ] && continue # not in the solution: its project file says why
  dotnet "artifacts/bin/$name/release/VoiceFunctions.$name.dll" -noColor -noLogo >"$log" 2>&1
  status=$?
  [ $status -eq 0 ] || cat "$log"
  total=$(grep -E 'Total: [0-9]+' "$log" | tail -1 | sed -n 's/.*Total: \([0-9]*\), Errors: \([0-9]*\), Failed: \([0-9]*\), Skipped: \([0-9]*\).*/\1 \2 \3 \4/p')
  read -r all errors bad skip <<<"${total:-0 0 0 0}"
  count "$name" $status "passed $((all - bad - skip)) failed $((bad + errors)) skipped $skip"
done

# A minute of calls under every fault; a longer run is ./run.sh chaos.
dotnet artifacts/bin/Chaos/release/VoiceFunctions.Chaos.dll --calls 60 --rate 3 --hosts 2 --seed 4 >"$log" 2>&1
status=$?
[ $status -eq 0 ] || cat "$log"
count chaos $status "$(tail -1 "$log")"

# One call through a gateway process in real time, with the program that eng/e2e-func.sh plays more of them with.
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })')
dotnet artifacts/bin/EndToEnd/release/VoiceFunctions.EndToEnd.dll "http://127.0.0.1:$port" trunk-no-agent \
  env PORT="$port" dotnet artifacts/bin/LocalHost/release/VoiceFunctions.LocalHost.dll >"$log" 2>&1
status=$?
[ $status -eq 0 ] || cat "$log"
count EndToEnd $status "$(grep -E "^passed [0-9]+ failed [0-9]+$" "$log" | tail -1)"

if [ -f tests/infra/check.mjs ]; then
  node tests/infra/check.mjs >"$log" 2>&1
  status=$?
  [ $status -eq 0 ] || cat "$log"
  count infra $status "$(tail -1 "$log" | sed 's/\([0-9]*\) passed, \([0-9]*\) failed/passed \1 failed \2/')"
fi

echo
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
