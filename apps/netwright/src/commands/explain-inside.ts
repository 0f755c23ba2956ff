// `netwright explain RUN --filters`, `--activations ROW` and `--attention ROW`: what a saved model has learnt, and what it makes of a row.

import { whenLoaded } from "@netwright/data";
import { at, count, listNames } from "@netwright/definitions";
import { type Grid, squaresSvg } from "@netwright/plot";
import {
  accept,
  type Checked,
  explain,
  findBackend,
  findFilters,
  fromOutcome,
  type Inside,
  labelledRows,
  lookInside,
  projectError,
  reject,
  type Subject,
} from "netwright";
import { attentionGrids, filterGrids, valueGrids } from "../output/inside-grids.ts";
import { activationsText, attentionText, filtersText } from "../output/inside-text.ts";
import { svgToPng } from "../output/svg-to-png.ts";
import { guarded, type ReadRun, readingOfRun, readSavedRun, runFiles } from "../project/open-run.ts";
import { ownSplits } from "../project/own-test-rows.ts";
import { readTable } from "../project/read-table.ts";
import { blockedOutputs, writeOutput } from "../project/write-output.ts";
import { type BackendOptions, type CommonOptions, type ForceOption, threadsOf } from "../usage/options.ts";
import { type CommandResult, done, failed, failedWith } from "../usage/result.ts";
import type { Session } from "../usage/session.ts";

export interface InsideOptions extends CommonOptions, Partial<BackendOptions>, Partial<ForceOption> {
  /** Of the layer of that name, or with `true` of all. */
  readonly filters?: string | true;
  readonly activations?: number;
  readonly attention?: number;
  readonly layer?: string;
  readonly output?: string;
  readonly data?: string;
  readonly allow?: readonly string[];
}

/** What is told in words, as data and as a picture. */
interface Told {
  readonly text: string;
  readonly json: object;
  readonly grids: readonly Grid[];
  /** What the picture shows. */
  readonly title: string;
}

export async function explainInside(
  session: Session,
  run: string,
  options: InsideOptions,
): Promise<CommandResult> {
  const { output, force = false } = options;
  const saved = await readSavedRun(run);
  if (!saved.ok) return failedWith(session, saved);
  const { data } = options;
  const rule = { force, inputs: [...runFiles(run, saved), ...(data === undefined ? [] : [data])] };
  const blocked = output === undefined ? [] : blockedOutputs([output], rule);
  if (blocked.length > 0) return failed(session, blocked);
  const told = await toldOf(saved.value, run, options, session);
  if (!told.ok) return failedWith(session, told);
  session.report(told.diagnostics, told.sources);
  const { text, json, grids, title } = told.value;
  if (output === undefined) return done(text, { run, ...json });
  const svg = squaresSvg(grids, { title });
  const problem = writeOutput(output, /\.svg$/i.test(output) ? svg : await svgToPng(svg), rule);
  if (problem !== null) return failed(session, [problem]);
  return done(`${text}Saved the picture as ${output}\n`, { run, ...json, file: output });
}

async function toldOf(
  read: ReadRun,
  run: string,
  options: InsideOptions,
  session: Session,
): Promise<Checked<Told>> {
  const { study, saved, bundle } = read;
  if (study !== null) return reject([severalModels(run, study)]);
  if (options.filters === undefined) {
    const row = options.activations ?? options.attention ?? 1;
    const inside = await insideRow(read, run, row, options, session);
    if (!inside.ok) return inside;
    return options.attention === undefined
      ? activationsTold(inside.value, read, options.layer, session)
      : attentionTold(inside.value, session);
  }
  const layer = options.filters === true ? undefined : options.filters;
  const found = await findFilters(saved, bundle.model, layer);
  if (!found.ok) return found;
  const layers = found.value;
  // A picture has one scale: that of one layer.
  const first = at(layers, 0);
  return accept({
    text: layers.map((one) => filtersText(one, session)).join("\n"),
    json: {
      filters: layers.map(({ filters, ...of }) => ({ ...of, filters: filters.map((one) => [...one]) })),
    },
    grids: filterGrids(first),
    title: `the ${count(first.filters.length, "filter")} of ${first.layer}`,
  });
}

