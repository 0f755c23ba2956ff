// A help page as Markdown, in the small subset that the pages of the codes use as well: headings, paragraphs, lists,
// fenced blocks, code spans.

import type { ParamHelp } from "./help-for.ts";
import type { HelpKind, HelpPage } from "./help-page.ts";

const KINDS: { readonly [K in HelpKind]: string } = {
  layer: "layer",
  activation: "activation",
  loss: "loss",
  optimizer: "optimizer",
  schedule: "schedule",
  encoder: "encoder",
  missing: "rule for missing values",
  initializer: "initializer",
  regularizer: "regularizer",
  constraint: "constraint",
  stop: "stopping rule",
  checkpoint: "rule for checkpoints",
  threshold: "rule for a threshold",
  metric: "metric",
  setting: "setting",
  splitter: "splitter",
  source: "source of rows",
  column: "column type",
  word: "word of the language",
};

export function pageMarkdown(page: HelpPage): string {
  const { kind, name, signature, doc, facts, formula, params, example, source } = page;
  const parts = [
    `# ${name}: ${KINDS[kind]}`,
    ...(signature === null ? [] : [`\`${signature}\``]),
    [doc, ...facts].join(" "),
    ...section("Formula", formula === null ? null : formulaMarkdown(formula)),
    ...section(
      kind === "setting" ? "Settings" : "Parameters",
      params.length === 0
        ? null
        : params.map((param) => `- \`${param.name}\`: ${param.doc} ${param.type}`).join("\n"),
    ),
    ...section("Example", `\`\`\`net\n${example}\n\`\`\``),
    ...section("Source", source),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** Of one name; at least one. */
export function paramMarkdown(name: string, params: readonly ParamHelp[]): string {
  const texts = params.map(
    ({ doc, type, of }) => `- of ${of.map((one) => `\`${one}\``).join(", ")}: ${doc} ${type}`,
  );
  const [first] = params.flatMap(({ of }) => of);
  return `# ${name}: parameter\n\n${texts.join("\n")}\n\n\`netwright help ${first}\` shows the others, and an example.\n`;
}

function section(title: string, text: string | null): string[] {
  return text === null ? [] : [`## ${title}`, text];
}

/** Statements that follow one another have a line each. */
function formulaMarkdown(formula: string): string {
  const statements = formula.split("; ");
  return statements.length === 1
    ? `\`${formula}\``
    : statements.map((statement) => `- \`${statement}\``).join("\n");
}
