#!/usr/bin/env bash
# npm 10.9.9 and 12.2.2: `npm publish --dry-run` of a package with `"private": true` ends with 0 and `+ name@version`, as
# if it could be published; without --dry-run npm refuses it with EPRIVATE, before it asks the registry for anything.
# One would have guessed that a rehearsal refuses what the real thing refuses. A release that is tried with a dry run
# has not been shown to be possible, and a package that is private to keep it from being published passes every trial.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
mkdir package
echo '{ "name": "kept-at-home", "version": "1.0.0", "private": true }' > package/package.json
# Nobody listens there: what is seen does not come from a registry.
registry=(--registry http://127.0.0.1:9/ --fetch-retries=0)

for version in 10.9.9 12.2.2; do
  npm install --silent --no-save --prefix "$folder/$version" "npm@$version"
  npm=("node" "$folder/$version/node_modules/npm/bin/npm-cli.js")
  dry=$("${npm[@]}" publish ./package --dry-run "${registry[@]}" 2>&1)
  grep -q '^+ kept-at-home@1.0.0' <<<"$dry" || { echo "npm $version: the dry run says something else: $dry"; exit 1; }
  if real=$("${npm[@]}" publish ./package "${registry[@]}" --//127.0.0.1:9/:_authToken=none 2>&1); then
    echo "npm $version: a private package is published"
    exit 1
  fi
  grep -q EPRIVATE <<<"$real" || { echo "npm $version: another reason: $real"; exit 1; }
  echo "npm $version: dry run: + kept-at-home@1.0.0; publish: EPRIVATE"
done
