// A sheet of a workbook from its bytes: `.xlsx` and its kin, and `.ods`. The one that is asked for alone, as each may state as
// many cells as a program has memory for.

import type { ReadOptions, Sheet, SheetFilterInfo, Workbook } from "hucre";
import { readOds } from "hucre/ods";
import { readXlsx } from "hucre/xlsx";
import { CannotRead } from "../cannot-read.ts";
import type { FormatOptions } from "../format.ts";
import { checkParts } from "./check-parts.ts";

export type ReadBook =
  /** `names` are those of all sheets; `sheet` is undefined where none of them is the one. */
  | { readonly sheet: Sheet | undefined; readonly names: readonly string[] }
  | { readonly reason: string; readonly notes: readonly string[] };

export async function readBook(
  bytes: Uint8Array,
  { sheet, anySheet = false }: Pick<FormatOptions, "sheet" | "anySheet">,
): Promise<ReadBook> {
  // The name of the first file of an archive, and what is in it, stand at its start.
  const isOds = new TextDecoder("latin1")
    .decode(bytes.subarray(30, 80))
    .startsWith("mimetypeapplication/vnd.oasis");
  const read = (options: ReadOptions): Promise<Workbook> =>
    isOds ? readOds(bytes, options) : readXlsx(bytes, options);
  try {
    checkParts(bytes, isOds);
  } catch (thrown) {
    if (!(thrown instanceof CannotRead)) throw thrown;
    return { reason: thrown.message, notes: [...thrown.notes, ...AS_CSV] };
  }
  const infos: SheetFilterInfo[] = [];
  let chosen: number | null = null;
  const isWanted = ({ name, hidden }: SheetFilterInfo): boolean =>
    sheet === undefined ? hidden !== true : name === sheet;
  try {
    // It is asked about each in order, and for `.ods` about some again.
    const { sheets } = await read({
      sheets: (info) => {
        infos[info.index] = info;
        if (chosen === null && isWanted(info)) chosen = info.index;
        return info.index === chosen;
      },
    });
    const names = infos.map(({ name }) => name);
    if (chosen !== null) return { sheet: sheets[0], names };
    if (infos.length === 0 || (sheet !== undefined && !anySheet)) return { sheet: undefined, names };
    const usual = Math.max(
      0,
      infos.findIndex(({ hidden }) => hidden !== true),
    );
    const again = await read({ sheets: ({ index }) => index === usual });
    return { sheet: again.sheets[0], names };
  } catch (thrown) {
    const message =
      typeof thrown === "object" && thrown !== null && "message" in thrown ? `: ${thrown.message}` : "";
    return {
      reason: `is damaged, or no workbook that can be read${message}`,
      notes: AS_CSV,
    };
  }
}

const AS_CSV = ['Save a copy of the sheet as "CSV UTF-8".'];
