// The file that a cell names, opened: its bytes, or why it is no picture.

import { sniffKind } from "../table/sniff-kind.ts";
import { pictureKind } from "./picture.ts";

export type ReadPictureFile = (
  path: string,
) => { readonly ok: true; readonly bytes: Uint8Array } | { readonly ok: false; readonly reason: string };

export function openPicture(path: string, read: ReadPictureFile): ReturnType<ReadPictureFile> {
  const found = read(path);
  if (!found.ok || pictureKind(found.bytes) !== null) return found;
  return { ok: false, reason: `it is no file of PNG or JPEG${otherThanThat(found.bytes)}` };
}

function otherThanThat(bytes: Uint8Array): string {
  if (bytes.length === 0) return ", it is empty";
  const what = sniffKind(new TextDecoder().decode(bytes.subarray(0, START)))?.what;
  return what?.startsWith("a picture") ? `, it is ${what}` : "";
}

/** Enough to tell formats by. */
const START = 64;
