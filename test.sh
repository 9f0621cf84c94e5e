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

# Tests of a results file with that outcome: name, message, stack and output.
told() {
  awk -v outcome="$1" '
    function plain(text) {
      gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&apos;/, "\047", text)
      gsub(/&#xD;/, "", text); gsub(/&#xA;/, "\n", text); gsub(/&amp;/, "\\&", text)
      return text
    }
    /<UnitTestResult / {
      within = index($0, "outcome=\"" outcome "\"") > 0
      if (within) { name = $0; sub(/.* testName="/, "", name); sub(/".*/, "", name); print "  " plain(name) }
    }
    within && /<(Message|StackTrace|StdOut)>/ { body = 1 }
    within && body {
      line = $0; last = line ~ /<\/(Message|StackTrace|StdOut)>/
      sub(/^[ \t]*<(Message|StackTrace|StdOut)>/, "", line); sub(/<\/(Message|StackTrace|StdOut)>/, "", line)
      if (line !~ /^[ \t]*$/) print "      " plain(line)
      if (last) body = 0
    }
    /<\/UnitTestResult>/ { within = 0; body = 0 }
  ' "$results"/*.trx 2>/dev/null
}

passed=0 failed=0 skipped=0 broken=""
fail() { failed=$((failed + 1)); broken+="  $1"$'\n'; echo "$1"; }

# run PROJECT CONFIGURATION: its tests, counted.
run() {
  local name code counters
  name=$(basename "$1" .csproj)
  [ "$2" = Azure ] && name+=" (configuration Azure)"
  echo "Testing $name."
  timeout 900 dotnet test "$1" -c "$2" --no-build --nologo -v quiet \
    --logger "console;verbosity=minimal" --logger "trx;LogFileName=$name.trx" --results-directory "$results"
  code=$?
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null)
  count() { local n; n=$(sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"); echo "${n:-0}"; }
  if [ -z "$counters" ]; then
    fail "$name ended with code $code and without results."
    return
  fi
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed)))
  skipped=$((skipped + $(count total) - $(count executed)))
  # A runner that dies after its tests has not passed.
  if [ "$code" != 0 ] && [ "$(count failed)" = 0 ]; then fail "$name ended with code $code although its tests passed."; fi
}

azure=tests/PolicyFlows.Functions.Tests/PolicyFlows.Functions.Tests.csproj
adapters=tests/PolicyFlows.Azurite.Tests/PolicyFlows.Azurite.Tests.csproj
for project in tests/*.Tests/*.csproj; do
  [ "$project" = "$azure" ] || run "$project" Release
done

# The Functions worker and Durable Task restore in some places only. Where they do, everything of configuration Azure must build and pass; the
# command import needs neither. The adapters' tests have run above: the same sources, in configuration Release.
missing=""
echo "Restoring configuration Azure."
if dotnet restore "$azure" -p:Configuration=Azure >"$results/azure-restore.log" 2>&1; then
  if dotnet build PolicyFlows.sln -c Azure -nologo -v quiet; then run "$azure" Azure; run "$adapters" Azure; else fail "Configuration Azure does not build."; fi
elif missing=$(grep -om1 'error NU110[1-3]: Unable to find package [A-Za-z.]*' "$results/azure-restore.log"); then
  missing="  Configuration Azure, but for the command import: its packages do not restore here ($missing)."$'\n'
  skipped=$((skipped + 1))
  dotnet build src/PolicyFlows.Import -c Azure -nologo -v quiet || fail "The command import does not build in configuration Azure."
else
  cat "$results/azure-restore.log"
  fail "Configuration Azure does not restore, and no missing package is the reason."
fi

kills=${POLICYFLOWS_KILLS:-50}
echo "Killing the server $kills times."
if timeout 900 dotnet run -c Release --no-build --project tests/PolicyFlows.Crash -- --kills "$kills" --seed "${POLICYFLOWS_SEED:-20261123}"; then
  passed=$((passed + 1))
else
  fail "The server broke a promise when it was killed, or took too long; what happened stands above."
fi

# Once more, together: what went wrong must not be looked for in a long log.
failures="$broken$(told Failed)" skips="$missing$(told NotExecuted)"
[ -z "$skips" ] || printf 'Skipped, and why:\n%s\n' "$skips"
[ -z "$failures" ] || printf 'Failed, and why:\n%s\n' "$failures"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
