// Edits carried out on the texts of files: nothing is written here.

import type { Edit } from "./edit.ts";

export type Applied =
  | { readonly ok: true; readonly files: ReadonlyMap<string, string> }
  | { readonly ok: false; readonly problem: string };

/** `read` gives the text of a file of the repository, or undefined. Every edit is carried out, or none. */
export function apply(edits: readonly Edit[], read: (path: string) => string | undefined): Applied {
  const files = new Map<string, string>();
  for (const edit of edits) {
    const text = files.get(edit.path) ?? read(edit.path);
    if (edit.kind === "create") {
      if (text !== undefined) return { ok: false, problem: `${edit.path} exists already` };
      files.set(edit.path, edit.text);
      continue;
    }
    const changed = text === undefined ? undefined : inserted(text, edit);
    if (changed === undefined)
      return { ok: false, problem: `${edit.path} is not as it was: add the line by hand` };
    files.set(edit.path, changed);
  }
  return { ok: true, files };
}

function inserted(text: string, edit: Exclude<Edit, { kind: "create" }>): string | undefined {
  if (edit.kind === "list") {
    const start = text.indexOf(edit.list);
    const end = start < 0 ? -1 : text.indexOf("]", start);
    if (end < 0) return undefined;
    const before = text.slice(0, end).replace(/,?\s*$/, "");
    return withImport(
      `${before}, ${edit.item}${text.slice(end)}`,
      `import { ${edit.item} } from "${edit.from}";`,
    );
  }
  const start = text.indexOf(edit.object);
  const end = start < 0 ? -1 : text.indexOf("\n}", start);
  if (end < 0) return undefined;
  const row = `${text.slice(0, end)}\n  ${edit.row}${text.slice(end)}`;
  return edit.imports === undefined ? row : withImport(row, edit.imports);
}

/** Behind the last import, where it is not there already; the formatter puts them in order. */
function withImport(text: string, line: string): string {
  if (text.split("\n").includes(line)) return text;
  const last = [...text.matchAll(/^import [\s\S]*?;$/gm)].at(-1);
  const end = last === undefined ? 0 : (last.index ?? 0) + last[0].length;
  return `${text.slice(0, end)}\n${line}${text.slice(end)}`;
}
