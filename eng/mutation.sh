#!/usr/bin/env bash
# Mutation testing of what decides: changes src/Core in two thousand small ways, runs the tests of tests/Core.Tests that reach each change,
# and says which changes none of them noticed.
#   eng/mutation.sh [signatures|policy|fold|claims]...       without a name all four; exit status 1 where a group has less than 90 %
# The files of a group stand in eng/mutation/score.mjs. artifacts/mutation/reports has it as a page.
set -euo pipefail
cd "$(dirname "$0")/.."

globs=()
files=$(node eng/mutation/score.mjs files "$@")
for file in $files; do globs+=(--mutate "**/$file.cs"); done

report=$PWD/artifacts/mutation/reports/mutation-report.json
rm -f "$report"
echo "Mutation testing of ${*:-signatures, policy, fold and claims}."
echo "An hour on a machine of two cores for all of them, a quarter of it until the first mutant is tried."
dotnet tool restore >/dev/null
(cd tests/Core.Tests && dotnet stryker --config-file ../../eng/mutation/stryker-config.json \
  --output ../../artifacts/mutation --skip-version-check "${globs[@]}")
node eng/mutation/score.mjs score "$report" "$@"
