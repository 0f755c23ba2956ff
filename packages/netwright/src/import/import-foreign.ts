// A file of another tool as a `.net` file and a run with its weights.

import type { FittedColumn, InputRecord } from "@netwright/data";
import { listNames } from "@netwright/definitions";
import {
  type ForeignFiles,
  type ForeignModel,
  type NotRead,
  type NotUnderstood,
  notRead,
  OWN_WEIGHTS,
  type ReaderName,
  readerOf,
  readers,
} from "@netwright/formats";
import type { Diagnostic, Model, ModelInput, Override } from "@netwright/lang";
import {
  hashBytes,
  type ImportedFrom,
  type ModelFile,
  type RunBundle,
  readModelTexts,
  weightsHash,
} from "@netwright/runtime";
import { type CatalogOption, catalog, type FullCatalog } from "../catalog/catalog.ts";
import { memoryFiles } from "../files/files.ts";
import { keptModel } from "../model/kept-model.ts";
import { savedNetwork } from "../model/saved-model.ts";
import { projectError, projectWarning } from "../project/diagnostics.ts";
import { openAnyProject } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { VERSION } from "../version.ts";
import { foreignRun, networkHash } from "./foreign-run.ts";
import { foreignWeights, ownWeights } from "./foreign-weights.ts";
import type { NamingOptions } from "./naming.ts";
import { type NetText, netText, resolved, unsayable } from "./net-text.ts";
import { notUnderstood } from "./not-understood.ts";

export interface ImportFileOptions extends NamingOptions, CatalogOption {
  /** Of the model, and of its `.net` file without the ending; that of the file where it is not given. */
  readonly name?: string;
  /** Where the name of the file and its first bytes do not say it. */
  readonly format?: ReaderName;
  /** Steps of a sequence of which the file states no number. */
  readonly steps?: number;
  /** Versions of what runs Netwright, for the record. */
  readonly platform?: Readonly<Record<string, string>>;
}

export interface Imported {
  readonly format: ReaderName;
  /** What wrote the file, as it tells. */
  readonly writer: string | null;
  /** What the file is given for a row, in the order of its numbers; empty for an export of ours, which is given columns. */
  readonly inputs: readonly ModelInput[];
  /** The `.net` file. */
  readonly net: string;
  readonly bundle: RunBundle;
  /** Whether the file gives the numbers before the shares of the run, as whoever imported it has said. */
  readonly logits: boolean;
  /** Whether Netwright wrote the file, so that scaling, words and units came back as they were. */
  readonly own: boolean;
  /** What is said of it, in sentences: what was passed over, as it does nothing where it predicts. */
  readonly notes: readonly string[];
}

/** `files` are the file first, then those that it names. Problems: NW0880 to NW0882; warnings: NW0884. */
export async function importForeign(
  files: ForeignFiles,
  options: ImportFileOptions = {},
): Promise<Checked<Imported>> {
  const [first] = files;
  if (first === undefined) throw new Error("an import has a file");
  const [file, bytes] = first;
  const other = options.format === undefined ? notRead(file, bytes) : null;
  const format = options.format ?? readerOf(file, bytes);
  if (other !== null || format === null) return reject([unknownFormat(file, other)]);
  const read = await readers[format].load();
  const arrived = await read(files, options.steps === undefined ? {} : { steps: options.steps });
  if ("refused" in arrived) return reject([notUnderstood(file, arrived.refused)]);
  const { model } = arrived;
  const imported: ImportedFrom = { format, file, writer: model.writer, hash: hashBytes(bytes) };
  const known = options.catalog ?? catalog;
  const warnings: Diagnostic[] = [];
  if (model.own !== null) {
    const own = await ownRun(model, model.own, imported, known);
    if (typeof own !== "string")
      return accept(
        {
          ...own.value,
          format,
          writer: model.writer,
          own: true,
          logits: false,
          inputs: [],
          notes: notesOf(own.value, options),
        },
        own.warnings,
      );
    warnings.push(strangeTexts(file, own));
  }
  const name = plainFileName(options.name ?? model.name);
  const net = netText(name, model, known, options);
  if ("misnamed" in net) return reject([projectError("NW0882", net.misnamed, [net.remedy], undefined)]);
  if ("refused" in net) return reject([notUnderstood(file, net.refused)]);
  const made = await networkRun(name, model, net, imported, known, options.platform);
  if ("refused" in made) return reject([notUnderstood(file, made.refused)]);
  const { writer, notes } = model;
  return accept(
    {
      format,
      writer,
      net: net.text,
      bundle: made.bundle,
      own: false,
      logits: options.logits === true && net.data !== null,
      inputs: net.inputs,
      notes: net.data === null ? [...notes, ...untaken(options)] : notes,
    },
    warnings,
  );
}

