// Files of pictures to pixels, by decoders that are loaded when the first picture is met.

import { loadedOnUse } from "../formats/load-on-use.ts";
import type { FileOfPicture, Picture, PictureProblem } from "./picture.ts";
import { broken, type StatedPicture } from "./stated-picture.ts";

type Decode = (bytes: Uint8Array, stated: Omit<StatedPicture, "hasColours">) => Picture;

const decoders: { readonly [K in FileOfPicture]: () => Decode } = {
  png: loadedOnUse(async () => (await import("./decode-png.ts")).decodePng),
  jpeg: loadedOnUse(async () => (await import("./decode-jpeg.ts")).decodeJpeg),
};

/** @throws NotYetLoaded where no such picture has been decoded before: see `whenLoaded` */
export function decodePicture(
  bytes: Uint8Array,
  kind: FileOfPicture,
  stated: StatedPicture,
): Picture | PictureProblem {
  const decode = decoders[kind]();
  try {
    return decode(bytes, stated);
  } catch (error) {
    // What a decoder says of a file that others have written.
    const why = error instanceof Error ? withoutEnd(error.message) : "";
    return broken(kind, `is damaged${why === "" ? "" : `: ${why}`}`);
  }
}

/** Without the full stop or colon that it ends with. */
function withoutEnd(message: string): string {
  let end = message.length;
  while (end > 0 && " .:\n".includes(message.charAt(end - 1))) end--;
  return message.slice(0, end);
}
