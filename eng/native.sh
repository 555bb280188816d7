#!/usr/bin/env bash
# The gateway as one native program, compiled ahead of time for this machine's kind of processor, as the container image has it (decision 91).
#   eng/native.sh [FOLDER [OPTION...]]    by default artifacts/native; its program is VoiceFunctions.LocalHost. About four minutes on two cores
#   eng/native.sh artifacts/native -p:StripSymbols=false    the same with names, for perf
# Needs a C compiler as a linker: clang or gcc, and zlib's headers (Debian and Ubuntu: clang zlib1g-dev).
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-artifacts/native}")

linker=$(command -v clang || command -v gcc) || { echo "eng/native.sh needs clang or gcc" >&2; exit 1; }

# In a copy, because a restore for one platform changes the lock files. What they name was checked against them before: the second restore
# adds the compiler and its analysers, whose version is the SDK's, and nothing else.
source=artifacts/native-source
rm -rf $source && mkdir -p $source
cp -r src eng Directory.* NuGet.config global.json .editorconfig $source
dotnet restore $source/src/LocalHost --locked-mode --verbosity quiet
dotnet publish $source/src/LocalHost --configuration Release --use-current-runtime --output "$folder" --nologo --verbosity quiet \
  -p:PublishAot=true -p:IsAotCompatible=true -p:CppCompilerAndLinker="$(basename "$linker")" -p:RestoreLockedMode=false \
  -p:DebugSymbols=false "${@:2}"
