// What a saved model makes of one row inside: the output of every layer, and how much attention takes of which step.

import { ATTENTION, lower, shownName } from "@netwright/compiler";
import { inputsOf, type OpenColumn, rowsOf, wordsInSequence } from "@netwright/data";
import { count, lookUp, quote, type Shape } from "@netwright/definitions";
import { outputsOf } from "@netwright/ir";
import { compile, withoutShapes } from "@netwright/runtime";
import type { Subject } from "../influence/subject.ts";
import { decodingOf } from "../model/decoding.ts";
import { type Prediction, predictionsOf } from "../model/predictions.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";

/** Numbers of a shape without the batch, row-major. */
export interface InsideValue {
  readonly name: string;
  readonly shape: Shape;
  readonly values: Float32Array;
}

export interface Inside {
  /** Of the row, counted from 1 behind the header. */
  readonly row: number;
  readonly prediction: Prediction;
  /** As the network is given them: scaled, words as their numbers. */
  readonly inputs: readonly InsideValue[];
  /** The output of each, in order. */
  readonly layers: readonly InsideValue[];
  /** Under the name of its layer what each query takes of each value: [heads, steps of the queries, of the values]. */
  readonly attention: readonly InsideValue[];
  /** The words of the row, where one of its inputs is a text in words; null where none is, or several. */
  readonly text: TextInside | null;
}

export interface TextInside {
  /** "?" is a word that training did not have. */
  readonly words: readonly string[];
  /** What the network is given, padding too. */
  readonly steps: number;
}

/** The row of that number in the table. Problems: NW0870 where it is not among the rows. */
export async function lookInside(
  { file, saved, split, backend, options = {} }: Subject,
  row: number,
): Promise<Checked<Inside>> {
  const { model, encoders, catalog } = saved;
  const place = split.rowNumbers.indexOf(row);
  if (place < 0) return reject([noRow(row, split.rowNumbers)]);
  const program = lower(model, { trace: [1], predict: [1], definitions: catalog.compiler });
  const executable = await compile(backend, program, options);
  try {
    executable.writeState(withoutShapes(file.weights));
    const { inputs, outputs, run, func } = executable.invocation("trace", 1);
    const store = rowsOf(split);
    const order = Uint32Array.of(place);
    store.gather(order, 0, 1, inputs);
    run();
    const types = new Map(outputsOf(func).map(({ name, value }) => [name, value.type]));
    const resultOf = (result: string, name = result): InsideValue => ({
      name,
      shape: lookUp(types, result).shape.slice(1),
      values: Float32Array.from(lookUp(outputs, result)),
    });
    const given = model.inputs.map(({ name, type }) => ({
      name,
      shape: type.shape,
      values: Float32Array.from(lookUp(inputs, name)),
    }));
    // Copied before anything else runs, which may use their memory.
    const layers = model.nodes.map(({ name }) => resultOf(name));
    const attention = model.nodes.flatMap(({ name }) => {
      const shown = shownName(name, ATTENTION);
      return types.has(shown) ? [resultOf(shown, name)] : [];
    });
    const predict = executable.invocation("predict", 1);
    store.gather(order, 0, 1, predict.inputs);
    predict.run();
    const y = Float32Array.from(lookUp(predict.outputs, "prediction"));
    const [prediction = {}] = predictionsOf(decodingOf(saved), y, 1);
    return accept({
      row,
      prediction,
      inputs: given,
      layers,
      attention,
      text: textIn(encoders.features, given),
    });
  } finally {
    executable.dispose();
  }
}

function textIn(features: readonly OpenColumn[], given: readonly InsideValue[]): TextInside | null {
  const texts = inputsOf(features).flatMap(({ name, columns: [only, ...others] }): TextInside[] => {
    const input = given.find((one) => one.name === name);
    if (only === undefined || others.length > 0 || input === undefined) return [];
    const [steps, more] = input.shape;
    // Of a window each row has a text of its own.
    if (steps === undefined || more !== undefined) return [];
    const words = wordsInSequence(only.column.fitted, input.values);
    return words === null ? [] : [{ words, steps }];
  });
  const [text] = texts;
  return text === undefined || texts.length > 1 ? null : text;
}

function noRow(row: number, known: Int32Array) {
  const some = [...known.subarray(0, 5)].join(", ");
  const note = `Rows are counted from 1 behind the header. There ${known.length === 1 ? "is" : "are"} ${count(known.length, "row")} here, the first ${some}.`;
  return projectError(
    "NW0870",
    `row ${quote(String(row))} is not among the rows that are looked at`,
    [note],
    undefined,
  );
}
