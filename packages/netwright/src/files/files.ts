// How text files are found: the `.net` file, those it uses, and its data. Handed in by the caller, so that
// the same code runs on a file system, in a browser and on the sources kept in a model file.

import type { FormatResult, Storage, TableSource } from "@netwright/data";
import type { Instance } from "@netwright/definitions";
import type { ReadingSettings } from "@netwright/lang";
import type { Outcome, RunBundle } from "@netwright/runtime";

export type ReadText =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly file: string; readonly reason: string };

export type ReadBytes =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly reason: string };

export type ReadTable =
  | { readonly ok: true; readonly file: string; readonly table: TableSource }
  | { readonly ok: false; readonly file: string; readonly reason: string };

/** What a file asks of the database at `path`, relative to the file `from`. */
export interface Query {
  readonly path: string;
  readonly from: string;
  /** Of the family `source`. */
  readonly query: Instance;
  readonly reading: ReadingSettings;
}

export type Queried =
  | { readonly ok: true; readonly file: string; readonly result: FormatResult }
  | { readonly ok: false; readonly file: string; readonly reason: string };

/** `file` names its folder in messages. */
export type ReadRunOf =
  | { readonly ok: true; readonly file: string; readonly run: Outcome<RunBundle> }
  | { readonly ok: false; readonly file: string; readonly reason: string };

/** Thrown by the parts of a table whose file fails, or is gone, while it is read: never by opening it. */
export class UnreadableTable extends Error {
  readonly reason: string;
  constructor(reason: string) {
    super(reason);
    this.name = "UnreadableTable";
    this.reason = reason;
  }
}

export interface Files {
  /** The text of `path`, relative to the file `from`; `file` names it in messages. */
  readonly read: (path: string, from: string) => ReadText;
  /** The same of a table, which may be packed, or in another encoding: its text or its bytes. */
  readonly table: (path: string, from: string) => ReadTable;
  /** The picture at `path`, relative to the file `from`, which a cell of that file names; absent where there are no folders. */
  readonly picture?: (path: string, from: string) => ReadBytes;
  /** What a database answers; absent where none can be asked. @throws NotYetLoaded before it was asked: see `whenLoaded` */
  readonly query?: (query: Query) => Queried;
  /** The run at `path`, relative to the file `from`; absent where there are no folders. */
  readonly run?: (path: string, from: string) => Promise<ReadRunOf>;
  /** Where of a table is put what is more than memory should hold; without one, all is in memory. */
  readonly storage?: Storage;
}

/** Texts that are already there, by path, or their bytes. */
export function memoryFiles(contents: ReadonlyMap<string, string | Uint8Array>): Files {
  const absent = (path: string) => ({ ok: false, file: path, reason: "it was not given" }) as const;
  return {
    read: (path) => {
      const found = contents.get(path);
      if (found === undefined) return absent(path);
      return { ok: true, file: path, text: typeof found === "string" ? found : decoder.decode(found) };
    },
    table: (path) => {
      const table = contents.get(path);
      return table === undefined ? absent(path) : { ok: true, file: path, table };
    },
  };
}

const decoder = new TextDecoder();
