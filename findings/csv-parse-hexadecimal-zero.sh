#!/usr/bin/env bash
# csv-parse 7.0.3: with `cast: true` the cells 0x1F, 0b11 and 0o17 are all the number 0. What decides whether a cell is a number takes
# them for one, as JavaScript does, and what makes the number of it reads decimals and stops at the letter. 12abc and -0x1F stay the
# text that they are. One would have guessed 31, or the text as well. A column of addresses or colours in hexadecimals becomes
# a column of zeros.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts csv-parse@7.0.3
cat > look.js <<'JS'
import { parse } from "csv-parse/sync";

const cells = ["0x1F", "0xff00aa", "0b11", "0o17", "12abc", "-0x1F", "1e3"];
const read = parse(["cell", ...cells].join("\n"), { columns: true, cast: true }).map(({ cell }) => cell);
cells.forEach((cell, i) => console.log(cell.padEnd(8), read[i]));
if (JSON.stringify(read) !== JSON.stringify([0, 0, 0, 0, "12abc", "-0x1F", 1000])) process.exit(1);
JS
node look.js
