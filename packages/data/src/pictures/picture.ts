// A picture as it comes out of a file: whole numbers, a few for each pixel.

/** Of the code NW0642: goes on after the place, "is a PNG file that is cut short". */
export interface PictureProblem {
  readonly says: string;
  readonly notes: readonly string[];
}

/** Row after row; of each pixel red, green and blue, or one grey, and behind them how opaque it is. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** 1 of grey, 2 with opacity, 3 of colours, 4 with opacity. */
  readonly channels: number;
  /** As the file has them: a byte or two each, as a picture may have many. */
  readonly values: Uint8Array | Uint16Array;
  /** What is white, or opaque: 255, but of a PNG of other than 8 bits. */
  readonly most: number;
}

export type FileOfPicture = "png" | "jpeg";

/** What the first bytes say; null for a file that is no such picture. */
export function pictureKind(bytes: Uint8Array): FileOfPicture | null {
  if (begins(bytes, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return "png";
  return begins(bytes, [0xff, 0xd8, 0xff]) ? "jpeg" : null;
}

function begins(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, i) => bytes[i] === byte);
}

export const NAMES: { readonly [K in FileOfPicture]: string } = { png: "a PNG file", jpeg: "a JPEG file" };

export function isProblem<T extends object>(value: T | PictureProblem): value is PictureProblem {
  return "says" in value;
}
