// Changed `.net` texts through everything that reads one: analysis, messages, the formatter, and what an editor asks.

import {
  analyze,
  createReport,
  diagnosticsToJson,
  format,
  type Host,
  parse,
  renderDiagnostics,
  type Syntax,
  sourceText,
} from "@netwright/lang";
import {
  completionAt,
  foldsOf,
  highlightsOf,
  hoverOf,
  namesOf,
  occurrencesOf,
  outlineOf,
  signatureAt,
} from "@netwright/lang/service";
import { catalog } from "netwright";
import { changedNet, netTexts } from "../damage/net-texts.ts";
import type { Attempt, Harness } from "../harness.ts";
import { inTime } from "../support/in-time.ts";
import { tryCases } from "../try-cases.ts";

export const texts: Harness = {
  name: "texts",
  about: {
    promised:
      "Whatever a `.net` text holds, it is read, its mistakes are told at places inside of it, and formatting it changes neither words nor meaning.",
    tried:
      "Texts of the tests and examples with characters, words and lines taken out, doubled, moved and put in, or two joined: analysis, messages at two widths, the formatter twice, completion, hover, signature, outline.",
  },
  run: (task) => tryCases(task, attempt()),
};

/** Far more than any text of this size takes. */
const SECONDS = 5;
const FILE = "changed.net";

function attempt(): Attempt {
  const all = netTexts();
  const columns = ["a", "b", "Cement", "Age", "CompressiveStrength", "y", "Fly Ash"];
  const host: Host = {
    readFile: (path) => {
      const text = all.get(path);
      return text === undefined ? { reason: "there is no such file" } : { file: path, text };
    },
    columns: () => columns,
  };
  return async (random) => {
    const text = changedNet(all, random);
    const places = [random.below(2 ** 30), random.below(2 ** 30)];
    return inTime(SECONDS, "the text", () => tried(text, host, places));
  };
}

function tried(text: string, host: Host, places: readonly number[]): string {
  const analysis = analyze({ file: FILE, text }, { catalog, host });
  const { tree, model, diagnostics, sources } = analysis;
  const errors = diagnostics.filter(({ severity }) => severity === "error").length;
  if (model !== undefined && errors > 0) throw new Error("a model in spite of errors");
  for (const { span, notes, fix } of diagnostics) {
    for (const place of [span, ...(fix?.edits ?? []).map((edit) => edit.span)]) {
      const length = place === undefined ? 0 : (sources.get(place.file)?.text.length ?? -1);
      if (place !== undefined && !(0 <= place.start && place.start <= place.end && place.end <= length))
        throw new Error(`a place outside of the text: ${JSON.stringify(place)}`);
    }
    if (notes.some((note) => note === "")) throw new Error("an empty note");
  }
  for (const width of [24, Number.POSITIVE_INFINITY]) {
    const shown = renderDiagnostics(diagnostics, sources, {}, width);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what must not be there
    if (/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/.test(shown))
      throw new Error("a control character in a message");
  }
  JSON.stringify(diagnosticsToJson(diagnostics, sources));
  const formatted = checkFormat(text);
  const names = namesOf(analysis, catalog);
  const source = sourceText(FILE, text);
  const occurrences = occurrencesOf(tree, names);
  for (const occurrence of occurrences) hoverOf(occurrence, analysis);
  outlineOf(tree);
  foldsOf(tree.tokens, source);
  highlightsOf(tree.tokens, occurrences);
  for (const place of places) {
    const at = place % (source.text.length + 1);
    completionAt({ source, names, columns: () => ["a", "b c"] }, at);
    signatureAt(source, names, at);
  }
  return `${errors > 0 ? "with mistakes" : "sound"}, ${formatted ? "formatted" : "left as it is"}`;
}

/** Whether it was formatted. @throws what a formatting changed */
function checkFormat(text: string): boolean {
  const formed = format(text, FILE);
  if (formed.diagnostics.length > 0) {
    if (formed.text !== text) throw new Error("a text that is refused was changed");
    return false;
  }
  const bare = sourceText(FILE, text).text;
  const [before, after] = [treeOf(text), treeOf(formed.text)];
  if (spelled(bare, before) !== spelled(formed.text, after)) throw new Error("formatting changed the words");
  if (meaning(before) !== meaning(after)) throw new Error("formatting changed the meaning");
  if (format(formed.text, FILE).text !== formed.text) throw new Error("a second formatting changes the text");
  return true;
}

function treeOf(text: string): Syntax.File {
  return parse(sourceText(FILE, text), createReport());
}

function spelled(text: string, { tokens }: Syntax.File): string {
  const words = tokens.filter(({ kind }) => !["Newline", "Comma", "Comment"].includes(kind));
  const comments = tokens.filter(({ kind }) => kind === "Comment");
  const of = (some: typeof words) => some.map(({ span }) => text.slice(span.start, span.end).trimEnd());
  return JSON.stringify([of(words), of(comments).sort()]);
}

/** Without places. */
function meaning({ items }: Syntax.File): string {
  return JSON.stringify(items, (key, value) =>
    ["span", "keyword", "operatorSpan", "at"].includes(key) ? undefined : value,
  );
}
