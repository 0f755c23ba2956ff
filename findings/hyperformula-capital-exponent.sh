#!/usr/bin/env bash
# hyperformula 3.5.0: a number of a formula may have its exponent behind a small e alone: `=1e-8*2` is 2e-8, and `=1E-8*2`, as
# spreadsheets write it themselves, is #ERROR!, "Parsing error". A cell that holds the text 1E-8 is a number, with either letter. One
# would have guessed that a formula reads the numbers that a cell reads. All formulas with small or large numbers that come out
# of an Excel file fail so, one cell after the other that depends on them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts hyperformula@3.5.0
cat > look.js <<'JS'
import { HyperFormula } from "hyperformula";

const cells = ["=1e-8*2", "=1E-8*2", "=2*1.5E+3", "1E-8", "=A4*2"];
const sheet = HyperFormula.buildFromArray(cells.map((cell) => [cell]), { licenseKey: "gpl-v3" });
const values = cells.map((_, row) => sheet.getCellValue({ sheet: 0, row, col: 0 })).map((value) => value.value ?? value);
cells.forEach((cell, i) => console.log(cell.padEnd(10), values[i]));
if (values.join() !== "2e-8,#ERROR!,#ERROR!,1e-8,2e-8") process.exit(1);
JS
node look.js
