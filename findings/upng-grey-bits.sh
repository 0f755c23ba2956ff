#!/usr/bin/env bash
# upng-js 2.1.0: of a grey PNG of 1, 2 or 4 bits a pixel, `toRGBA8` reads the pixels of all lines one behind the other, and a line of
# a PNG begins with a new byte: where a line does not fill its last byte, all but the first come out shifted, without an error. 8 pixels
# across in 1 bit are right, and 9 are not. Pictures of a palette, whose bits lie in the same way, are read right, and so
# one would have guessed it of greys. The numbers of pngjs 7.0.0 are those that were written.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts upng-js@2.1.0 pngjs@7.0.0
cat > look.js <<'JS'
import { deflateSync } from "node:zlib";
import { PNG } from "pngjs";
import UPNG from "upng-js";

const GREY = 0;
const PALETTE = 3;

function checksum(bytes) {
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

function part(name, data) {
  const [size, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  const body = Buffer.concat([Buffer.from(name, "latin1"), Buffer.from(data)]);
  size.writeUInt32BE(body.length - 4);
  sum.writeUInt32BE(checksum(body));
  return Buffer.concat([size, body, sum]);
}

/** Two lines of pixels: 0, 1, 0, 1, ... and 1, 1, 0, 0, 1, 1, ... */
const pixelsOf = (width) => [0, 1].flatMap((y) => Array.from({ length: width }, (_, x) => (y === 0 ? x : (x >> 1) + 1) & 1));

function picture(depth, width, kind) {
  const pixels = pixelsOf(width);
  const lines = [0, 1].flatMap((y) => {
    const line = Array(Math.ceil((width * depth) / 8)).fill(0);
    for (let x = 0; x < width; x++) line[(x * depth) >> 3] |= pixels[y * width + x] << (8 - depth - ((x * depth) & 7));
    return [0, ...line];
  });
  const head = [0, 0, 0, width, 0, 0, 0, 2, depth, kind, 0, 0, 0];
  const one = 255 / (2 ** depth - 1);
  const colours = kind === PALETTE ? [part("PLTE", [0, 0, 0, one, one, one])] : [];
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
  const parts = [part("IHDR", head), ...colours, part("IDAT", deflateSync(Buffer.from(lines))), part("IEND", [])];
  return { bytes: Buffer.concat([signature, ...parts]), reds: pixels.map((pixel) => pixel * one) };
}

const redsOf = (colours) => [...colours].filter((_, i) => i % 4 === 0).join();
const inOwnMemory = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length);
let changed = false;
for (const kind of [GREY, PALETTE])
  for (const [depth, width] of [[1, 8], [1, 9], [2, 4], [2, 5], [4, 2], [4, 3]]) {
    const { bytes, reds } = picture(depth, width, kind);
    const read = redsOf(new Uint8Array(UPNG.toRGBA8(UPNG.decode(inOwnMemory(bytes)))[0])) === reds.join();
    const other = redsOf(PNG.sync.read(bytes).data) === reds.join();
    console.log(kind === GREY ? "grey   " : "palette", `${depth} bits, ${width} across`, read ? "right" : "shifted");
    changed ||= !other || read !== (kind === PALETTE || (depth * width) % 8 === 0);
  }
process.exitCode = changed ? 1 : 0;
JS
node look.js