function attentionTold(inside: Inside, session: Session): Checked<Told> {
  const { attention, row, prediction } = inside;
  if (attention.length === 0)
    return reject([
      nothing(
        "the model has no attention",
        "Layers with attention are `multi_head_attention` and blocks with it.",
      ),
    ]);
  return accept({
    text: attentionText(inside, session),
    json: {
      row,
      prediction,
      words: inside.text?.words ?? null,
      attention: attention.map(({ values, ...of }) => ({ ...of, values: [...values] })),
    },
    grids: attention.flatMap((one) => attentionGrids(one, inside)),
    title: `what each step of row ${row} takes of which, a line each, by ${count(attention.length, "layer")} with attention`,
  });
}

/** The picture shows the input, where that is a picture, and one layer. */
function activationsTold(
  inside: Inside,
  { saved: { model, catalog } }: ReadRun,
  layer: string | undefined,
  session: Session,
): Checked<Told> {
  const { row, prediction, layers, inputs } = inside;
  const weighted = explain(model, { catalog }).layers.find(({ parameters }) => parameters > 0);
  const name = layer ?? weighted?.name;
  const shown = layers.find((one) => one.name === name);
  if (shown === undefined) {
    const known = listNames(
      layers.map((one) => one.name),
      20,
    );
    return reject([
      nothing(
        name === undefined ? "no layer of the model has weights" : `the model has no layer \`${name}\``,
        `There are ${known}.`,
      ),
    ]);
  }
  return accept({
    text: activationsText(inside, session),
    json: {
      row,
      prediction,
      activations: layers.map(({ values, ...of }) => ({ ...of, values: [...values] })),
    },
    grids: [
      ...inputs
        .filter(({ shape }) => shape.length > 1)
        .flatMap((input) => valueGrids(inputs.length === 1 ? { ...input, name: "input" } : input)),
      ...valueGrids(shown),
    ],
    title: `row ${row}, and what ${shown.name} makes of it`,
  });
}

async function insideRow(
  read: ReadRun,
  run: string,
  row: number,
  { data, backend: choice, allow = [], ...options }: InsideOptions,
  session: Session,
): Promise<Checked<Inside>> {
  const { bundle, saved } = read;
  const found =
    data === undefined ? await ownSplit(read, run, row, allow) : await splitOf(read, data, session);
  if (!found.ok) return found;
  const backend = fromOutcome(await findBackend(choice));
  if (!backend.ok) return backend;
  const subject = {
    file: bundle.model,
    saved,
    split: found.value,
    backend: backend.value,
    options: threadsOf(options),
  };
  const inside = await guarded(() => lookInside(subject, row));
  return inside.ok ? accept(inside.value, found.diagnostics, found.sources) : inside;
}

/** The rows of the run's own table among which the row is: those of training, validation or test. */
async function ownSplit(
  { bundle }: ReadRun,
  run: string,
  row: number,
  allow: readonly string[],
): Promise<Checked<Subject["split"]>> {
  const own = await ownSplits(bundle, run, allow);
  if (!own.ok) return own;
  const { splits, learned } = own.value;
  const all = [learned, splits.validation, splits.test];
  const found = all.find(({ rowNumbers }) => rowNumbers.includes(row));
  if (found !== undefined) return accept(found);
  const rows = all.reduce((sum, split) => sum + split.rows, 0);
  const last = Math.max(...all.map(({ rowNumbers }) => rowNumbers.at(-1) ?? 0));
  return reject([
    nothing(
      `row ${row} is none of the ${count(rows, "row")} that the run was trained, validated and tested on`,
      `Rows are counted from 1 behind the header, and the last of these is ${last}; what was left out, and the first rows of a window, are not among them.`,
    ),
  ]);
}

async function splitOf(read: ReadRun, data: string, session: Session): Promise<Checked<Subject["split"]>> {
  const table = await readTable(data, session.io, readingOfRun(accept(read)));
  if (!table.ok) return table;
  return whenLoaded(() => labelledRows(read.saved, table.value));
}

function nothing(message: string, note: string) {
  return projectError("NW0870", message, [note], undefined);
}

/** What is inside is that of one model. */
function severalModels(study: string, { runs }: NonNullable<ReadRun["study"]>) {
  return projectError(
    "NW0733",
    `the study \`${study}\` is ${count(runs.length, "model")}, and what is inside is asked of one`,
    [`Ask each run by itself, such as \`${runs[0]?.directory}\`.`],
    undefined,
  );
}
