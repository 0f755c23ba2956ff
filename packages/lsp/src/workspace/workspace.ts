// The open documents and their analyses: one analysis for each version, shared by all requests. In a large
// file it waits for a pause in typing; what must be answered at once, completion, goes by the words of the
// present text and the names of the last analysis.

import { analyze, type Host, sourceText } from "@netwright/lang";
import { type Names, namesOf, type Reading } from "@netwright/lang/service";
import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import type { TextDocument } from "vscode-languageserver-textdocument";
import type { Environment } from "../environment.ts";
import type { Text } from "../text/positions.ts";
import { type View, viewOf } from "./view.ts";

/** The text as it is now, with what was known when it was last looked at. */
export interface Glance {
  readonly text: Text;
  readonly names: Names;
}

export interface Workspace {
  readonly environment: Environment;
  /** The document at its present version; undefined when it is not open. Fails when it changes meanwhile. */
  readonly view: (uri: string) => Promise<View | undefined>;
  readonly glance: (uri: string) => Glance | undefined;
  /** Columns in the header of a data file that a document names. */
  readonly columns: Host["columns"];
  /** The text of a file that an analysis read. */
  readonly textOf: (view: View, file: string) => Text | undefined;
  /** A document was opened or has changed. */
  readonly changed: (uri: string) => void;
  readonly closed: (uri: string) => void;
  /** Something outside of the open documents may have changed. */
  readonly refresh: () => void;
}

interface Waiting {
  readonly version: number;
  readonly resolve: (view: View | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface State {
  view: View | undefined;
  /** The view is of an older version or older files. */
  stale: boolean;
  waiting: Waiting[];
  cancel: (() => void) | undefined;
}

/** An analysis below this is done at once, milliseconds. */
const QUICK = 20;
/** A longer one waits for a pause in typing of so many times its own length, within these milliseconds. */
const PAUSE = { times: 4, least: 250, most: 1_500 };

export function createWorkspace(
  documents: { readonly get: (uri: string) => TextDocument | undefined; readonly keys: () => string[] },
  environment: Environment,
  folders: () => readonly string[],
  onView: (view: View) => void,
): Workspace {
  const states = new Map<string, State>();
  const openText = (file: string): string | undefined => {
    const uri = documents.keys().find((one) => environment.fileOf(one) === file);
    return uri === undefined ? undefined : documents.get(uri)?.getText();
  };
  const host = environment.hostOf(openText, folders);

  const stateOf = (uri: string): State => {
    const known = states.get(uri);
    if (known !== undefined) return known;
    const state: State = { view: undefined, stale: true, waiting: [], cancel: undefined };
    states.set(uri, state);
    return state;
  };

  const look = (uri: string, state: State): void => {
    state.cancel = undefined;
    const document = documents.get(uri);
    const { waiting } = state;
    state.waiting = [];
    if (document === undefined) {
      for (const { resolve } of waiting) resolve(undefined);
      return;
    }
    const view = present(document, state);
    for (const { version, resolve, reject } of waiting) {
      if (version === view.version) resolve(view);
      else reject(new ResponseError(LSPErrorCodes.ContentModified, "the document has changed"));
    }
    onView(view);
  };

  const present = (document: TextDocument, state: State): View => {
    if (!state.stale && state.view?.version === document.version) return state.view;
    const view = analyzed(document);
    state.view = view;
    state.stale = false;
    return view;
  };

  const analyzed = (document: TextDocument): View => {
    const file = environment.fileOf(document.uri);
    const raw = document.getText();
    const start = environment.now();
    const analysis = analyze({ file, text: raw }, { catalog: environment.catalog, host });
    const cost = environment.now() - start;
    const ofData =
      analysis.data === undefined ? [] : (environment.dataProblems?.(analysis.data, file, folders) ?? []);
    const source = analysis.sources.get(file) ?? sourceText(file, raw);
    return viewOf({
      uri: document.uri,
      version: document.version,
      text: textOfDocument(document, source),
      analysis,
      diagnostics: [...analysis.diagnostics, ...ofData],
      names: namesOf(analysis, environment.catalog),
      cost,
    });
  };

  const schedule = (uri: string): void => {
    const state = stateOf(uri);
    state.cancel?.();
    state.cancel = environment.after(pauseFor(state.view?.cost ?? 0), () => look(uri, state));
  };

  const usersOf = (file: string): string[] =>
    [...states].flatMap(([uri, { view }]) =>
      view?.analysis.used.some(({ span }) => span.file === file) ? [uri] : [],
    );

  const touch = (uri: string): void => {
    stateOf(uri).stale = true;
    schedule(uri);
  };

  return {
    environment,
    columns: host.columns,
    view(uri) {
      const document = documents.get(uri);
      if (document === undefined) return Promise.resolve(undefined);
      const state = stateOf(uri);
      if (!state.stale && state.view?.version === document.version) return Promise.resolve(state.view);
      return new Promise((resolve, reject) => {
        state.waiting.push({ version: document.version, resolve, reject });
        if (state.cancel === undefined) schedule(uri);
      });
    },
    glance(uri) {
      const document = documents.get(uri);
      if (document === undefined) return undefined;
      const state = stateOf(uri);
      const isCurrent = !state.stale && state.view?.version === document.version;
      if (isCurrent || (state.view?.cost ?? 0) < QUICK) {
        const { text, names } = present(document, state);
        return { text, names };
      }
      const source = sourceText(environment.fileOf(uri), document.getText());
      const names = state.view?.names ?? namesOf(nothingRead(source), environment.catalog);
      return { text: textOfDocument(document, source), names };
    },
    textOf(view, file) {
      const source = view.analysis.sources.get(file);
      if (source === undefined) return undefined;
      return source === view.text.source ? view.text : { source, mark: 0 };
    },
    changed(uri) {
      touch(uri);
      for (const user of usersOf(environment.fileOf(uri))) touch(user);
    },
    closed(uri) {
      const state = states.get(uri);
      state?.cancel?.();
      for (const { resolve } of state?.waiting ?? []) resolve(undefined);
      states.delete(uri);
      for (const user of usersOf(environment.fileOf(uri))) touch(user);
    },
    refresh() {
      for (const uri of states.keys()) touch(uri);
    },
  };
}

/** Whoever goes on typing is not kept waiting: an analysis cannot be interrupted. */
function pauseFor(cost: number): number {
  return cost < QUICK ? 0 : Math.min(PAUSE.most, Math.max(PAUSE.least, PAUSE.times * cost));
}

function textOfDocument(document: TextDocument, source: Text["source"]): Text {
  return { source, mark: document.getText().charCodeAt(0) === 0xfeff ? 1 : 0 };
}

function nothingRead(source: Text["source"]): Reading {
  const span = { file: source.file, start: 0, end: 0 };
  return { tree: { kind: "file", span, items: [], tokens: [], broken: true }, used: [], sources: new Map() };
}
