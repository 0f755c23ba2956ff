// What an editor asks a language server of a document: every request that the server says it answers.

import type { Random } from "../random.ts";

export interface Asked {
  readonly method: string;
  readonly params: object;
}

interface Place {
  readonly line: number;
  readonly character: number;
}

export interface Drawn {
  readonly textDocument: { readonly uri: string };
  readonly position: Place;
  readonly range: { readonly start: Place; readonly end: Place };
  /** Of the document, as they came last. */
  readonly diagnostics: readonly unknown[];
  readonly random: Random;
}

type Ask = (drawn: Drawn) => Asked;

const atPlace =
  (name: string, more: object = {}): Ask =>
  ({ textDocument, position }) => ({
    method: `textDocument/${name}`,
    params: { textDocument, position, ...more },
  });
const inRange =
  (name: string): Ask =>
  ({ textDocument, range }) => ({ method: `textDocument/${name}`, params: { textDocument, range } });
const ofAll =
  (name: string, more: object = {}): Ask =>
  ({ textDocument }) => ({ method: `textDocument/${name}`, params: { textDocument, ...more } });

const NAMES = [
  "width",
  "a b",
  "",
  "1x",
  "model",
  "__proto__",
  "../up",
  "é",
  "x".repeat(300),
  "\u001b[2J",
] as const;

/** One at least, to be drawn from. */
export type Requests = [Ask, ...Ask[]];

/** By the name of the capability. */
const REQUESTS: Readonly<Record<string, readonly Ask[]>> = {
  completionProvider: [atPlace("completion")],
  hoverProvider: [atPlace("hover")],
  definitionProvider: [atPlace("definition")],
  referencesProvider: [atPlace("references", { context: { includeDeclaration: true } })],
  documentHighlightProvider: [atPlace("documentHighlight")],
  renameProvider: [
    atPlace("prepareRename"),
    (drawn) => atPlace("rename", { newName: drawn.random.pick(NAMES) })(drawn),
  ],
  signatureHelpProvider: [atPlace("signatureHelp")],
  codeActionProvider: [
    ({ textDocument, range, diagnostics }) => ({
      method: "textDocument/codeAction",
      params: { textDocument, range, context: { diagnostics } },
    }),
  ],
  documentFormattingProvider: [ofAll("formatting", { options: { tabSize: 2, insertSpaces: true } })],
  documentSymbolProvider: [ofAll("documentSymbol")],
  foldingRangeProvider: [ofAll("foldingRange")],
  inlayHintProvider: [inRange("inlayHint")],
  semanticTokensProvider: [ofAll("semanticTokens/full"), inRange("semanticTokens/range")],
};

/** `initialized` is what the server answers to `initialize`. @throws where it offers something that is not known here */
export function requestsOf(initialized: unknown): Requests {
  const isAnswer = typeof initialized === "object" && initialized !== null && "capabilities" in initialized;
  const capabilities: unknown = isAnswer ? initialized.capabilities : {};
  const offered = Object.keys(capabilities ?? {}).filter((name) => name.endsWith("Provider"));
  const unknown = offered.filter((name) => !Object.hasOwn(REQUESTS, name));
  if (unknown.length > 0) throw new Error(`the server offers ${unknown.join(", ")}, which is not tried`);
  const [first, ...others] = offered.flatMap((name) => REQUESTS[name] ?? []);
  if (first === undefined) throw new Error("the server offers nothing");
  return [first, ...others];
}

/** A place in the text, or a little beyond it. */
export function placeIn(text: string, random: Random): Place {
  const lines = text.split("\n");
  const line = random.below(lines.length + (random.chance(0.05) ? 3 : 0));
  return { line, character: random.below((lines[line]?.length ?? 0) + (random.chance(0.05) ? 9 : 1)) };
}

/** What a document is after a change of a part of it. */
export function spliced(text: string, { start, end }: Drawn["range"], put: string): string {
  const offset = ({ line, character }: Place) => {
    const lines = text.split("\n");
    const before = lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0);
    return Math.min(text.length, before + Math.min(character, lines[line]?.length ?? 0));
  };
  return text.slice(0, offset(start)) + put + text.slice(offset(end));
}