/** Of a network without a table, which predicts numbers. */
function untaken(options: ImportFileOptions): readonly string[] {
  const given = givenOf(options, ["target", "classes", "logits"]);
  return given.length === 0
    ? []
    : [`No columns of a table can be its input, so these are not taken: ${listNames(given)}.`];
}

function givenOf(
  options: ImportFileOptions,
  names: readonly (keyof ImportFileOptions)[],
): readonly (keyof ImportFileOptions)[] {
  return names.filter((name) => options[name] !== undefined);
}

/** Of an export of ours, which has names of its own. */
function notesOf({ bundle }: Pick<Imported, "bundle">, options: ImportFileOptions): readonly string[] {
  const given = givenOf(options, ["name", "columns", "target", "classes", "logits", "pixels", "steps"]);
  const used = bundle.model.sources.slice(1).map(({ path }) => path);
  return [
    ...(given.length === 0
      ? []
      : [`Names and scaling are those of its run, so these are not taken: ${listNames(given)}.`]),
    ...(used.length === 0
      ? []
      : [`Its \`.net\` file uses ${listNames(used)}, which stand in the run and are not written.`]),
  ];
}

/** A name of a file of any system. */
function plainFileName(name: string): string {
  const plain = name
    .replace(/^.*[/\\]/, "")
    .replace(/[^\p{L}\p{N}_.-]+/gu, "_")
    .replace(/^[._-]+|[._]+$/g, "")
    .slice(0, 100);
  return plain === "" ? "imported" : plain;
}

async function networkRun(
  name: string,
  foreign: ForeignModel,
  net: NetText,
  imported: ImportedFrom,
  known: FullCatalog,
  platform: Readonly<Record<string, string>> = {},
): Promise<{ readonly bundle: RunBundle } | { readonly refused: readonly NotUnderstood[] }> {
  const file = `${name}.net`;
  const opened = await openNet(file, net, known);
  if ("refused" in opened) return opened;
  const { model, encoders } = opened;
  const taken = foreignWeights(model, net.nodes, foreign.layers, known);
  if ("refused" in taken) return taken;
  const sources = [{ path: file, text: net.text }];
  const whole: ModelFile = {
    name: model.name,
    sources,
    overrides: {},
    model: keptModel(model, { sources, overrides: {} }),
    resolved: {},
    encoders,
    irHash: networkHash(model, known),
    versions: { netwright: VERSION, ...platform },
    weights: taken.weights,
  };
  return { bundle: foreignRun(whole, imported) };
}

/** So many have each word of most columns. */
const ROWS = 20;

/** Made-up rows may be alike, and then they would lie in one split. */
const ALL_TRAIN: readonly Override[] = [
  { path: "data.split.train", value: "1" },
  { path: "data.split.validation", value: "0" },
  { path: "data.split.test", value: "0" },
];

/** The file as a run has it: nothing that its encoders keep is learned of rows, so that made-up ones do. */
async function openNet(
  file: string,
  { text, data }: NetText,
  known: FullCatalog,
): Promise<
  | { readonly model: Model; readonly encoders: ModelFile["encoders"] }
  | { readonly refused: readonly NotUnderstood[] }
