// An image that a foreign model takes, as columns of pixels or files of pictures.

import type { Scaling } from "@netwright/formats";
import { spellColumn } from "@netwright/lang";
import type { Features } from "./features-text.ts";
import type { NamingOptions } from "./naming.ts";
import { digits } from "./scale-text.ts";

/** Pictures of that many numbers are columns of pixels, larger ones files. */
const MOST_PIXELS = 4096;

/** Null for one that is neither, and for numbers that are no pixels. `files` is what the column of files is called where there has to be one. */
export function imageText(
  shape: readonly number[],
  scaled: Scaling | null,
  pixels: NamingOptions["pixels"],
  files: string | null,
): Features | null {
  const [height = 1, width = 1, channels = 1] = shape;
  const count = height * width * channels;
  const isFiles = files !== null || count > MOST_PIXELS;
  if (isFiles && channels !== 1 && channels !== 3) return null;
  const scale = pixelScale(scaled, pixels);
  if (scale === null) return null;
  const { text, keeps } = scale;
  const name = files ?? "image";
  const parts = [
    `${height}`,
    `${width}`,
    ...(isFiles ? [] : ['columns: "p*"']),
    ...(channels === 1 ? [] : [`channels: ${channels}`]),
    ...text,
  ];
  return {
    names: [name],
    columns: [`${spellColumn(name)}: image(${parts.join(", ")})`],
    isAll: !isFiles,
    input: null,
    keepsScaling: keeps,
    row: (i) =>
      isFiles
        ? { [name]: Array.from({ length: count }, (_, j) => (i + (j % 7)) / 64) }
        : Object.fromEntries(Array.from({ length: count }, (_, j) => [`p${j}`, (i + (j % 7)) / 64])),
  };
}

/**
 * Pixels are divided by 255 where nothing else is said. Null for a scaling of numbers that pixels are not: those are never negative, so
 * their maximum is a whole number, or what lies in their middle is far above zero.
 */
function pixelScale(
  scaled: Scaling | null,
  pixels: NamingOptions["pixels"] = "none",
): { readonly text: readonly string[]; readonly keeps: boolean } | null {
  if (scaled === null) return { text: pixels === "unit" ? [] : [`scale: ${pixels}`], keeps: false };
  const [by, centre] = [digits(scaled.by[0] ?? 1), digits(scaled.centre[0] ?? 0)];
  if (scaled.by.length === 1 && by > 1 && centre === 0 && Number.isInteger(by))
    return { text: by === 255 ? [] : [`max: ${by}`], keeps: false };
  if (scaled.by.length === 1 && by > 0.5 && centre === by && Number.isInteger(2 * by))
    return { text: [...(by === 127.5 ? [] : [`max: ${2 * by}`]), "scale: centred"], keeps: false };
  const isOfPixels = scaled.by.every((one, i) => (scaled.centre[i] ?? scaled.centre[0] ?? 0) >= one / 4);
  return isOfPixels ? { text: ["scale: none"], keeps: true } : null;
}
