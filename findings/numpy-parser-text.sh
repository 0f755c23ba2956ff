#!/usr/bin/env bash
# numpy-parser 1.2.3: an array of texts, as `numpy.save` writes ["ab", "c"], is read as an array of numbers, halves of its
# characters: the kind `<U2` is taken for unsigned numbers of two bytes. Other kinds that it does not know throw. One would have
# guessed an error here too. The file is NumPy 2.4.6's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts numpy-parser@1.2.3
cat > table.b64 <<'B64'
k05VTVBZAQB2AHsnZGVzY3InOiAnPFUyJywgJ2ZvcnRyYW5fb3JkZXInOiBGYWxzZSwgJ3NoYXBlJzogKDIsKSwgfSAgICAgICAgICAgICAgIC
AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIAphAAAAYgAAAGMAAAAAAAAA
B64
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import { fromArrayBuffer } from "numpy-parser";

const bytes = new Uint8Array(Buffer.from(readFileSync("table.b64", "utf8"), "base64"));
const { data, shape } = fromArrayBuffer(bytes.buffer);
console.log(data, shape);
if (!(data instanceof Uint16Array)) process.exit(1);
JS
node look.js
