// How the cells of our workbooks look.

import type { Style } from "./styles.ts";

export const LOOKS = {
  title: { bold: true, size: 16, colour: "1F3864" },
  about: { colour: "44546A" },
  good: { bold: true, colour: "1E7B34" },
  group: { bold: true, size: 11, colour: "1F3864" },
  hint: { italic: true, size: 9, colour: "44546A", wrap: true },
  heading: { bold: true, colour: "FFFFFF", fill: "1F3864", border: true, wrap: true, align: "center" },
  given: { bold: true, colour: "FFFFFF", fill: "2E75B6", border: true, wrap: true, align: "center" },
  label: { size: 9, colour: "44546A", fill: "E9EDF4", align: "center" },
  number: { fill: "FFF8DC", border: true, unlocked: true },
  word: { fill: "FFF8DC", border: true, format: "@", unlocked: true },
  told: { border: true },
  plain: {},
  problem: { colour: "C00000", border: true },
} as const satisfies Readonly<Record<string, Style>>;

/** Four digits behind the point, which are all that is shown of a number within the network. */
export const WITHIN: Style = { format: "0.0000" };

export const SHARE: Style = { format: "0.00%", border: true };

/** As many digits as tell a thousandth part of `scale`. */
export function numberLook(scale: number): Style {
  const digits = Math.min(Math.max(3 - Math.floor(Math.log10(scale)), 0), 12);
  return { format: digits === 0 ? "0" : `0.${"0".repeat(digits)}`, border: true };
}
