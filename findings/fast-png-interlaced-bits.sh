#!/usr/bin/env bash
# fast-png 8.0.0: an interlaced PNG of 1, 2 or 4 bits a pixel, as the specification has them, is refused with "Unsupported filter". Its
# seven passes are read as if each pixel took a whole byte, so that bytes of pixels are taken for the filter of a line. The same picture
# without interlacing is read, and so is an interlaced one of 8 bits. One would have guessed that both ways to write it go for all depths.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund fast-png@8.0.0
cat > read.mjs <<'JS'
import { deflateSync, crc32 as nodeCrc } from "node:zlib";
import { decode } from "fast-png";

function crc32(bytes) {
  if (nodeCrc !== undefined) return nodeCrc(bytes);
  let rest = 0xffffffff;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  }
  return (rest ^ 0xffffffff) >>> 0;
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Grey, 8 x 8, all white. */
function png(depth, interlaced) {
  const header = Buffer.from([0, 0, 0, 8, 0, 0, 0, 8, depth, 0, 0, 0, interlaced ? 1 : 0]);
  // Width and height of each pass of Adam7 in a picture of 8 x 8.
  const passes = interlaced ? [[1, 1], [1, 1], [2, 1], [2, 2], [4, 2], [4, 4], [8, 4]] : [[8, 8]];
  const lines = passes.flatMap(([width, height]) =>
    Array.from({ length: height }, () => [0, ...Array(Math.ceil((width * depth) / 8)).fill(255)]).flat(),
  );
  return Buffer.concat([
    Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(Buffer.from(lines))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const outcome = (depth, interlaced) => {
  try {
    return `read, ${decode(png(depth, interlaced)).width} wide`;
  } catch (error) {
    return error.message;
  }
};
let changed = false;
for (const depth of [1, 2, 4, 8]) {
  const [plain, woven] = [outcome(depth, false), outcome(depth, true)];
  console.log(`${depth} bits: ${plain}; interlaced: ${woven}`);
  changed ||= plain !== "read, 8 wide" || /Unsupported filter/.test(woven) !== depth < 8;
}
process.exitCode = changed ? 1 : 0;
JS
node read.mjs
