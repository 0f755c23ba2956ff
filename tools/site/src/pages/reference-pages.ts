// A page for each thing that a file can name, from what `netwright help` shows of it; activations with their curves.

import { activationCurve, curveNames, curvesSvg } from "@netwright/plot";
import { type HelpKind, type HelpPage, type HelpParam, helpPages } from "netwright";
import { codeBlock } from "../code-block.ts";
import { escapeHtml } from "../html.ts";
import { relativeLink, slugOf } from "../links.ts";
import { type MarkdownLinks, renderInline, tableHtml } from "../markdown.ts";
import type { Aside, Page } from "../page.ts";

export interface ReferencePage extends Page {
  readonly help: HelpPage;
}

/** In the order of the reference. */
export const KINDS: readonly { readonly kind: HelpKind; readonly one: string; readonly many: string }[] = [
  { kind: "layer", one: "layer", many: "Layers" },
  { kind: "activation", one: "activation", many: "Activations" },
  { kind: "loss", one: "loss", many: "Losses" },
  { kind: "optimizer", one: "optimizer", many: "Optimizers" },
  { kind: "schedule", one: "schedule of the learning rate", many: "Schedules" },
  { kind: "initializer", one: "initializer", many: "Initializers" },
  { kind: "regularizer", one: "regularizer", many: "Regularizers" },
  { kind: "constraint", one: "constraint", many: "Constraints" },
  { kind: "stop", one: "stopping rule", many: "Stopping rules" },
  { kind: "checkpoint", one: "rule for checkpoints", many: "Checkpoints" },
  { kind: "threshold", one: "rule for a threshold", many: "Thresholds" },
  { kind: "encoder", one: "encoder", many: "Encoders" },
  { kind: "metric", one: "metric", many: "Metrics" },
  { kind: "missing", one: "rule for missing values", many: "Missing values" },
  { kind: "column", one: "column type", many: "Column types" },
  { kind: "splitter", one: "splitter", many: "Splitters" },
  { kind: "source", one: "source of rows", many: "Sources of rows" },
  { kind: "setting", one: "setting", many: "Settings" },
  { kind: "word", one: "word of the language", many: "Words" },
];

export function referencePages(): ReferencePage[] {
  const all = helpPages();
  return all.map((help) => {
    const { one, many } = KINDS.find(({ kind }) => kind === help.kind) ?? { one: help.kind, many: help.kind };
    const siblings = all.filter(({ kind }) => kind === help.kind);
    return {
      help,
      path: pathOf(help),
      title: help.name,
      summary: firstSentence(help.doc),
      kind: one,
      render: async (links) => ({
        html: [
          `<p class="kind">${escapeHtml(one)}</p>\n<h1>${escapeHtml(help.name)}</h1>\n`,
          ...openingOf(help, links),
          ...(await curveOf(help)),
          ...detailsOf(help, links),
          ...alsoNamed(help, all),
        ].join(""),
        aside: asideOf(many, siblings, help),
      }),
    };
  });
}

export function pathOf({ kind, name }: HelpPage): string {
  return `reference/${kind.replaceAll(" ", "-")}/${name}.html`;
}

function asideOf(title: string, pages: readonly HelpPage[], current: HelpPage): Aside {
  return {
    title,
    links: pages.map((page) => ({
      href: relativeLink(pathOf(current), pathOf(page)),
      html: escapeHtml(page.name),
      current: page === current,
    })),
  };
}

function openingOf({ signature, doc, facts }: HelpPage, links: MarkdownLinks): string[] {
  return [
    ...(signature === null ? [] : [codeBlock("net", signature, { wraps: true })]),
    `<p>${renderInline([doc, ...facts].join(" "), links)}</p>\n`,
  ];
}

function detailsOf(help: HelpPage, links: MarkdownLinks): string[] {
  const { kind, formula, params, example, source } = help;
  return [
    ...(formula === null
      ? []
      : [heading("Formula"), codeBlock("", formula.split("; ").join("\n"), { wraps: true })]),
    ...(params.length === 0
      ? []
      : [heading(kind === "setting" ? "Settings" : "Parameters"), paramTable(params, links)]),
    heading("Example"),
    codeBlock("net", example),
    ...(source === null ? [] : [heading("Source"), `<p>${renderInline(source, links)}</p>\n`]),
  ];
}

function heading(title: string): string {
  return `<h2 id="${slugOf(title)}">${title}</h2>\n`;
}

function paramTable(params: readonly HelpParam[], links: MarkdownLinks): string {
  const rows = params.map(({ name, type, doc }) => {
    const [range = "", fallback = "must be given"] = type.replace(/\.$/, "").split("; by default ");
    return [
      `<code>${escapeHtml(name)}</code>`,
      ...[doc, range, fallback].map((text) => renderInline(text, links)),
    ];
  });
  return tableHtml(["Name", "Meaning", "Type and range", "Default"], rows, [1]);
}

/** Odd, so that 0 is one of the points. */
const RANGE = { from: -3, to: 3, points: 241 };
/** Small enough to be read on a telephone. */
const SIZE = { width: 440, height: 300 };

async function curveOf({ kind, name }: HelpPage): Promise<string[]> {
  if (kind !== "activation" || !curveNames.includes(name)) return [];
  const svg = curvesSvg([await activationCurve(name, RANGE)], SIZE);
  const caption = "With the defaults; dashed, the derivative.";
  return [`<figure class="curve">${svg}<figcaption>${caption}</figcaption></figure>\n`];
}

/** `mae` is a loss and a metric. */
function alsoNamed(help: HelpPage, all: readonly HelpPage[]): string[] {
  const others = all.filter((page) => page !== help && page.name === help.name);
  if (others.length === 0) return [];
  const links = others.map(
    (page) =>
      `<a href="${relativeLink(pathOf(help), pathOf(page))}">the ${escapeHtml(page.kind)} <code>${escapeHtml(page.name)}</code></a>`,
  );
  return [heading("Same name"), `<p>See also ${links.join(", ")}.</p>\n`];
}

function firstSentence(doc: string): string {
  return (/^.*?\.(?=\s|$)/s.exec(doc)?.[0] ?? doc).replaceAll("`", "");
}
