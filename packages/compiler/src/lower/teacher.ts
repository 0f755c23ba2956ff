// Learning from a teacher: the loss of a row to its answer, and that beside the loss to the truth.

import { ANSWERED, TEACHER } from "@netwright/definitions";
import { type Builder, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { logShares } from "../losses/class-of-row.ts";
import type { Loss } from "../losses/loss.ts";
import { weighted } from "./weighted.ts";

/** What of a teacher is known of a batch. */
export interface Teaching {
  /** [rows x targets], encoded as these are; of classes logits, [rows x classes]. */
  readonly answers: Value;
  /** [rows x 2]: 1 where there is a truth, and where there is an answer, else 0. */
  readonly answered: Value;
}

/** `outputs` are the numbers that the network gives for a row. Null where there is no teacher. */
export function teachingParameters(
  b: Builder,
  { data }: Pick<Model, "data">,
  { target }: Pick<Loss, "target">,
  outputs: number,
  batch: number,
): Teaching | null {
  if (data?.teacher === undefined || data.teaches === false) return null;
  // One number stands for two classes.
  const width = target === "class" ? Math.max(outputs, 2) : outputs;
  return {
    answers: b.parameter(TEACHER, tensor("f32", [batch, width])),
    answered: b.parameter(ANSWERED, tensor("f32", [batch, 2])),
  };
}

/**
 * The loss of each row to the teacher's answer, [rows]; `output` is [rows x width]. Of numbers it is the loss to these. Of classes
 * T^2 sum p (log p - log q), p = softmax(z / T) and q = softmax(x / T): its gradient by x is T (q - p).
 * Source: Hinton, Vinyals, Dean 2015, "Distilling the Knowledge in a Neural Network".
 */
export function teacherLosses(
  b: Builder,
  loss: Loss,
  { loss: { args }, teacher_temperature: temperature = 1 }: TrainSettings,
  output: Value,
  answers: Value,
): Value {
  if (loss.target !== "class") return loss.build(b, output, answers, args);
  const [, width] = output.type.shape;
  const logits = width === 1 ? b.concatenate([b.like(output, 0), output], 1) : output;
  const p = logsOfShares(b, answers, temperature);
  const terms = b.multiply(b.exponential(p), b.subtract(p, logsOfShares(b, logits, temperature)));
  const divergence = b.sum(terms, [1]);
  return b.multiply(divergence, b.like(divergence, temperature ** 2));
}

function logsOfShares(b: Builder, x: Value, temperature: number): Value {
  const softened = temperature === 1 ? x : b.divide(x, b.like(x, temperature));
  const { shifted, total } = logShares(b, softened);
  return b.subtract(shifted, b.broadcastInDim(total, softened.type.shape, [0]));
}

/** Both losses of each row, [rows]: of one that has both by the share of the teacher, else the one that it has. */
export function withTeacher(
  b: Builder,
  truth: Value,
  teacher: Value,
  answered: Value,
  { teacher_share: share = 0.5 }: TrainSettings,
): Value {
  const [rows = 0] = truth.type.shape;
  const column = (i: number) => b.reshape(b.slice(answered, [0, i], [rows, i + 1]), [rows]);
  const [known, told] = [column(0), column(1)];
  // All but what the other counts of a row that has both.
  const rest = (of: Value, other: Value, part: number) => {
    const one = b.like(of, 1);
    return b.multiply(of, b.subtract(one, b.multiply(other, b.like(other, part))));
  };
  return b.add(
    weighted(b, truth, rest(known, told, share)),
    weighted(b, teacher, rest(told, known, 1 - share)),
  );
}
