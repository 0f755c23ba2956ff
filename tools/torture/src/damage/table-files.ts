// Tables in the formats of other programs, damaged as bytes, and inside of what they pack: in a part of an archive, in the
// header of an array, in a stream that is packed again.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync, gzipSync } from "node:zlib";
import { strFromU8, strToU8, unzipSync, type Zippable, zipSync } from "fflate";
import type { Random } from "../random.ts";
import { damageNames, damages } from "../support/damage.ts";

export interface TableBytes {
  /** That of the file, by which it is opened too. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const FILES = fileURLToPath(new URL("../../../../packages/data/test/formats/files", import.meta.url));
const KINDS = /\.(?:xlsx|npy|npz|parquet|arrow|arrows|feather|json|jsonl|gz|zst)$/;

/** Those that the tests of the formats read, which other programs wrote; and one of a kind that no such program is at hand for. */
export function tableFiles(): [TableBytes, ...TableBytes[]] {
  const names = readdirSync(FILES).filter((name) => KINDS.test(name));
  const found = names
    .sort()
    .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(FILES, name))) }));
  return [{ name: "sheet.ods", bytes: zipSync(ODS) }, ...found];
}

const ODS: Zippable = {
  mimetype: [strToU8("application/vnd.oasis.opendocument.spreadsheet"), { level: 0 }],
  "content.xml": strToU8(
    `<?xml version="1.0"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="s">${[
      "a,b,y",
      "1,x,3",
      "2,y,4",
      "3,x,5",
    ]
      .map(
        (line) =>
          `<table:table-row table:number-rows-repeated="1">${line
            .split(",")
            .map(
              (cell) =>
                `<table:table-cell table:number-columns-repeated="1" office:value-type="string"><text:p>${cell}</text:p></table:table-cell>`,
            )
            .join("")}</table:table-row>`,
      )
      .join("")}</table:table></office:spreadsheet></office:body></office:document-content>`,
  ),
};

/** Damaged in one way that fits its kind; what is done is named for the counts. */
export function damagedFile(
  { name, bytes }: TableBytes,
  random: Random,
): TableBytes & { readonly how: string } {
  if (random.chance(0.5)) {
    const inside = damagedInside(name, bytes, random);
    if (inside !== null) return { name, bytes: inside, how: "inside" };
  }
  if (random.chance(0.5)) return { name, bytes: atAnEnd(bytes, random), how: "at an end" };
  return { name, bytes: damages[random.pick(damageNames)](bytes, random), how: "anywhere" };
}

/** What these formats say of themselves stands at their ends. */
function atAnEnd(bytes: Uint8Array, random: Random): Uint8Array {
  const damaged = Uint8Array.from(bytes);
  const reach = Math.min(bytes.length, random.pick([24, 200, 1500]));
  for (let left = 1 + random.below(3); left > 0; left--) {
    const place = random.below(reach);
    damaged[random.chance(0.3) ? place : bytes.length - 1 - place] = random.pick([
      0, 1, 2, 127, 128, 254, 255,
    ]);
  }
  return damaged;
}

/** `null` for a kind that has nothing inside. */
function damagedInside(name: string, bytes: Uint8Array, random: Random): Uint8Array | null {
  if (/\.(?:xlsx|ods|npz)$/.test(name)) return inArchive(bytes, random);
  if (name.endsWith(".npy")) return inHeader(bytes, random);
  if (name.endsWith(".gz"))
    return new Uint8Array(gzipSync(damages[random.pick(damageNames)](gunzipSync(bytes), random)));
  if (name.endsWith(".zst")) return zstd(strToU8("a,b,y\n1,2,3\n4,5,6\n"), random);
  return name.endsWith(".json") || name.endsWith(".jsonl")
    ? strToU8(otherNumbers(strFromU8(bytes), random))
    : null;
}

function inArchive(bytes: Uint8Array, random: Random): Uint8Array {
  const parts = unzipSync(bytes);
  const names = Object.keys(parts);
  const chosen = names[random.below(names.length)] ?? "";
  const part = parts[chosen] ?? new Uint8Array();
  const isArray = chosen.endsWith(".npy");
  const other = isArray
    ? inHeader(part, random)
    : random.chance(0.6)
      ? strToU8(otherNumbers(strFromU8(part), random))
      : part.length === 0
        ? part
        : damages[random.pick(damageNames)](part, random);
  return zipSync({ ...parts, [chosen]: other });
}

/** Its text says other numbers, and how long it is then: for all versions that keep that in two bytes. */
function inHeader(bytes: Uint8Array, random: Random): Uint8Array {
  const length = (bytes[8] ?? 0) + 256 * (bytes[9] ?? 0);
  const text = otherNumbers(strFromU8(bytes.subarray(10, 10 + length), true), random);
  const size = Uint8Array.of(text.length & 255, text.length >> 8);
  return Uint8Array.of(
    ...bytes.subarray(0, 8),
    ...size,
    ...strToU8(text, true),
    ...bytes.subarray(10 + length),
  );
}

const ODD_NUMBERS = [
  "0",
  "-1",
  "1",
  "2",
  "7",
  "255",
  "65536",
  "1048577",
  "2147483648",
  "9999999999",
  "1e9",
  "0.5",
  "",
  "x",
] as const;

function otherNumbers(text: string, random: Random): string {
  const count = text.match(/\d+/g)?.length ?? 0;
  const chosen = new Set(Array.from({ length: 1 + random.below(3) }, () => random.below(count)));
  let place = 0;
  return text.replace(/\d+/g, (number) => (chosen.has(place++) ? random.pick(ODD_NUMBERS) : number));
}

/** A frame of blocks that are not packed, or of one byte again and again, which says of its size what it likes. */
function zstd(content: Uint8Array, random: Random): Uint8Array {
  const said = random.pick([content.length, 0, 2 ** 31, 2 ** 40, 2 ** 53]);
  const size = new Uint8Array(8);
  new DataView(size.buffer).setBigUint64(0, BigInt(said), true);
  const blockOf = (kind: number, length: number, isLast: boolean, bytes: Uint8Array) => {
    const head = (isLast ? 1 : 0) | (kind << 1) | (length << 3);
    return Uint8Array.of(head & 255, (head >> 8) & 255, (head >> 16) & 255, ...bytes);
  };
  const repeated = blockOf(
    1,
    random.pick([1, 1000, 2 ** 17]),
    false,
    Uint8Array.of(random.pick([10, 44, 49])),
  );
  const blocks = Array.from({ length: random.below(30) }, () => [...repeated]).flat();
  const magic = [0x28, 0xb5, 0x2f, 0xfd, 0xe0];
  return Uint8Array.of(...magic, ...size, ...blocks, ...blockOf(0, content.length, true, content));
}
