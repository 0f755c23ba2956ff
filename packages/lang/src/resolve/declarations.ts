// What the files declare: params and blocks of all of them, sections and version of the main one. Reports
// duplicates, unknown sections and the version line.

import { quote, type Span } from "@netwright/definitions";
import { type Details, type Report, replaceBy } from "../report.ts";
import { suggest } from "../suggest/suggest.ts";
import type {
  BlockItem,
  ExpectItem,
  File,
  Flow,
  Item,
  ModelItem,
  Name,
  ParamItem,
  SettingsItem,
  VersionItem,
} from "../syntax/tree.ts";
import { type Context, placeText } from "./context.ts";
import { checkName } from "./reserved.ts";

export interface Declarations {
  readonly params: ReadonlyMap<string, ParamItem>;
  readonly blocks: ReadonlyMap<string, BlockItem>;
  readonly data: SettingsItem | undefined;
  readonly model: ModelItem | undefined;
  readonly train: SettingsItem | undefined;
  readonly report: SettingsItem | undefined;
  readonly expect: ExpectItem | undefined;
  /** Something of the main file could not be read, so what seems to be missing may be there. */
  readonly incomplete: boolean;
}

export const LANGUAGE_VERSION = 1;

export function collectDeclarations(main: File, used: readonly File[], context: Context): Declarations {
  const params = new Map<string, ParamItem>();
  const blocks = new Map<string, BlockItem>();
  for (const file of [main, ...used]) {
    if (file.tokens.length > 0) checkVersion(file, context);
    for (const item of file.items) {
      if (item.kind === "param") declare("param", item, params, context);
      if (item.kind === "block") declareBlock(item, blocks, context);
      if (item.kind === "unknown") reportUnknown(item.name, item.section, context);
    }
  }
  const isSettings =
    (kind: SettingsItem["kind"]) =>
    (item: Item): item is SettingsItem =>
      item.kind === kind;
  return {
    params,
    blocks,
    data: single(main.items.filter(isSettings("data")), context),
    model: single(
      main.items.filter((item) => item.kind === "model"),
      context,
    ),
    train: single(main.items.filter(isSettings("train")), context),
    report: single(main.items.filter(isSettings("report")), context),
    expect: single(
      main.items.filter((item) => item.kind === "expect"),
      context,
    ),
    incomplete: main.broken || main.items.some(({ kind }) => kind === "unknown"),
  };
}

function declare<T extends { readonly name: Name }>(
  noun: string,
  item: T,
  known: Map<string, T>,
  context: Context,
): void {
  const { name } = item;
  const first = known.get(name.text);
  if (first !== undefined) {
    context.report.error("NW0208", name.span, `${noun} ${quote(name.text)} is defined twice`, {
      notes: [`First at ${placeText(context, first.name.span)}; rename or remove one of them.`],
    });
  } else if (checkName(`a ${noun}`, name, context)) known.set(name.text, item);
}

function declareBlock(item: BlockItem, blocks: Map<string, BlockItem>, context: Context): void {
  declare("block", item, blocks, context);
  if (context.catalog.layer.has(item.name.text)) {
    context.report.warning(
      "NW0210",
      item.name.span,
      `block ${quote(item.name.text)} hides the layer of this name`,
      {
        notes: ["Calls of this name use the block; rename it to use both."],
      },
    );
  }
  const parameters = new Map<string, { readonly name: Name }>();
  for (const parameter of item.parameters)
    declare(`parameter of ${item.name.text}`, parameter, parameters, context);
}

function single<T extends { readonly kind: string; readonly keyword: Span; readonly body?: Flow }>(
  items: readonly T[],
  context: Context,
): T | undefined {
  // One whose body is missing was perhaps something else.
  const sound = items.filter(
    ({ body }) => body === undefined || body.steps.some(({ kind }) => kind !== "broken"),
  );
  const [first = items[0], ...others] = sound;
  for (const { kind, keyword } of others) {
    context.report.error("NW0202", keyword, `section \`${kind}\` stands twice`, {
      notes: [`First at ${first === undefined ? "" : placeText(context, first.keyword)}; put both into one.`],
    });
  }
  return first;
}

const WORDS = ["netwright", "param", "use", "data", "block", "model", "train", "report", "expect"];

function reportUnknown(name: Name, section: boolean, context: Context): void {
  const { meant, notes } = suggest("statement", name.text, WORDS);
  const message = section ? `unknown section ${quote(name.text)}` : `unknown statement ${quote(name.text)}`;
  context.report.error("NW0201", name.span, message, {
    notes: [
      ...notes,
      "A file holds `param`, `use` and `block` statements and the sections `data`, `model`, `train`, `report` and `expect`.",
    ],
    fix: meant === undefined ? undefined : replaceBy(name.span, meant),
  });
}

function checkVersion(file: File, context: Context): void {
  const start = { file: file.span.file, start: 0, end: 0 };
  const versions = file.items.filter((item) => item.kind === "version");
  const [first, ...others] = versions;
  if (first === undefined) {
    // A first statement that was not understood may be the version line, misspelt.
    if (file.broken && file.items.length === 0) return;
    if (file.items[0]?.kind === "unknown") return;
    const details: Details = {
      fix: replaceBy(start, `netwright ${LANGUAGE_VERSION}\n\n`, `add \`netwright ${LANGUAGE_VERSION}\``),
    };
    context.report.warning(
      "NW0111",
      start,
      `the file does not say its version; it is read as version ${LANGUAGE_VERSION}`,
      details,
    );
    return;
  }
  for (const { span } of others) {
    context.report.error("NW0113", span, "the version stands twice", {
      fix: replaceBy(span, "", "remove it"),
    });
  }
  if (file.items[0] !== first) {
    context.report.error("NW0113", first.span, "the version line must be the first statement");
  }
  reportVersion(first, context.report);
}

/** Reports a version that this release does not know. */
export function reportVersion({ version, at }: VersionItem, report: Report): void {
  if (version === undefined || version === LANGUAGE_VERSION) return;
  const newer = Number.isInteger(version) && version > LANGUAGE_VERSION;
  const notes = newer
    ? [`This release reads version ${LANGUAGE_VERSION}; get a release that reads version ${version}.`]
    : [`Versions are whole numbers; this release reads version ${LANGUAGE_VERSION}.`];
  const fix = newer ? undefined : replaceBy(at, String(LANGUAGE_VERSION));
  report.error("NW0112", at, `version ${version} of the language is not known`, { notes, fix });
}
