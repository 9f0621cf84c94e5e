#!/usr/bin/env bash
# Installs what the tests need, runs all of them, and ends with the counts of the real results.
set -uo pipefail
cd "$(dirname "$0")"
results="$PWD/artifacts/test"
rm -rf "$results"
mkdir -p "$results"

need() { command -v "$1" >/dev/null 2>&1 || { echo "$1 is needed: $2"; echo "0 passed, 1 failed, 0 skipped"; exit 1; }; }
need dotnet "the .NET 10 SDK, https://dotnet.microsoft.com/download"
need node "Node.js 20 or newer, https://nodejs.org"

find_chromium() {
  for name in "${POLICYFLOWS_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" 2>/dev/null && return 0
  done
  return 1
}

if ! chromium=$(find_chromium); then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests."
    { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q chromium; } >"$results/chromium.log" 2>&1 || true
    chromium=$(find_chromium) || chromium=""
  else
    chromium=""
  fi
fi
if [ -n "$chromium" ]; then
  export POLICYFLOWS_CHROMIUM="$chromium"
else
  echo "Browser tests are skipped: no Chromium was found and none could be installed."
fi

azurite=tests/PolicyFlows.Azurite.Tests/azurite
if [ ! -f "$azurite/node_modules/azurite/package.json" ]; then
  echo "Installing Azurite for the tests of the Azure adapters."
  npm ci --ignore-scripts --loglevel=error --prefix "$azurite" >"$results/azurite.log" 2>&1 ||
    { echo "Tests against Azurite are skipped: it could not be installed."; rm -rf "$azurite/node_modules"; }
fi

echo "Building."
if ! dotnet build PolicyFlows.sln -c Release -nologo -v quiet; then
  echo "The build failed."
  echo "0 passed, 1 failed, 0 skipped"
  exit 1
fi

passed=0 failed=0 skipped=0
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "Testing $name."
  timeout 900 dotnet test "$project" -c Release --no-build --nologo -v quiet \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results"
  code=$?
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null)
  count() { local n; n=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"); echo "${n:-0}"; }
  if [ -z "$counters" ]; then
    echo "$name ended with code $code and without results."
    failed=$((failed + 1))
    continue
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
  # A runner that dies after its tests has not passed.
  if [ "$code" != 0 ] && [ "$(count failed)" = 0 ]; then failed=$((failed + 1)); fi
done

kills=${POLICYFLOWS_KILLS:-50}
echo "Killing the server $kills times."
if timeout 900 dotnet run -c Release --no-build --project tests/PolicyFlows.Crash -- --kills "$kills" --seed "${POLICYFLOWS_SEED:-20261123}"; then
  passed=$((passed + 1))
else
  failed=$((failed + 1))
fi

echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
