#!/usr/bin/env bash
# jpeg-js 0.4.4: a JPEG that holds red, green and blue as they are comes out in other colours, white as pink, without an error: it
# reads Adobe's note of what was done to the colours, and where that is 0, nothing, it does it the other way round all the same.
# Pillow 13.0.0 writes such files with `keep_rgb=True`, notes it so, and reads them back; libjpeg, and all that is made with it, has
# known the note for decades. One would have guessed that a note that is read is heeded. With `colorTransform: false` the colours
# are right, which whoever calls it can only know by reading the marks of the file before.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check pillow==13.0.0
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts jpeg-js@0.4.4
cat > write.py <<'PY'
from PIL import Image

for name, colour in {"white": (255, 255, 255), "red": (255, 0, 0), "grey": (128, 128, 128)}.items():
    Image.new("RGB", (8, 8), colour).save(f"{name}.jpg", quality=100, subsampling=0, keep_rgb=True)
    assert Image.open(f"{name}.jpg").getpixel((3, 3)) == colour
PY
python/bin/python write.py
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import jpeg from "jpeg-js";

const pixel = (name, options) => [...jpeg.decode(readFileSync(`${name}.jpg`), { useTArray: true, ...options }).data.subarray(0, 3)].join();
const names = ["white", "red", "grey"];
const found = names.map((name) => [pixel(name, {}), pixel(name, { colorTransform: false })]);
names.forEach((name, i) => console.log(name.padEnd(6), found[i][0].padEnd(12), "told that they are as they are:", found[i][1]));
const right = ["255,255,255", "255,0,0", "128,128,128"];
if (found.some(([, told], i) => told !== right[i])) process.exit(1);
if (found[0][0] === right[0] || found[1][0] === right[1]) process.exit(1);
JS
node look.js
