// The weights of another run that a training begins with: of each layer that the run has by the same name, where all of its
// weights have the same shape. With `freeze`, it is transfer learning.

import { averageId, choiceOf, modelVariables } from "@netwright/compiler";
import { at, listNames, type Span, sameShape } from "@netwright/definitions";
import type { Program } from "@netwright/ir";
import type { Diagnostic, Model } from "@netwright/lang";
import {
  elementTypeOf,
  type NamedTensors,
  type RunBundle,
  type RunRecord,
  type TensorData,
  type Tensors,
} from "@netwright/runtime";
import { fromRuntime, projectError } from "../project/diagnostics.ts";
import type { Project } from "../project/open-project.ts";
import { accept, type Checked, reject } from "../project/result.ts";

export interface InitialWeights {
  /** The folder of the run, as messages name it. */
  readonly place: string;
  /** Of the run: over all that decided it, and over its weights. */
  readonly hash: { readonly run: string; readonly weights: string };
  /** What is written into the state before the first step, of what the state has. */
  readonly weights: NamedTensors;
  /** The layers that have them, in the order of the network. */
  readonly layers: readonly string[];
  /** The layers that begin as ever, though the run has them: why, as "`dense_1.kernel` is 8 x 4 here and 9 x 4 there". */
  readonly others: readonly string[];
}

type Asking = Pick<Project, "catalog" | "runAt">;

/**
 * Null where the file asks for none. What goes on has them in its checkpoint: `begun` is its record, and the run is not needed any
 * more. Problems: NW0850, NW0851, and those of a run that is read.
 */
export async function initialWeights(
  model: Model,
  { catalog, runAt }: Asking,
  begun?: Pick<RunRecord, "initial">,
): Promise<Checked<InitialWeights | null>> {
  const { initial_weights: path, spans = {} } = model.train ?? {};
  if (path === undefined) return accept(null);
  if (begun?.initial !== undefined)
    return accept({ place: path, ...begun.initial, weights: new Map(), others: [] });
  const span = spans["initial_weights"] ?? spans["train"];
  const read = await runAt?.(path);
  if (read === undefined)
    return reject([unopened(path, "runs are not read here, where there are no folders", FOLDERLESS, span)]);
  if (!read.ok) return reject([unopened(read.file, read.reason, REACH, span)]);
  if (!read.run.ok) return reject(read.run.problems.map((problem) => fromRuntime(problem, span)));
  const { value: run } = read.run;
  const found = fitting(model, run.model.weights, catalog);
  if (found.layers.length === 0) return reject([unfit(model, read.file, run, found.others, span)]);
  const { run: identity, weights } = run.record.hash;
  return accept({ place: read.file, hash: { run: identity, weights }, ...found });
}

function fitting(
  model: Model,
  there: Tensors,
  { compiler }: Asking["catalog"],
): Pick<InitialWeights, "weights" | "layers" | "others"> {
  const weights = new Map<string, TensorData>();
  const layers: string[] = [];
  const others: string[] = [];
  let learned = false;
  // Which members predict is chosen when training is done, by the weights that there are then.
  const chosen = choiceOf(model, compiler)?.id;
  const variables = modelVariables(model, compiler).filter(({ id }) => id !== chosen);
  for (const name of new Set(variables.map(({ node }) => node.name))) {
    const own = variables.filter(({ node }) => node.name === name);
    // Where an average predicts, that is what the run has learned.
    const found = own.map(({ id }) => there.get(averageId(id)) ?? there.get(id));
    if (found.every((tensor) => tensor === undefined)) continue;
    const misfit = own.findIndex(({ shape }, i) => {
      const tensor = found[i];
      return tensor === undefined || elementTypeOf(tensor.data) !== "f32" || !sameShape(tensor.shape, shape);
    });
    if (misfit >= 0) {
      const { id, shape } = at(own, misfit);
      const other = found[misfit];
      const that = other === undefined ? "absent" : shapeText(other.shape);
      others.push(`\`${id}\` is ${shapeText(shape)} here and ${that} there`);
      continue;
    }
    layers.push(name);
    learned ||= own.some(({ role }) => role === "weight");
    for (const [i, { id }] of own.entries()) {
      const tensor = found[i];
      if (tensor === undefined) continue;
      weights.set(id, tensor.data);
      // The program says of which weights there is one.
      weights.set(averageId(id), tensor.data);
    }
  }
  // Statistics without the weights behind them are of no use.
  return learned ? { weights, layers, others } : { weights: new Map(), layers: [], others };
}

function shapeText(shape: readonly number[]): string {
  return shape.length === 0 ? "a number" : shape.join(" x ");
}

const REACH = "A file begins with runs of its own folder, the current one, and those that `--allow` names.";
const FOLDERLESS = "Take `initial_weights` out to train here, or train with the command or in Node.";

function unopened(file: string, reason: string, note: string, span: Span | undefined): Diagnostic {
  return projectError(
    "NW0851",
    `the run \`${file}\` of the initial weights cannot be opened: ${reason}`,
    [note],
    span,
  );
}

function unfit(
  { nodes }: Model,
  place: string,
  { model: { weights } }: RunBundle,
  others: readonly string[],
  span: Span | undefined,
): Diagnostic {
  const there = new Set([...weights.keys()].map((name) => name.slice(0, name.lastIndexOf("."))));
  const own = nodes.filter((node) => node.weights === node.name).map(({ name }) => name);
  return projectError(
    "NW0850",
    `no layer has initial weights in the run \`${place}\``,
    [
      others.length === 0
        ? `The run has ${listNames([...there].sort())}, the network here ${listNames(own)}.`
        : `${others.slice(0, SHOWN).join("; ")}.`,
      "Layers are told by their names: `dense_1`, or the names of blocks and parts around them.",
    ],
    span,
  );
}

const SHOWN = 3;

/** Those that a program has among its state. */
export function weightsIn({ state }: Program, { weights }: InitialWeights): NamedTensors {
  return new Map(
    state.flatMap(({ name }) => {
      const own = weights.get(name);
      return own === undefined ? [] : [[name, own]];
    }),
  );
}
