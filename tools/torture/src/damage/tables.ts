// Tables as programs and people write them, and what becomes of their bytes.

import { gzipSync } from "node:zlib";
import type { Random } from "../random.ts";
import { damaged } from "./pieces.ts";

const SEPARATORS = [",", ";", "\t", "|", " "] as const;
const ENDS = ["\n", "\r\n", "\r"] as const;
const ODD_CELLS = [
  "",
  " ",
  "NA",
  "n/a",
  "?",
  "-",
  "inf",
  "-1e999",
  "1e-400",
  "1,234.5",
  "1.234,5",
  "12 kg",
  "2024-05-31",
  "31.12.24",
  "0x1F",
  "TRUE",
  "=1+1",
  '"',
  '"a,b"',
  '"a\nb"',
  "'",
  "#",
  "%",
  "//",
  "\u0000",
  "\ufeff",
  "\ufffd",
  "\u2028",
  "\u001b[31m",
  "𝟙",
  "１２",
  "−5",
  "9".repeat(400),
  `${"9".repeat(3000)}x`,
  "(".repeat(500),
] as const;
const NAMES = [
  "id",
  "y",
  "target",
  "Größe",
  "a b",
  "",
  "1",
  "all",
  "constructor",
  "__proto__",
  "x",
  "date",
  "=f",
] as const;

/** A table of a random form, damaged or not, as the bytes of a file. */
export function someTable(random: Random): Uint8Array {
  const separator = random.chance(0.6) ? "," : random.pick(SEPARATORS);
  const end = random.pick(ENDS);
  const width = 1 + random.below(random.chance(0.05) ? 60 : 7);
  const rows = random.below(random.chance(0.1) ? 300 : 60);
  const oddness = random.pick([0, 0, 0.002, 0.02]);
  const spareEnds = random.pick([0, 0, 0, 0.02]);
  const kinds = Array.from({ length: width }, () => random.below(7));
  const cell = (row: number, column: number): string => {
    if (random.chance(oddness)) return random.pick(ODD_CELLS);
    return cellOf(kinds[column] ?? 0, row, random);
  };
  const header = Array.from({ length: width }, (_, i) =>
    random.chance(0.08) ? random.pick(NAMES) : `c${i}`,
  );
  const lines = Array.from({ length: rows }, (_, row) =>
    Array.from({ length: width }, (_, column) => cell(row, column)),
  );
  const table = random.chance(0.9) ? [header, ...lines] : lines;
  const text = [
    ...(random.chance(0.08) ? ["A title", ""] : []),
    ...table.map((cells) => cells.join(separator) + (random.chance(spareEnds) ? separator : "")),
  ].join(end);
  return encoded(random.chance(0.5) ? changed(text, random) : text + end, random);
}

function cellOf(kind: number, row: number, random: Random): string {
  switch (kind) {
    case 0:
      return String(random.below(1000) / 10);
    case 1:
      return String(row);
    case 2:
      return random.pick(["red", "green", "blue"]);
    case 3:
      return `word ${random.below(1000)}`;
    case 4:
      return random.chance(0.2) ? random.pick(["", "NA", "-999"]) : String(random.below(50));
    case 5:
      return `${1 + random.below(28)}.${1 + random.below(12)}.2024`;
    default:
      return `${random.below(1000)},${random.below(10)}`;
  }
}

function changed(text: string, random: Random): string {
  const put = () => random.pick(ODD_CELLS);
  switch (random.below(3)) {
    case 0:
      return damaged(text.split(/(?<=[\n\r])/), random, { most: 4, longest: 3, put }).join("");
    case 1:
      return damaged(text.split(/(?<=[,;\t|\n])/), random, { most: 6, longest: 4, put }).join("");
    default:
      return damaged([...text], random, { most: 6, longest: 10, put }).join("");
  }
}

function encoded(text: string, random: Random): Uint8Array {
  const bytes =
    random.below(20) === 0
      ? new Uint8Array(Buffer.from(`\ufeff${text}`, "utf16le"))
      : random.below(20) === 0
        ? new Uint8Array(Buffer.from(text, "latin1"))
        : new TextEncoder().encode(random.below(20) === 0 ? `\ufeff${text}` : text);
  if (random.chance(0.05)) return new Uint8Array(gzipSync(bytes));
  if (!random.chance(0.1) || bytes.length === 0) return bytes;
  const flipped = bytes.slice();
  for (let left = 1 + random.below(4); left > 0; left--) {
    const at = random.below(flipped.length);
    flipped[at] = random.below(256);
  }
  return flipped;
}
