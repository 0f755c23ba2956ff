// What the network predicts for rows, and with what spread, where the file asks how far its members are apart, or several passes in
// which numbers are dropped: Gal, Ghahramani 2016, "Dropout as a Bayesian Approximation". All passes have their numbers from the
// seed of the file, each the same for all rows.

import { lookUp, some } from "@netwright/definitions";
import { type Builder, sizeOf, tensor, type Value } from "@netwright/ir";
import type { Model, TrainSettings } from "@netwright/lang";
import { forAllMembers, type MemberShares, meanOfMembers, ofAllMembers } from "../losses/average.ts";
import type { Loss } from "../losses/loss.ts";
import { randomState, Sampler } from "../random/sampling.ts";
import { inputParameters } from "./feeds.ts";
import { forward } from "./forward.ts";
import { choiceOf } from "./members.ts";
import { type StateLayout, stateValue } from "./state.ts";

/** What is predicted for a batch of rows. */
export interface Predicted {
  /** What one network would give, of which the loss is taken. */
  readonly output: Value;
  /** [rows x columns], or with a spread [rows x 2 columns]: see `link` of a loss. */
  readonly prediction: Value;
}

/** Where a function is built. */
export interface Place {
  readonly b: Builder;
  readonly name: string;
  readonly layout: StateLayout;
  readonly variables: ReadonlyMap<string, Value>;
}

export function lossOf({ definitions }: StateLayout, { loss }: TrainSettings): Loss {
  return lookUp(definitions.loss, loss.name);
}

export function predicted(place: Place, model: Model, batch: number): Predicted {
  const { b, name, layout, variables } = place;
  const { train, report } = model;
  const inputs = inputParameters(b, model, batch);
  const context = { name, b, definitions: layout.definitions, variables, training: null };
  if (train !== null && report?.spread === "dropout") {
    const { samples: count = 1 } = report;
    const seed = b.literal(tensor("u32"), [train.seed]);
    const passes = { count, sampler: new Sampler(b, randomState(b, seed, "passes")) };
    const all = new Map([...inputs].map(([input, value]) => [input, forAllMembers(b, value, count)]));
    const each = averaged(place, model, forward({ ...context, passes }, model, all));
    const sizes = each.type.shape.slice(1);
    return together(b, lossOf(layout, train), train, b.reshape(each, [batch, count, sizeOf(sizes)]), null);
  }
  const given = forward(context, model, inputs);
  if (train !== null && report?.spread === "members")
    return together(b, lossOf(layout, train), train, given, sharesIn(place, model));
  const output = averaged(place, model, given);
  const prediction = train === null ? output : lossOf(layout, train).link(b, output, train.loss.args);
  return { output, prediction };
}

/** The mean of the members, where the network has several: predictions and their losses know only that. */
function averaged(place: Place, model: Model, output: Value): Value {
  const { b, layout } = place;
  const { outputs, train } = model;
  if (some(outputs)[0].members === undefined) return output;
  const shares = sharesIn(place, model);
  return train === null
    ? meanOfMembers(b, output, shares)
    : lossOf(layout, train).average(b, output, train.loss.args, shares);
}

/** What each member counts; null where all count alike. */
function sharesIn({ b, layout, variables }: Place, model: Model): MemberShares {
  const choice = choiceOf(model, layout.definitions);
  if (choice === null) return null;
  const chosen = stateValue(variables, choice.id);
  return b.divide(chosen, b.spread(b.sum(chosen), chosen.type.shape));
}

/**
 * What several, [rows x several x width], predict together, with their standard deviation behind it, if the loss does not say
 * by itself how far targets spread: what is between them is then part of that.
 */
function together(
  b: Builder,
  loss: Loss,
  { loss: { args } }: TrainSettings,
  each: Value,
  shares: MemberShares,
): Predicted {
  const output = loss.average(b, each, args, shares);
  const prediction = loss.link(b, output, args);
  if (loss.spread === true) return { output, prediction };
  const [rows = 0, several = 1] = each.type.shape;
  const columns = prediction.type.shape.slice(1);
  const all = b.reshape(loss.link(b, ofAllMembers(b, each), args), [rows, several, sizeOf(columns)]);
  return { output, prediction: b.concatenate([prediction, deviation(b, all, shares)], 1) };
}

/** Of a sample: with n of them the mean square of their distances from the mean counts n / (n - 1) times. */
function deviation(b: Builder, x: Value, shares: MemberShares): Value {
  const mean = meanOfMembers(b, x, shares);
  const apart = b.subtract(x, b.broadcastInDim(mean, x.type.shape, [0, 2]));
  const squares = meanOfMembers(b, b.multiply(apart, apart), shares);
  return b.sqrt(b.divide(squares, b.spread(othersIn(b, x, shares), squares.type.shape)));
}

/** 1 - 1 / n, where 1 / n is also the sum of the squares of equal shares; of one alone nothing is divided. */
function othersIn(b: Builder, x: Value, shares: MemberShares): Value {
  const [, several = 1] = x.type.shape;
  const own = shares === null ? b.scalar(1 / several) : b.sum(b.multiply(shares, shares));
  return b.maximum(b.subtract(b.scalar(1), own), b.scalar(LEAST));
}

const LEAST = 1e-6;
