// Definitions of a user's own whose functions are held to what they have to give: what is not of the type that TypeScript
// would ask for is an error where it is made, and not a riddle somewhere later. Who watches them tells of it.

import type { Definitions, Layer, Loss, Variable } from "@netwright/compiler";
import type { ColumnType, DataDefinitions, MissingPolicy, Splitter } from "@netwright/data";
import { type Chosen, isShapeProblem, quote, splitNames, type ValueType } from "@netwright/definitions";
import { type TensorType, tensor } from "@netwright/ir";
import type { Metric } from "@netwright/runtime";
import { isValue, kindOf, requireName, requireNumber, requireObject, requireValue } from "./require.ts";

export function soundLayer(layer: Layer, known: Pick<Definitions, "initializer">): Layer {
  return {
    ...layer,
    output: (inputs, args) => {
      const made = layer.output(inputs, args);
      requireObject(made, "a type, or `{ problem }`");
      if (!isShapeProblem(made)) requireShape(made.shape);
      return made;
    },
    parts: (args) => requireObject(layer.parts(args), "parts, such as `plainParts`"),
    variables: (inputs, args) => {
      const made = layer.variables(inputs, args);
      if (!Array.isArray(made)) throw new Error(`it gives ${kindOf(made)}, expected a list of variables`);
      made.forEach((variable, i) => {
        requireVariable(variable, known);
        if (made.findIndex(({ name }) => name === variable.name) < i)
          throw new Error(`there are two variables ${quote(variable.name)}`);
      });
      return made;
    },
    mask:
      layer.mask &&
      ((context, inputs, args) => {
        const made = layer.mask?.(context, inputs, args) ?? null;
        if (made === null) return made;
        if (!isValue(made))
          throw new Error(`it gives ${kindOf(made)}, expected a value of the builder, or null`);
        const [rows = 0, steps = 0] = made.type.shape;
        return requireValue(made, tensor("pred", [rows, steps]), "a mask is");
      }),
    build: (context, inputs, args) => {
      const [rows = 0] = inputs[0].type.shape;
      return requireValue(layer.build(context, inputs, args), inRows(rows, context.output), "`output` says");
    },
  };
}

export function soundLoss(loss: Loss): Loss {
  return {
    ...loss,
    build: (b, output, target, args, now) => {
      const [rows = 0] = output.type.shape;
      const made = loss.build(b, output, target, args, now);
      return requireValue(made, tensor("f32", [rows]), "the losses of the rows are");
    },
  };
}

/** A number that is none, or has no end, is no measure: the metric is not defined there. */
export function soundMetric(metric: Metric): Metric {
  return {
    ...metric,
    compute: (view, args) => {
      const made = metric.compute(view, args);
      if (made !== null && typeof made !== "number")
        throw new Error(`it gives ${kindOf(made)}, expected a number, or null where there is none`);
      return made !== null && Number.isFinite(made) ? made : null;
    },
  };
}

/** No row is dealt out twice, and none that there is not. */
export function soundSplitter(splitter: Splitter): Splitter {
  return {
    ...splitter,
    deal: (rows, args) => {
      const made = requireObject(splitter.deal(rows, args), "`{ train, validation, test }`, or a problem");
      if ("code" in made) return made;
      const dealt = new Set<number>();
      for (const name of splitNames) {
        const positions: unknown = made[name];
        if (!(positions instanceof Int32Array))
          throw new Error(`${quote(name)} is ${kindOf(positions)}, expected an Int32Array of rows`);
        for (const row of positions) {
          if (row < 0 || row >= rows.kept.length)
            throw new Error(`there is no row ${row}, of ${rows.kept.length}`);
          if (dealt.has(row)) throw new Error(`row ${row} is dealt out twice`);
          dealt.add(row);
        }
      }
      return made;
    },
  };
}

export function soundMissing(policy: MissingPolicy): MissingPolicy {
  const { fill, fillWord } = policy;
  return {
    ...policy,
    fill: fill && ((present, args) => requireNumber(fill(present, args))),
    fillWord:
      fillWord &&
      ((present, args) => {
        const made = fillWord(present, args);
        if (typeof made !== "string") throw new Error(`it gives ${kindOf(made)}, expected a word`);
        return made;
      }),
  };
}

export function soundColumn(
  column: ColumnType,
  { encoder, missing }: Pick<DataDefinitions, "encoder" | "missing">,
): ColumnType {
  return {
    ...column,
    encoder: (args, scale) => requireChosen(column.encoder(args, scale), encoder, "encoder"),
    missing: (args) => requireChosen(column.missing(args), missing, "rule for missing values"),
  };
}

function requireChosen<C extends Chosen | null>(
  made: C,
  known: ReadonlyMap<string, unknown>,
  what: string,
): C {
  if (made === null) return made;
  requireName(requireObject(made, "`{ name, args }`, or null").name, known, what);
  return made;
}

function requireShape(shape: unknown): void {
  const isShape = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
  if (!isShape) throw new Error(`[${String(shape)}] is no shape, expected whole numbers from 0`);
}

function requireVariable(variable: Variable, { initializer }: Pick<Definitions, "initializer">): void {
  requireObject(variable, "variables, as `weight` and `statistic` make them");
  const { name, shape } = variable;
  if (typeof name !== "string" || !/^\w+$/.test(name))
    throw new Error(`${quote(String(name))} is no name of a variable, expected letters, digits and \`_\``);
  requireShape(shape);
  const start: unknown = variable.initializer;
  const isNamed = typeof start === "object" && start !== null && "name" in start;
  if (!isNamed) throw new Error(`the variable ${quote(name)} has no initializer`);
  requireName(start.name, initializer, "initializer");
}

function inRows(rows: number, { kind, shape }: ValueType): TensorType {
  return tensor(kind === "number" ? "f32" : "i32", [rows, ...shape]);
}
