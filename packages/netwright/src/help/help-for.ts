// Looks a name up among all that has a page. Pure: the pages follow from the definitions.

import { type CatalogOption, catalog } from "../catalog/catalog.ts";
import { definitionPages, metricPages } from "./definition-pages.ts";
import type { HelpPage } from "./help-page.ts";
import { settingPages } from "./setting-pages.ts";
import { wordPages } from "./word-pages.ts";

/** Every page: definitions, metrics, settings, words. */
export function helpPages({ catalog: known = catalog }: CatalogOption = {}): readonly HelpPage[] {
  return [...definitionPages(known), ...metricPages(known), ...settingPages(known), ...wordPages()];
}

/** All that the name stands for: `mae` is a loss and a metric. Empty for a name that nothing has. */
export function helpFor(name: string, options: CatalogOption = {}): readonly HelpPage[] {
  return helpPages(options).filter((page) => page.name === name || page.aliases.includes(name));
}

/** Every name that has a page: `elu`, `train.batch`, `batch`. */
export function helpNames(options: CatalogOption = {}): readonly string[] {
  return [...new Set(helpPages(options).flatMap((page) => [page.name, ...page.aliases]))];
}

/** What a parameter of this name is, in one text, and of what: several where they have it with different texts. */
export interface ParamHelp {
  readonly name: string;
  readonly type: string;
  readonly doc: string;
  /** Names of pages, in their order: `adam`, `sgd`. */
  readonly of: readonly string[];
}

/** A parameter by its name, as `learning_rate`. Empty for a name that no parameter has. */
export function helpForParam(name: string, options: CatalogOption = {}): readonly ParamHelp[] {
  const found = new Map<string, ParamHelp>();
  for (const page of helpPages(options))
    for (const param of page.params) {
      if (param.name !== name) continue;
      const text = `${param.doc} ${param.type}`;
      const of = [...(found.get(text)?.of ?? []), page.name];
      found.set(text, { ...param, of });
    }
  return [...found.values()];
}
