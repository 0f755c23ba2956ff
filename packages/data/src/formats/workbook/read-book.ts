// A workbook from its bytes: `.xlsx` and its kin, and `.ods`.

import type { Sheet } from "hucre";
import { readOds } from "hucre/ods";
import { readXlsx } from "hucre/xlsx";

export type ReadBook =
  | { readonly sheets: readonly Sheet[] }
  | { readonly reason: string; readonly notes: readonly string[] };

export async function readBook(bytes: Uint8Array): Promise<ReadBook> {
  // The name of the first file of an archive, and what is in it, stand at its start.
  const isOds = new TextDecoder("latin1")
    .decode(bytes.subarray(30, 80))
    .startsWith("mimetypeapplication/vnd.oasis");
  try {
    const { sheets } = isOds ? await readOds(bytes) : await readXlsx(bytes);
    return { sheets };
  } catch (thrown) {
    const message =
      typeof thrown === "object" && thrown !== null && "message" in thrown ? `: ${thrown.message}` : "";
    return {
      reason: `is damaged, or no workbook that can be read${message}`,
      notes: ['Save a copy of the sheet as "CSV UTF-8".'],
    };
  }
}
