#!/usr/bin/env bash
# h5wasm 0.10.3: a dataset that is compressed by a filter that it has not got, as h5py's own "lzf" is one, has a `value` of the right
# type and length with other numbers in it, and no error: what the HDF5 library says goes to the console, and what it was to fill is
# handed out all the same. One would have guessed an exception, as h5py gives where a filter is missing. There is one after
# `activate_throwing_error_handler`, which has to be called after `ready` and is off by itself. A network whose weights were saved
# so is read, and predicts.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check h5py==3.16.0 numpy==2.4.6
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts h5wasm@0.10.3
cat > write.py <<'PY'
import h5py
import numpy as np

with h5py.File("file.h5", "w") as file:
    for name in ("lzf", "gzip"):
        file.create_dataset(name, data=np.arange(400, dtype="i4") % 4 + 1000, compression=name)
with h5py.File("file.h5") as file:
    assert file["lzf"].id.get_storage_size() < 400
    assert (file["lzf"][:] == file["gzip"][:]).all()
PY
python/bin/python write.py
cat > look.js <<'JS'
import h5wasm from "h5wasm/node";

const { activate_throwing_error_handler } = await h5wasm.ready;
const file = new h5wasm.File("file.h5", "r");

function read(name) {
  try {
    const { value } = file.get(name);
    return `${value.constructor.name} of ${value.length}, ${value.every((number, i) => number === 1000 + (i % 4)) ? "right" : "other numbers"}`;
  } catch (error) {
    return "an exception";
  }
}
const found = [read("lzf"), read("gzip")];
activate_throwing_error_handler();
found.push(read("lzf"));
console.log(`lzf: ${found[0]}; gzip: ${found[1]}; lzf, told to throw: ${found[2]}`);
if (found.join("; ") !== "Int32Array of 400, other numbers; Int32Array of 400, right; an exception") process.exit(1);
JS
node look.js 2>/dev/null
