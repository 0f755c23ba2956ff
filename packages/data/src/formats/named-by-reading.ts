// A reader of a format that tells the names of its columns only when it is read: what was read for them is not read again.

import type { TableInput } from "../scan/byte-source.ts";
import type { FormatReader, FormatResult } from "./format.ts";

export function namedByReading(read: FormatReader["read"]): FormatReader {
  /** By what it was read from, until the table is asked for. */
  const results = new WeakMap<object, { readonly said: string; readonly result: FormatResult }>();
  const known = new WeakMap<object, { readonly said: string; readonly names: readonly string[] }>();
  const keyOf = (input: TableInput): object => (typeof input === "string" ? {} : input);
  return {
    names: (input, options) => {
      const key = keyOf(input);
      const { name: _, ...meant } = options;
      const said = JSON.stringify(meant);
      const before = known.get(key);
      if (before?.said === said) return before.names;
      const result = read(input, options);
      const names = "table" in result ? result.table.columns.map(({ name }) => name) : [];
      known.set(key, { said, names });
      results.set(key, { said, result });
      return names;
    },
    read: (input, options) => {
      const key = keyOf(input);
      const { name, ...meant } = options;
      const kept = results.get(key);
      results.delete(key);
      if (kept?.said !== JSON.stringify(meant)) return read(input, options);
      const { result } = kept;
      // What was said of it names it as whoever asked for the columns does.
      if ("problems" in result || result.warnings.length > 0) return read(input, options);
      return { ...result, table: { ...result.table, name } };
    },
  };
}
