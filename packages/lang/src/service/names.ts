// What a file can name: its params and blocks and those of the files it uses, and the catalog. Everything
// in this folder answers questions of an editor from these and a syntax tree; nothing here reports mistakes.

import type { Catalog, Span } from "@netwright/definitions";
import type { Sources } from "../source/source-text.ts";
import type { BlockItem, File, ParamItem } from "../syntax/tree.ts";

/** What most questions need, and what an `Analysis` has. */
export interface Reading {
  readonly tree: File;
  readonly used: readonly File[];
  readonly sources: Sources;
}

export interface Names {
  readonly params: ReadonlyMap<string, ParamItem>;
  readonly blocks: ReadonlyMap<string, BlockItem>;
  readonly catalog: Catalog;
  /** The texts that these were read from. */
  readonly sources: Sources;
}

/** The first of two definitions counts, as it does for the resolver. */
export function namesOf({ tree, used, sources }: Reading, catalog: Catalog): Names {
  const params = new Map<string, ParamItem>();
  const blocks = new Map<string, BlockItem>();
  for (const { items } of [tree, ...used]) {
    for (const item of items) {
      if (item.kind === "param" && !params.has(item.name.text)) params.set(item.name.text, item);
      if (item.kind === "block" && !blocks.has(item.name.text)) blocks.set(item.name.text, item);
    }
  }
  return { params, blocks, catalog, sources };
}

export function textAt(sources: Sources, { file, start, end }: Span): string {
  return sources.get(file)?.text.slice(start, end) ?? "";
}
