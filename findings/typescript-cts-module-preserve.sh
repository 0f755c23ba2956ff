#!/usr/bin/env bash
# TypeScript 7.0.2.
#
# Behaviour: a `.cts` file is CommonJS by its name: its `import` becomes `require` under `--module nodenext`, and under
# `--module esnext` as well. Under `--module preserve` the compiler accepts the same file without a word and writes a
# `.cjs` file that still has the `import` statement, which Node refuses to load.
# Guessed: that the extension decides how a file is written, as it decides the name of what is written; or an error.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund typescript@7.0.2 @types/node@20.19.0

cat >program.cts <<'TS'
import { join } from "node:path";
console.log(join("a", "b"));
TS

compile() {
  local out=$1
  shift
  npx tsc --ignoreConfig --target es2022 --types node --outDir "$out" "$@" program.cts
}
compile nodenext --module nodenext --moduleResolution nodenext
compile esnext --module esnext --moduleResolution bundler
compile preserve --module preserve

for module in nodenext esnext; do
  [ "$(node "$module/program.cjs")" = "a/b" ]
  echo "$module: program.cjs requires, and runs"
done
grep -q '^import { join } from "node:path";$' preserve/program.cjs
code=0
node preserve/program.cjs >/dev/null 2>refused.txt || code=$?
[ "$code" != 0 ]
grep -q 'Cannot use import statement outside a module' refused.txt
echo "preserve: tsc is content; program.cjs has an import statement, and Node refuses it"
