// What a picture says of itself before it is decoded: how large it is, which a few bytes can say of any number of pixels, and
// which way up it was taken.

import { grouped } from "@netwright/definitions";
import { type ColourNotes, isRgb, noteColours } from "./jpeg-colours.ts";
import { type FileOfPicture, NAMES, type PictureProblem } from "./picture.ts";

export interface StatedPicture {
  readonly width: number;
  readonly height: number;
  /** The orientation of Exif, 1 to 8; 1 where nothing is said. */
  readonly orientation: number;
  /** Whether its pixels are colours, and not greys; of a palette nobody looks. */
  readonly hasColours: boolean;
  /** Whether a JPEG holds red, green and blue as they are, and not brightness and two differences to it, as nearly all do. */
  readonly isRgb: boolean;
}

/** Deflate makes of a byte at most so many. */
const MOST_OF_A_BYTE = 1032;
/** A block of 8 x 8 pixels takes a bit at least, in each of the two parts that every block has. */
const MOST_PIXELS_OF_A_BYTE = 512;
const SLACK = 4096;
/** Of larger ones the blocks of a JPEG, and the bytes of a PNG, would take a gigabyte; cameras make pictures of 24 million. */
const MOST_PIXELS = 2 ** 25;
/** Each goes through all pixels again, and takes a few bytes; encoders write ten or so. */
const MOST_SCANS = 100;

export function statedPicture(bytes: Uint8Array, kind: FileOfPicture): StatedPicture | PictureProblem {
  const stated = kind === "png" ? statedByPng(bytes) : statedByJpeg(bytes);
  if ("says" in stated) return stated;
  const { width, height, least } = stated;
  if (width === 0 || height === 0) return broken(kind, "states a picture without a pixel");
  const size = `states ${grouped(width)} x ${grouped(height)} pixels`;
  if (least > bytes.length + SLACK) return broken(kind, `${size}, more than it can hold`);
  return width * height > MOST_PIXELS ? broken(kind, `${size}, more than ${grouped(MOST_PIXELS)}`) : stated;
}

/** With the fewest bytes that hold so many pixels. */
type Stated = StatedPicture & { readonly least: number };

function statedByPng(bytes: Uint8Array): Stated | PictureProblem {
  const view = viewOf(bytes);
  if (bytes.length < 33 || view.getUint32(12) !== 0x49484452) return broken("png", "is cut short");
  const [width, height] = [view.getUint32(16), view.getUint32(20)];
  const channels = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }[view.getUint8(25)] ?? 1;
  const line = Math.ceil((width * channels * view.getUint8(24)) / 8) + 1;
  const hasColours = [2, 3, 6].includes(view.getUint8(25));
  return { width, height, orientation: 1, hasColours, isRgb: false, least: (line * height) / MOST_OF_A_BYTE };
}

function statedByJpeg(bytes: Uint8Array): Stated | PictureProblem {
  const view = viewOf(bytes);
  let orientation = 1;
  let stated: Stated | null = null;
  let scans = 0;
  const colours: ColourNotes = { isJfif: false, transform: null, names: [] };
  for (let at = 2; at + 9 < bytes.length; ) {
    if (view.getUint8(at) !== 0xff) return broken("jpeg", "is damaged");
    const marker = view.getUint8(at + 1);
    // Bytes that fill, and marks without a length.
    if (marker === 0xff || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += marker === 0xff ? 1 : 2;
      continue;
    }
    const length = view.getUint16(at + 2);
    if (marker === 0xe1) orientation = orientationIn(bytes.subarray(at + 4, at + 2 + length)) ?? orientation;
    noteColours(colours, marker, bytes.subarray(at + 4, at + 2 + length));
    if (isFrame(marker)) {
      if (stated !== null) return broken("jpeg", "has a second picture inside of the first");
      const [height, width, components] = [
        view.getUint16(at + 5),
        view.getUint16(at + 7),
        bytes[at + 9] ?? 0,
      ];
      if (components === 4) {
        const notes = ["Save it in RGB: four inks mean other colours on every press."];
        return { says: "is a JPEG file in the colours of print (CMYK)", notes };
      }
      if (components !== 1 && components !== 3)
        return broken("jpeg", `has ${components} colours, and not one or three`);
      const least = (width * height) / MOST_PIXELS_OF_A_BYTE;
      stated = { width, height, orientation, hasColours: components === 3, isRgb: false, least };
    }
    if (marker === 0xd9) break;
    at += 2 + length;
    if (marker !== 0xda) continue;
    if (++scans > MOST_SCANS) return broken("jpeg", `has more than ${MOST_SCANS} scans`);
    at = endOfScan(bytes, at);
  }
  return stated === null ? broken("jpeg", "is cut short") : { ...stated, orientation, isRgb: isRgb(colours) };
}

/** Where the next mark stands: in the data of a scan a byte of ones is followed by 0, or by the number of a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0x00 && !(next >= 0xd0 && next <= 0xd7)) return at;
  }
  return bytes.length;
}

/** The start of a frame, whatever its coding. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

const ORIENTATION = 0x0112;

/** Of a segment of Exif, which holds a file of TIFF; null where it says nothing. */
function orientationIn(segment: Uint8Array): number | null {
  const view = viewOf(segment);
  if (segment.length < 20 || view.getUint32(0) !== 0x45786966) return null;
  const tiff = 6;
  const little = view.getUint16(tiff) === 0x4949;
  const first = tiff + view.getUint32(tiff + 4, little);
  if (first + 2 > segment.length) return null;
  const count = view.getUint16(first, little);
  for (let i = 0; i < count; i++) {
    const entry = first + 2 + 12 * i;
    if (entry + 12 > segment.length) return null;
    if (view.getUint16(entry, little) !== ORIENTATION) continue;
    const value = view.getUint16(entry + 8, little);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

export function broken(kind: FileOfPicture, why: string): PictureProblem {
  return { says: `is ${NAMES[kind]} that ${why}`, notes: ["Save the picture again, or leave its row out."] };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
