// Pages of layers, activations, losses and the like, and of metrics, from their definitions.

import type { Documented, Family, Params } from "@netwright/definitions";
import { signatureOf, typeLine } from "@netwright/lang/service";
import type { Metric } from "@netwright/runtime";
import { documentedIn, type FullCatalog } from "../catalog/catalog.ts";
import type { HelpPage, HelpParam } from "./help-page.ts";

/** In the order in which a name that stands for several is shown. */
const FAMILIES = [
  "layer",
  "activation",
  "loss",
  "optimizer",
  "schedule",
  "encoder",
  "missing",
  "column",
  "splitter",
  "source",
  "initializer",
  "regularizer",
  "constraint",
  "stop",
  "checkpoint",
  "threshold",
] as const satisfies readonly Family[];

export function definitionPages(known: FullCatalog): HelpPage[] {
  const documented = documentedIn(known);
  return FAMILIES.flatMap((family) => [...documented[family].values()].flatMap(pageOf(family, known)));
}

function pageOf(
  family: (typeof FAMILIES)[number],
  known: FullCatalog,
): (definition: Documented) => readonly HelpPage[] {
  return (definition) => {
    const { name, doc, formula, example, source, params } = definition;
    // Every activation is a layer as well; one page says so.
    if (family === "layer" && known.definitions.activation.has(name)) return [];
    const facts = family === "activation" ? [`Also a layer: \`${name}\` on a line of its own.`] : [];
    const signature = Object.keys(params).length === 0 ? null : signatureOf(definition);
    return [
      {
        kind: family,
        name,
        aliases: [],
        signature,
        doc,
        facts,
        formula,
        params: helpParams(params),
        example,
        source,
      },
    ];
  };
}

export function helpParams(params: Params): HelpParam[] {
  return Object.entries(params).map(([name, param]) => ({ name, type: typeLine(param), doc: param.doc }));
}

const UNITS: { readonly [U in Metric["unit"]]: string } = {
  target: "In the unit of the target",
  fraction: "A fraction, shown in percent",
  none: "Without a unit",
};

const SYMBOLS = [
  ["p", "the prediction"],
  ["t", "the target"],
] as const;

/** `p`, `t`, `p_k`. */
const SYMBOL = /(?<!\w)([pt])(?:_[a-z])?(?!\w)/g;

/** What its letters stand for: those that it has, also as `p_k`, and does not explain itself as in `, p_k those ...`. */
function symbolsOf(formula: string): string[] {
  const open = [...formula.matchAll(SYMBOL)].filter(([symbol]) => !formula.includes(`, ${symbol} `));
  const letters = new Set(open.map(([, letter]) => letter));
  const [first, ...more] = SYMBOLS.filter(([letter]) => letters.has(letter));
  if (first === undefined) return [];
  const others = more.map(([letter, meaning]) => ` and ${letter} ${meaning}`);
  return [`In the formula, ${first[0]} is ${first[1]}${others.join("")}.`];
}

export function metricPages({ metrics }: FullCatalog): HelpPage[] {
  return [...metrics.values()].map(({ name, doc, formula, unit, better, params, example, source }) => {
    const facts = [[`${UNITS[unit]}; ${better} is better.`, ...symbolsOf(formula)].join(" ")];
    return {
      kind: "metric",
      name,
      aliases: [],
      signature: null,
      doc,
      facts,
      formula,
      params: helpParams(params),
      example,
      source,
    };
  });
}
