// A module that was written just now, loaded without a file.

import type { FormatFile } from "../format.ts";

/** The first file with that ending. @throws as `import` does */
export function importText(files: readonly FormatFile[], ending: string): Promise<unknown> {
  const file = files.find(({ name }) => name.endsWith(ending));
  if (file === undefined) throw new Error(`no file ends in ${ending}`);
  const text = Buffer.from(file.content).toString("base64");
  return import(/* @vite-ignore */ /* webpackIgnore: true */ `data:text/javascript;base64,${text}`);
}
