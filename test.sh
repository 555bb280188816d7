#!/usr/bin/env bash
# Builds everything and runs every test: Azurite, the vendors' own SDKs, the engine and the Bicep CLI that Azure uses. Ends with 'N passed, N failed'.
#   ./test.sh              everything; about seventeen minutes on two idle cores
#   ./test.sh fast         what needs no Azurite, no kills and no chaos: under a minute, to work with
#   ./test.sh NAME...      these suites, such as Core.Tests, chaos or infra
# What takes longer stands in eng/nightly.sh.
set -uo pipefail
cd "$(dirname "$0")"
begun=$SECONDS
# Compilers and tests live for minutes: what the runtime measures of them never pays, and most of their objects die young.
export DOTNET_TieredPGO=0 DOTNET_GCgen0size=0x4000000
only=("$@")

# Suites that mostly compute, and suites that mostly wait with short ones behind them: one of each at a time, both lists as long as each other, and who waits
# goes first when it is awake. Those of the last list watch the clock and have the machine for themselves.
computing=(Core.Tests Functions.Tests Chaos.Tests Storage.Tests Simulator.Tests LocalHost.Tests Bench.Tests Exploration.Tests)
waiting=(Engine.Tests EndToEnd console infra supply-chain samples Vendors.Tests Worker.Tests Tools.Tests Knowledge.Tests Events.Tests)
alone=(KillEverywhere.Tests chaos)
fast=(Core.Tests Functions.Tests Chaos.Tests Simulator.Tests)

solution=VoiceFunctions.sln
if [ "${only[*]-}" = fast ]; then
  only=("${fast[@]}")
  solution=eng/fast.slnf
fi

wanted() { [ ${#only[@]} -eq 0 ] || [[ " ${only[*]} " == *" $1 "* ]]; }

for name in "${only[@]}"; do
  if [[ " ${computing[*]} ${waiting[*]} ${alone[*]} " != *" $name "* ]]; then
    echo "There is no suite $name. Suites are: fast ${computing[*]} ${waiting[*]} ${alone[*]}" >&2
    exit 2
  fi
done

folders=(tests/oracles tests/infra tests/console)
[ $solution = VoiceFunctions.sln ] || folders=(tests/oracles)
packages() { # Of npm, in a folder with a lock file.
  [ "$1/node_modules/.package-lock.json" -nt "$1/package-lock.json" ] || (cd "$1" && npm ci --no-audit --no-fund --loglevel=error)
}
installing=()
for folder in "${folders[@]}"; do packages "$folder" & installing+=($!); done
# One compiler for all projects takes half the time of a new one for each, whatever the environment says of it. It ends with the build in CI only:
# on a developer's machine it serves the next one.
dotnet build $solution -c Release --nologo -v quiet -clp:NoSummary -p:UseSharedCompilation=true || exit 1
[ "${CI:-}" != true ] || dotnet build-server shutdown --vbcscompiler --msbuild >/dev/null
for job in "${installing[@]}"; do wait "$job" || exit 1; done
echo "built in $((SECONDS - begun)) s"

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

program() { echo "artifacts/bin/$1/release/VoiceFunctions.$1.dll"; }

free_port() { node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'; }

run() {
  case $1 in
    chaos) dotnet "$(program Chaos)" --calls 60 --rate 3 --hosts 2 --seed 4 ;; # A minute of calls under every fault.
    EndToEnd) # One call through a gateway process in real time, with the program that eng/e2e-func.sh plays more of them with.
      local port
      port=$(free_port)
      dotnet "$(program EndToEnd)" "http://127.0.0.1:$port" trunk-no-agent env PORT="$port" dotnet "$(program LocalHost)"
      ;;
    console) node tests/console/check.mjs ;;
    infra) node tests/infra/check.mjs ;;
    supply-chain) node eng/supply-chain/check.mjs ;;
    samples) packages samples/agent && packages tests/samples && dotnet "$(program Samples.Tests)" -noColor -noLogo ;;
    Exploration.Tests) DOTNET_TieredPGO=1 dotnet "$(program "$1")" -noColor -noLogo ;; # Two minutes of pure computing: here it pays.
    KillEverywhere.Tests) KILL_EVERY=9 dotnet "$(program "$1")" -noColor -noLogo ;; # All of them are killed by eng/nightly.sh.
    *) dotnet "$(program "$1")" -noColor -noLogo ;;
  esac
}

# The closing line of a suite, whatever it looks like, as 'passed failed skipped'.
closing() {
  sed -nE \
    -e 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+).*/\1 \2 \3 \4/p' \
    -e 's/^passed ([0-9]+),? failed ([0-9]+).*/p \1 \2/p' \
    -e 's/^([0-9]+) passed, ([0-9]+) failed.*/p \1 \2/p' "$1" | tail -1 | awk '$1 == "p" { print $2, $3, 0; next } { print $1 - $2 - $3 - $4, $2 + $3, $4 }'
}

suite() {
  local name=$1 started=$SECONDS status passed failed skipped
  run "$name" >"$results/$name.log" 2>&1
  status=$?
  read -r passed failed skipped <<<"$(closing "$results/$name.log")"
  if [ $status -ne 0 ] && [ "${failed:-0}" -eq 0 ]; then failed=1; fi # It ended badly and did not count that.
  echo "${passed:-0} ${failed:-0} ${skipped:-0}" >"$results/$name.result"
  [ "${failed:-0}" -eq 0 ] || cat "$results/$name.log"
  printf '%-22s passed %5d, failed %d, skipped %d, %4d s\n' "$name" "${passed:-0}" "${failed:-0}" "${skipped:-0}" $((SECONDS - started))
}

suites() { for name in "$@"; do if wanted "$name"; then suite "$name"; fi; done; }

suites "${waiting[@]}" &
(renice -n 10 $BASHPID >/dev/null; suites "${computing[@]}")
wait
suites "${alone[@]}"

read -r passed failed skipped <<<"$(cat "$results"/*.result | awk '{ p += $1; f += $2; s += $3 } END { print p + 0, f + 0, s + 0 }')"
echo
echo "took $(((SECONDS - begun) / 60)) min $(((SECONDS - begun) % 60)) s"
if [ "$skipped" -gt 0 ]; then
  echo "$passed passed, $failed failed, $skipped skipped"
else
  echo "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
