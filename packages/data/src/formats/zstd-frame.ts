// What a frame of zstd says of itself before what is packed in it. Source: RFC 8878, section 3.1.1.

interface ZstdFrame {
  /** Bytes that are made of it; null where it does not say. */
  readonly size: number | null;
  /** Bytes that whoever unpacks it keeps in memory. */
  readonly window: number;
}

/** Null of what is none, and of a header that is cut short. */
export function zstdFrame(bytes: Uint8Array): ZstdFrame | null {
  if (bytes.length < 6) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) return null;
  const flags = view.getUint8(4);
  const isSingle = (flags & 0x20) !== 0;
  const sizeFlag = flags >> 6;
  const dictionaryBytes = (flags & 3) === 3 ? 4 : flags & 3;
  const at = (isSingle ? 5 : 6) + dictionaryBytes;
  const sizeBytes = sizeFlag === 0 ? (isSingle ? 1 : 0) : 1 << sizeFlag;
  if (bytes.length < at + sizeBytes) return null;
  const size = sizeBytes === 0 ? null : sizeAt(view, at, sizeBytes);
  if (isSingle && size !== null) return { size, window: size };
  const window = view.getUint8(5);
  const base = 2 ** (10 + (window >> 3));
  return { size, window: base + (base / 8) * (window & 7) };
}

/** Whether it takes more memory to unpack than zstd's own program takes without being told to: a few damaged bytes say gigabytes. */
export function isBeyondWindow(bytes: Uint8Array): boolean {
  return (zstdFrame(bytes)?.window ?? 0) > MOST_WINDOW;
}

const MAGIC = 0xfd2fb528;
const MOST_WINDOW = 2 ** 27;

function sizeAt(view: DataView, at: number, bytes: number): number {
  if (bytes === 1) return view.getUint8(at);
  if (bytes === 2) return view.getUint16(at, true) + 256;
  return bytes === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}
