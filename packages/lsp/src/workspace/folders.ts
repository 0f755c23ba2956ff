// The folders from which files are opened that documents name: those of the workspace, and those that the user's settings
// allow beside them.

import type { InitializeParams, WorkspaceFoldersChangeEvent } from "vscode-languageserver";
import type { Environment } from "../environment.ts";

export interface Folders {
  readonly all: () => readonly string[];
  readonly begin: (params: InitializeParams) => void;
  readonly change: (event: WorkspaceFoldersChangeEvent) => void;
}

export function workspaceFolders({ fileOf }: Pick<Environment, "fileOf">): Folders {
  let folders: readonly string[] = [];
  let allowed: readonly string[] = [];
  return {
    all: () => [...folders, ...allowed],
    begin: ({ workspaceFolders: given, rootUri, initializationOptions }) => {
      const uris = given?.map(({ uri }) => uri) ?? (typeof rootUri === "string" ? [rootUri] : []);
      folders = uris.map(fileOf);
      allowed = allowedBy(initializationOptions);
    },
    change: ({ added, removed }) => {
      const gone = new Set(removed.map(({ uri }) => fileOf(uri)));
      folders = [...folders.filter((folder) => !gone.has(folder)), ...added.map(({ uri }) => fileOf(uri))];
    },
  };
}

/** `{ "allow": ["/data"] }`: whole paths. A setting that is written in another way allows nothing. */
function allowedBy(options: unknown): readonly string[] {
  if (typeof options !== "object" || options === null || !("allow" in options)) return [];
  return Array.isArray(options.allow) ? options.allow.filter((one) => typeof one === "string") : [];
}
