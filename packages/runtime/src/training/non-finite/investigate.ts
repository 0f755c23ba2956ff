// Finds out where the first number that is not finite came from, and the last state without one. A state is
// kept from the start of some epochs only; the steps since then are repeated, which gives the same bits.

import { rowsOf, type Split } from "@netwright/data";
import type { NamedTensors } from "../../backend/backend.ts";
import { evaluateRows } from "../../evaluation/evaluate-chunks.ts";
import { createBreather } from "../../pause/breather.ts";
import { type BatchFeed, stepOn } from "../batch-feed.ts";
import type { TrainingPlan } from "../plan.ts";
import { weightNames } from "../weights-of.ts";
import type { NonFiniteCause, NonFiniteFailure } from "./failure.ts";
import { firstNonFinite, largestMagnitude, nonFiniteDatum, nonFiniteLayer } from "./find.ts";

/** Before step `step` (from 0) of an epoch. */
interface Place {
  readonly epoch: number;
  readonly step: number;
}

/** The state at a place. */
export interface Snapshot extends Place {
  readonly state: NamedTensors;
}

/**
 * Where it was noticed:
 * - `step`: the loss of step `step` (from 0)
 * - `state`: the state after `step` steps
 * - `validation`: the validation loss after `step` steps, in the chunk of `rows` rows from `start`
 */
export type Sighting =
  | { readonly at: "step" | "state"; readonly step: number }
  | { readonly at: "validation"; readonly step: number; readonly start: number; readonly rows: number };

export interface Finding {
  readonly failure: NonFiniteFailure;
  readonly lastGood: NamedTensors;
}

/** Weights beyond this are taken as a sign that training diverges: a trained network's are mostly below 100. */
const GROWN = 1e6;

/** `epoch` is that of the sighting. Leaves the executable with some state of these steps. */
export async function investigate(
  plan: TrainingPlan,
  feed: BatchFeed,
  snapshot: Snapshot,
  epoch: number,
  sighting: Sighting,
): Promise<Finding> {
  const { executable, splits } = plan;
  const names = weightNames(plan.variables);

  function finding(
    lastGood: NamedTensors,
    cause: NonFiniteCause,
    during: NonFiniteFailure["during"],
    step: number,
    found: Partial<Pick<NonFiniteFailure, "layer" | "variable" | "datum" | "epoch">>,
  ): Finding {
    const magnitude = largestMagnitude(lastGood, names);
    const largestWeight = Number.isFinite(magnitude) ? magnitude : null;
    const none = { layer: null, variable: null, datum: null };
    return { lastGood, failure: { cause, during, epoch, step, ...none, ...found, largestWeight } };
  }

  const before = firstNonFinite(snapshot.state);
  if (before !== null) {
    return finding(snapshot.state, "initial_weights", "start", snapshot.step, { variable: before });
  }
  const replay = await repeatSteps(plan, feed, snapshot, { epoch, step: sighting.step });
  if (replay.bad !== null) {
    const { variable, place } = replay.bad;
    const rows = feed.rows(place.epoch, place.step);
    const after = place.step + 1;
    const datum = nonFiniteDatum(splits.train, rows);
    if (datum !== null) {
      return finding(replay.good, "data", "update", after, { datum, variable, epoch: place.epoch });
    }
    // The executable still holds the state that is not finite, so the layers show where it matters.
    const layer = await layerOf(plan, splits.train, rows);
    return finding(replay.good, "update", "update", after, { variable, layer, epoch: place.epoch });
  }

  const { good } = replay;
  if (sighting.at === "state") return finding(good, "unrepeatable", "update", sighting.step, {});
  const during = sighting.at;
  const step = during === "step" ? sighting.step + 1 : sighting.step;
  const { split, rows } = suspects(plan, feed, epoch, sighting);
  const datum = nonFiniteDatum(split, rows);
  if (datum !== null) return finding(good, "data", during, step, { datum });
  const layer = await layerOf(plan, split, rows);
  const grown = largestMagnitude(good, names) > GROWN;
  if (layer !== null) return finding(good, grown ? "growth" : "overflow", during, step, { layer });
  const loss =
    sighting.at === "validation"
      ? evaluateRows(executable, rowsOf(split), plan.evaluateBatch, sighting.start, sighting.rows).loss
      : stepOn(executable, feed, epoch, sighting.step);
  if (Number.isFinite(loss)) return finding(good, "unrepeatable", during, step, {});
  return finding(good, grown ? "growth" : "loss", during, step, {});
}

/** The first layer that is not finite for these rows, with the weights that the executable holds. */
async function layerOf(
  { executable, tracer }: TrainingPlan,
  split: Split,
  rows: Uint32Array,
): Promise<string | null> {
  if (tracer === undefined) return null;
  const traced = await tracer.compile();
  try {
    // Layers read weights, and nothing that only training needs.
    const known = traced.readState();
    traced.writeState(new Map([...executable.readState()].filter(([name]) => known.has(name))));
    return nonFiniteLayer(traced, rowsOf(split), rows, tracer.rows);
  } finally {
    traced.dispose();
  }
}

/**
 * Repeats the steps from the snapshot up to `end`. Without trouble `good` is the state before `end`, which
 * the executable then holds. Otherwise `good` is the last finite state `bad` the step after it, whose result
 * the executable then holds.
 */
async function repeatSteps(
  { executable }: TrainingPlan,
  feed: BatchFeed,
  snapshot: Snapshot,
  end: Place,
): Promise<{
  good: NamedTensors;
  bad: { variable: string; place: Place } | null;
}> {
  const breathe = createBreather();
  const { state } = snapshot;
  executable.writeState(state);
  for (const { epoch, step } of placesBetween(snapshot, end, feed.steps)) {
    stepOn(executable, feed, epoch, step);
    await breathe();
  }
  const reached = executable.readState();
  if (firstNonFinite(reached) === null) return { good: reached, bad: null };

  // Once more, looking after each step: reading the state is what makes this slow.
  let good = state;
  executable.writeState(state);
  for (const place of placesBetween(snapshot, end, feed.steps)) {
    stepOn(executable, feed, place.epoch, place.step);
    await breathe();
    const next = executable.readState();
    const variable = firstNonFinite(next);
    if (variable !== null) return { good, bad: { variable, place } };
    good = next;
  }
  return { good, bad: null };
}

function* placesBetween(from: Place, end: Place, steps: number): Generator<Place> {
  for (let epoch = from.epoch; epoch <= end.epoch; epoch++) {
    const last = epoch === end.epoch ? end.step : steps;
    for (let step = epoch === from.epoch ? from.step : 0; step < last; step++) yield { epoch, step };
  }
}

/** The rows for which the loss was not finite. */
function suspects(
  { splits }: TrainingPlan,
  feed: BatchFeed,
  epoch: number,
  sighting: Sighting,
): { readonly split: Split; readonly rows: Uint32Array } {
  if (sighting.at !== "validation") {
    return { split: splits.train, rows: feed.rows(epoch, sighting.step) };
  }
  const { start, rows: count } = sighting;
  return { split: splits.validation, rows: Uint32Array.from({ length: count }, (_, i) => start + i) };
}
