// The parts of a PNG file that make its pixels; all others, of which some are packed again, are left as they are.

export interface PngParts {
  readonly width: number;
  readonly height: number;
  /** Bits of a number. */
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** Numbers of a pixel. */
  readonly channels: number;
  readonly isWoven: boolean;
  /** Red, green and blue of each colour; null where pixels are no indices. */
  readonly palette: Uint8Array | null;
  /** How opaque each colour of the palette is, or of which grey or colour pixels are clear, two bytes a number; null of none. */
  readonly clear: Uint8Array | null;
  /** Packed, in as many pieces as the file has. */
  readonly data: readonly Uint8Array[];
}

const DEPTHS = [1, 2, 4, 8, 16] as const;

/** By the number of the kind: numbers of a pixel, and the bits that each may have. */
const KINDS: {
  readonly [kind: number]: { readonly channels: number; readonly least: number; readonly most: number };
} = {
  0: { channels: 1, least: 1, most: 16 },
  2: { channels: 3, least: 8, most: 16 },
  3: { channels: 1, least: 1, most: 8 },
  4: { channels: 2, least: 8, most: 16 },
  6: { channels: 4, least: 8, most: 16 },
};
const INDEXED = 3;

/** @throws Error for a file that is damaged */
export function partsOfPng(bytes: Uint8Array): PngParts {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let [palette, clear]: [Uint8Array | null, Uint8Array | null] = [null, null];
  const data: Uint8Array[] = [];
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new Error("it is cut short");
    const length = view.getUint32(at);
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const end = at + 8 + length;
    if (end + 4 > bytes.length) throw new Error("it is cut short");
    if (isPart(type)) {
      if (view.getUint32(end) !== sumOf(bytes.subarray(at + 4, end)))
        throw new Error(`the sum of its part ${type} is another`);
      const part = bytes.subarray(at + 8, end);
      if (type === "PLTE") palette = part;
      if (type === "tRNS") clear = part;
      if (type === "IDAT") data.push(part);
      if (type === "IEND") return { ...headerOf(view), ...coloursOf(view, palette, clear), data };
    }
    at = end + 4;
  }
}

function isPart(type: string): boolean {
  return ["IHDR", "PLTE", "tRNS", "IDAT", "IEND"].includes(type);
}

/** The first part stands where every file has it: that has been looked at. */
function headerOf(view: DataView): Omit<PngParts, "palette" | "clear" | "data"> {
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const [bits, number, packing, filters, weave] = [24, 25, 26, 27, 28].map((at) => view.getUint8(at));
  const depth = DEPTHS.find((one) => one === bits);
  const kind = KINDS[number ?? -1];
  if (depth === undefined || kind === undefined || depth < kind.least || depth > kind.most)
    throw new Error(`it states ${bits} bits of kind ${number}`);
  if (packing !== 0 || filters !== 0 || weave === undefined || weave > 1)
    throw new Error("it is packed in a way that there is not");
  return { width, height, depth, channels: kind.channels, isWoven: weave === 1 };
}

function coloursOf(
  view: DataView,
  palette: Uint8Array | null,
  clear: Uint8Array | null,
): Pick<PngParts, "palette" | "clear"> {
  // Of other kinds it is a proposal for screens of few colours.
  if (view.getUint8(25) !== INDEXED) return { palette: null, clear };
  if (palette === null) throw new Error("it has no palette");
  return { palette, clear };
}

const SUMS = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
  return sum;
});

/** CRC-32, ISO 3309. */
function sumOf(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (SUMS[(sum ^ byte) & 0xff] ?? 0) ^ (sum >>> 8);
  return (sum ^ 0xffffffff) >>> 0;
}
