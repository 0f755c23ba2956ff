#!/usr/bin/env bash
# jsfive 0.4.2: what was never written of an HDF5 dataset has the value that the file names for it, `fillvalue`, and here it is
# `undefined`, in an array of numbers: the mean of such a column is NaN. Where a chunk was written in part, its rest is right,
# so that one dataset has 7 beside `undefined`. One would have guessed 7 everywhere, as the HDF5 library gives, in h5py 3.16.0 and in
# h5wasm 0.10.3. Text of a fixed length comes with the zeros that fill it up, "c\0" for "c", where h5py and h5wasm leave them off:
# names of weights, as Keras writes them, are then no longer found.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check h5py==3.16.0 numpy==2.4.6
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts jsfive@0.4.2 h5wasm@0.10.3
cat > write.py <<'PY'
import h5py
import numpy as np

with h5py.File("file.h5", "w") as file:
    file.create_dataset("never", shape=(3,), dtype="f4", fillvalue=7)
    file.create_dataset("some", shape=(7,), chunks=(3,), dtype="f4", fillvalue=7)[:2] = [1, 2]
    file["words"] = np.array([b"ab", b"c"])
with h5py.File("file.h5") as file:
    assert file["never"][:].tolist() == [7, 7, 7]
    assert file["some"][:].tolist() == [1, 2, 7, 7, 7, 7, 7]
    assert file["words"][:].tolist() == [b"ab", b"c"]
PY
python/bin/python write.py
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import * as jsfive from "jsfive";
import h5wasm from "h5wasm/node";

const bytes = readFileSync("file.h5");
const file = new jsfive.File(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length), "file.h5");
await h5wasm.ready;
const other = new h5wasm.File("file.h5", "r");
const words = (values) => Array.from(values, (value) => (typeof value === "string" ? JSON.stringify(value) : String(value))).join();
const found = ["never", "some", "words"].map((name) => [words(file.get(name).value), words(other.get(name).value)]);
for (const [five, wasm] of found) console.log("jsfive", five.padEnd(56), "h5wasm", wasm);
const expected = [
  ["undefined,undefined,undefined", "7,7,7"],
  ["1,2,7,undefined,undefined,undefined,undefined", "1,2,7,7,7,7,7"],
  ['"ab","c\\u0000"', '"ab","c"'],
];
if (JSON.stringify(found) !== JSON.stringify(expected)) process.exit(1);
JS
node look.js
