// How text files are found: the `.net` file, those it uses, and its data. Handed in by the caller, so that
// the same code runs on a file system, in a browser and on the sources kept in a model file.

export type ReadText =
  | { readonly ok: true; readonly file: string; readonly text: string }
  | { readonly ok: false; readonly file: string; readonly reason: string };

export interface Files {
  /** The text of `path`, relative to the file `from`; `file` names it in messages. */
  readonly read: (path: string, from: string) => ReadText;
  /** The same of a table, which may be packed, or in another encoding. */
  readonly table: (path: string, from: string) => ReadText;
}

/** Texts that are already there, by path. */
export function memoryFiles(texts: ReadonlyMap<string, string>): Files {
  const read = (path: string): ReadText => {
    const text = texts.get(path);
    return text === undefined
      ? { ok: false, file: path, reason: "it was not given" }
      : { ok: true, file: path, text };
  };
  return { read, table: read };
}
