#!/usr/bin/env bash
# hyparquet 1.33.0: a column of numbers that may be missing, and of which none is, comes as a list of objects, and one that is
# said to be never missing as the Float64Array that the file has: the two files differ in that word of the schema alone, and all
# writers but few say "may be missing" of every column. The list takes several times as long, and memory for each number. One
# would have guessed that both are arrays of numbers, as the library sees that no level says "missing" and drops the levels.
# Its functions before that step, readDataPage of hyparquet/src/datapage.js, give the array for both.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts hyparquet@1.33.0
cat > optional.b64 <<'B64'
UEFSMRUAFTwVPCwVBhUAFQYVBhwAAAACAAAABgEAAAAAAADgPwAAAAAAAPg/AAAAAAAABEAVBBksNQAYBnNjaGVtYRUCABUKJQIYAXgAFgYZHBkcJgAcFQ
oZJQYAGRgBeBUAFgYWYhZiJghJHBUAFQAVAgA8KQYZJgAGAAAAFmIWBiYIFmIAKCBwYXJxdWV0LWNwcC1hcnJvdyB2ZXJzaW9uIDI2LjAuMRkcHAAAAHoA
AABQQVIx
B64
cat > required.b64 <<'B64'
UEFSMRUAFTAVMCwVBhUAFQYVBhwAAAAAAAAAAADgPwAAAAAAAPg/AAAAAAAABEAVBBksNQAYBnNjaGVtYRUCABUKJQAYAXgAFgYZHBkcJgAcFQoZJQYAGR
gBeBUAFgYWVhZWJghJHBUAFQAVAgAAABZWFgYmCBZWACggcGFycXVldC1jcHAtYXJyb3cgdmVyc2lvbiAyNi4wLjEZHBwAAAByAAAAUEFSMQ==
B64
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import { parquetRead } from "hyparquet";

async function kindOf(name) {
  const bytes = new Uint8Array(Buffer.from(readFileSync(name, "utf8"), "base64"));
  const file = { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer };
  let kind;
  await parquetRead({ file, onChunk: ({ columnData }) => (kind = columnData.constructor.name) });
  return kind;
}
const kinds = [await kindOf("optional.b64"), await kindOf("required.b64")];
console.log(...kinds);
if (kinds.join() !== "Array,Float64Array") process.exit(1);
JS
node look.js