> {
  if (data === null) {
    const { model, why } = resolved(text, known, file);
    return model === undefined ? { refused: [unsayable(why)] } : { model, encoders: null };
  }
  const rows: readonly InputRecord[] = Array.from({ length: ROWS }, (_, i) => data.row(i));
  const project = await openAnyProject(
    { file, text },
    { files: memoryFiles(new Map()), data: rows, catalog: known, overrides: ALL_TRAIN },
  );
  const { prepared, model: opened } = project;
  if (opened === undefined || prepared === undefined) {
    const first = project.diagnostics.find(({ severity }) => severity === "error");
    return { refused: [unsayable(first?.message ?? "it has no columns")] };
  }
  const { features, target, ...fitted } = prepared.encoders.fitted;
  const encoders = { ...fitted, features: features.map(unseen), target: target.map(unseen) };
  // The file itself deals out its rows in another way.
  const { name } = opened;
  const read = await savedNetwork(
    {
      name,
      sources: [{ path: file, text }],
      overrides: {},
      model: null,
      resolved: {},
      encoders,
      irHash: "",
      versions: {},
    },
    known,
  );
  return read.ok
    ? { model: read.value.model, encoders }
    : { refused: [unsayable(read.diagnostics[0]?.message ?? "it cannot be read again")] };
}

/** The rows were none: what was seen in them is nothing. */
function unseen(column: FittedColumn): FittedColumn {
  if (column.kind === "words") {
    const { seen: _, ...words } = column;
    return words;
  }
  const { seen: _, ...numbers } = column;
  return numbers;
}

/** A file that Netwright wrote: its own texts with the weights of the layers; or why these do not go together. */
async function ownRun(
  model: ForeignModel,
  texts: Readonly<Record<string, string>>,
  imported: ImportedFrom,
  known: FullCatalog,
): Promise<
  | {
      readonly value: { readonly net: string; readonly bundle: RunBundle };
      readonly warnings: readonly Diagnostic[];
    }
  | string
> {
  const file = readModelTexts(texts, new Map(), imported.file);
  if (!file.ok) return file.problems[0]?.message ?? "they are damaged";
  const saved = await savedNetwork(file.value, known);
  if (!saved.ok) return saved.diagnostics[0]?.message ?? "they are damaged";
  const weights = ownWeights(saved.value.model, model, known);
  if (weights === null) return "the layers are others than those of its `.net` file";
  const bundle = foreignRun({ ...file.value, weights }, imported);
  const stated = texts[OWN_WEIGHTS];
  const isChanged = stated !== undefined && stated !== weightsHash(weights);
  const warnings = isChanged
    ? [
        projectWarning("NW0884", `the weights in \`${imported.file}\` are not those that Netwright wrote`, [
          "They were changed since, or the format holds them in another form; they were taken as they are.",
        ]),
      ]
    : [];
  return { value: { net: file.value.sources[0]?.text ?? "", bundle }, warnings };
}

function strangeTexts(file: string, why: string): Diagnostic {
  return projectWarning("NW0884", `what Netwright wrote beside the layers of \`${file}\` does not fit them`, [
    `${why.charAt(0).toUpperCase()}${why.slice(1)}${/[.!?]$/.test(why) ? "" : "."}`,
    "It was imported by its layers alone: scaling, words and units are those of the file of the model.",
  ]);
}

/** `other`: what the file is instead, and what to do with it. */
function unknownFormat(file: string, other: NotRead | null): Diagnostic {
  const known = Object.entries(readers).map(
    ([name, { title, endings }]) => `${title} (${endings.join(", ")}): \`${name}\``,
  );
  return projectError(
    "NW0881",
    `\`${file}\` is in no format that is imported`,
    [
      ...(other === null ? [] : [other.says]),
      `Formats: ${known.join("; ")}.`,
      ...(other?.isCertain === true ? [] : ["`--kind NAME` says which one it is, in JavaScript `format`."]),
    ],
    undefined,
  );
}
