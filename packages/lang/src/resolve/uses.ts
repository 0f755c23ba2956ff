// `use "other.net"`: reads and parses the files that a file uses, each once, and reports missing files and
// circles. A used file lends its blocks and params; its sections stay its own.

import {
  closest,
  count,
  type Instance,
  listChain,
  listNames,
  quote,
  type TargetKind,
} from "@netwright/definitions";
import { isLibraryName, libraries } from "../libraries/libraries.ts";
import type { DataSettings, ReadingSettings } from "../model/model.ts";
import { type Report, replaceBy } from "../report.ts";
import { type SourceText, sourceText } from "../source/source-text.ts";
import { parse } from "../syntax/parse.ts";
import type { File, UseItem } from "../syntax/tree.ts";
import type { DataSchema } from "./data-schema.ts";

export interface UsedText {
  readonly file: string;
  readonly text: string;
}

/** How the language gets at other files; the caller decides what that means. */
export interface Host {
  /**
   * A used file by its path relative to the file `from`; `file` identifies it. Undefined, or why, when it cannot be read
   * or may not be.
   */
  readFile(path: string, from: string): UsedText | { readonly reason: string } | undefined;
  /**
   * Names of the columns of a data file, relative to `from`, which is written as `reading` says, where it says it;
   * undefined when the file cannot be read. Of a database, those of what `query` asks of it; undefined where it is not asked.
   */
  columns(
    source: string,
    from: string,
    reading?: ReadingSettings,
    query?: Instance,
  ): readonly string[] | undefined;
  /**
   * What its table gives a network, where the file alone does not say it; undefined where that cannot be known, or not
   * soon enough. `predicts` is what the loss is for.
   */
  schema?(data: DataSettings, from: string, predicts: TargetKind): DataSchema | undefined;
}

const MOST_FILES = 256;

/**
 * The files that `main` uses, directly or through others, in the order they are first named. `reading` takes
 * what is wrong in a used file, `report` what is wrong with using it.
 */
export function readUses(
  main: File,
  sources: Map<string, SourceText>,
  host: Host,
  reading: Report,
  report: Report,
): File[] {
  const files: File[] = [];
  const known = new Set([main.span.file]);
  const waiting: { readonly file: File; readonly chain: readonly string[] }[] = [
    { file: main, chain: [main.span.file] },
  ];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    const { file, chain } = next;
    const here = new Set<string>();
    for (const item of file.items) {
      if (item.kind !== "use") continue;
      const read = readUsed(item, file.span.file, host);
      if ((read === undefined || "reason" in read) && isLibraryName(item.path.value)) {
        reportUnknown(item, report);
        continue;
      }
      if (read === undefined || "reason" in read) {
        const why = read === undefined ? "" : `: ${read.reason}`;
        report.error("NW0213", item.path.span, `the file ${quote(item.path.value)} cannot be read${why}`, {
          notes: [`The path is relative to ${file.span.file}.`],
        });
        continue;
      }
      if (here.has(read.file)) {
        report.warning("NW0215", item.span, `${quote(read.file)} is used twice`, {
          notes: ["Remove one of them."],
        });
      } else if (chain.includes(read.file)) reportCircle(item, [...chain, read.file], report);
      else if (!known.has(read.file) && files.length < MOST_FILES) {
        const source = sourceText(read.file, read.text);
        sources.set(read.file, source);
        known.add(read.file);
        const parsed = parse(source, reading);
        files.push(parsed);
        waiting.push({ file: parsed, chain: [...chain, read.file] });
      } else if (!known.has(read.file)) {
        report.error("NW0213", item.path.span, `more than ${count(MOST_FILES, "file")} are used`);
      }
      here.add(read.file);
    }
  }
  return files;
}

/** What comes with the language is the host's first: a run keeps the texts that it was trained with. */
function readUsed({ path }: UseItem, from: string, host: Host): ReturnType<Host["readFile"]> {
  const read = host.readFile(path.value, from);
  if (read !== undefined && !("reason" in read)) return read;
  const text = isLibraryName(path.value) ? libraries.get(path.value) : undefined;
  return text === undefined ? read : { file: path.value, text };
}

function reportUnknown({ path }: UseItem, report: Report): void {
  const known = [...libraries.keys()];
  const meant = closest(path.value, known);
  report.error("NW0230", path.span, `there is no library ${quote(path.value)}`, {
    notes: [
      `Libraries: ${listNames(known)}. A file of your own is named with its ending: \`use "blocks.net"\`.`,
    ],
    fix: meant === undefined ? undefined : replaceBy(path.span, JSON.stringify(meant)),
  });
}

function reportCircle(item: UseItem, chain: readonly string[], report: Report): void {
  const start = chain.indexOf(chain.at(-1) ?? "");
  const circle = chain.slice(start);
  const message =
    circle.length === 2 ? `${circle[0]} uses itself` : `${circle[0]} uses itself through other files`;
  report.error("NW0214", item.span, message, { notes: [`${listChain(circle)}; remove this \`use\`.`] });
}
