# Sourced by run.sh and test.sh: finds out whether the package source has every package (normal mode) or only part of them (offline mode;
# docs/decisions/0003-two-package-modes.md), prepares that mode, and remembers the answer until the versions change.
# Exports OfflinePackages, which the build reads. Set it yourself to true or false to choose.

if [ -z "${OfflinePackages:-}" ]; then
  mkdir -p artifacts
  # Of all projects, Vendors.Tests needs the most packages: all of the function app and the vendors' own.
  versions=$(cksum <Directory.Packages.props | cut -d' ' -f1)
  remembered="artifacts/package-mode.$versions"
  if [ ! -f "$remembered" ]; then
    if dotnet restore tests/Vendors.Tests --nologo -v quiet -p:OfflinePackages=false >/dev/null 2>&1; then
      echo false >"$remembered"
    else
      echo true >"$remembered"
    fi
  fi
  OfflinePackages=$(cat "$remembered")
fi
export OfflinePackages

if [ "$OfflinePackages" = true ]; then
  if [ ! -d eng/offline/node_modules/@azure ]; then
    (cd eng/offline && npm ci --no-audit --no-fund --loglevel=error >&2)
  fi
  echo "packages: offline mode (the package source lacks some; see docs/decisions/0003-two-package-modes.md)" >&2
else
  echo "packages: normal mode" >&2
fi
