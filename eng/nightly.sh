#!/usr/bin/env bash
# What takes too long for ./test.sh, each step with its length on a machine of two cores.
#   eng/nightly.sh [STEP...]       without a step all of them, one after the other; exit status 1 where one failed
#   SEED=n eng/nightly.sh chaos    other calls and other faults; the log has the command that repeats them
set -uo pipefail
cd "$(dirname "$0")/.."
seed=${SEED:-1}

lengths() {
  cat <<'TEXT'
mutation   an hour       every small change of what decides, and whether a test notices it
explore    some hours    every pair of troubles and preemptions, in every scenario of one call
fuzz       10 minutes    changed inputs for every parser of what strangers send
scenarios  40 minutes    every scenario over 200 bad networks
kill       40 minutes    a gateway killed on both sides of every write and every question
chaos      an hour       10,000 calls under every fault
outages    10 minutes    1,200 calls under every fault, with a storage that stands still for 40 s at a time
native     25 minutes    the program of the image: the tests of processes and 1,000 calls under every fault, with it as the gateway
durable    20 minutes    1,000 calls under every fault, on the engine that Azure uses
bench     120 minutes    VoiceFunctions beside its peers, for docs/benchmarks.md
example     5 minutes    the worked example of docs/adding-a-feature.md, built and tested
TEXT
}

executable() { # a test project, with what it says while it runs
  dotnet run --configuration Release --project "tests/$1" -- -showLiveOutput "${@:2}"
}

mutation() { eng/mutation.sh; }
fuzz() { FUZZ_SECONDS=600 SEED=$seed executable Core.Tests -class '*FuzzTests'; }
scenarios() { azurite && SCENARIO_SEEDS=200 executable LocalHost.Tests -method '*keeps_every_promise_over_a_bad_network'; }
explore() { EXPLORE_DEPTH=2 executable Exploration.Tests -class '*ExplorationTests'; }
kill_everywhere() { azurite && executable KillEverywhere.Tests && cat artifacts/kill-everywhere.md; }
chaos() { ./run.sh chaos --calls 10000 --rate 3 --hosts 2 --seed "$seed"; }
outages() { ./run.sh chaos --calls 1200 --rate 3 --hosts 2 --seed "$seed" --pause 40; }

durable() { ./run.sh chaos --calls 1000 --rate 1 --hosts 2 --seed "$seed" --engine durable; }

native() ( # without the tests' own build of the gateway
  azurite && eng/native.sh && export GATEWAY_PROGRAM=artifacts/native/VoiceFunctions.LocalHost \
    && executable LocalHost.Tests $(printf -- '-class *.%s ' ProcessTests RequestsFileTests KilledKnowledgeTests JournalStartTests OpenHostTests) \
    && ./run.sh chaos --calls 1000 --rate 3 --hosts 2 --seed "$seed"
)

bench() { bench/run.sh; }

example() ( # in a clone of its own
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  git clone --quiet . "$work" && cd "$work" && git apply docs/adding-a-feature.patch && ./test.sh Core.Tests Functions.Tests Storage.Tests
)

azurite() {
  [ -d tests/oracles/node_modules ] || (cd tests/oracles && npm ci --no-audit --no-fund --loglevel=error)
}

all=$(lengths | cut -d' ' -f1)
for step in "$@"; do
  if ! grep -qx -- "$step" <<<"$all"; then
    echo "There is no step $step. Steps are:" >&2
    lengths >&2
    exit 2
  fi
done

results=() failed=0
for step in ${*:-$all}; do
  printf '\n== %s\n' "$(lengths | grep "^$step ")"
  begun=$SECONDS
  case $step in kill) kill_everywhere ;; *) $step ;; esac
  status=$?
  [ $status -eq 0 ] || failed=1
  results+=("$(printf '%-10s %-7s %d min' "$step" "$([ $status -eq 0 ] && echo passed || echo FAILED)" $(((SECONDS - begun + 59) / 60)))")
done

printf '\n'
printf '%s\n' "${results[@]}"
exit $failed
