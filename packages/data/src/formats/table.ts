// All formats. A new one: its file, a row here, its sign in `sniff-kind.ts`.

import type { FormatName, FormatReader } from "./format.ts";
import { loadedOnUse } from "./load-on-use.ts";

/** Each gives its reader. @throws NotYetLoaded where it has not been used before */
export const formats: { readonly [N in FormatName]: () => FormatReader } = {
  json: loadedOnUse(async () => (await import("./json/json-format.ts")).jsonFormat),
  npy: loadedOnUse(async () => (await import("./npy/npy-format.ts")).npyFormat),
  npz: loadedOnUse(async () => (await import("./npy/npz-format.ts")).npzFormat),
  parquet: loadedOnUse(async () => (await import("./parquet/parquet-format.ts")).parquetFormat),
  arrow: loadedOnUse(async () => (await import("./arrow/arrow-format.ts")).arrowFormat),
  picture: loadedOnUse(async () => (await import("./picture/picture-format.ts")).pictureFormat),
  workbook: loadedOnUse(async () => (await import("./workbook/workbook-format.ts")).workbookFormat),
};
