#!/usr/bin/env bash
# Takes the pictures of the documentation again: tells a story in a demonstration and writes docs/pictures.
set -euo pipefail
cd "$(dirname "$0")"

for name in "${POLICYFLOWS_CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
  if [ -n "$name" ] && found=$(command -v "$name" 2>/dev/null); then
    export POLICYFLOWS_CHROMIUM="$found"
    break
  fi
done
[ -n "${POLICYFLOWS_CHROMIUM:-}" ] || { echo "No Chromium was found. Install one, or name it in POLICYFLOWS_CHROMIUM."; exit 1; }

POLICYFLOWS_PICTURES="$PWD/docs/pictures" \
  dotnet test tests/PolicyFlows.Browser.Tests -c Release --nologo -v quiet --filter FullyQualifiedName~PictureTests
ls -l docs/pictures
