// Several loaded models as one, which predicts by their mean and is measured by what they predict together.

import {
  fitIntervals,
  guessOf,
  intervalsOf,
  labelSeparator,
  type SavedInterval,
  type Split,
  setOf,
  whenLoaded,
} from "@netwright/data";
import { at } from "@netwright/definitions";
import type { Diagnostic } from "@netwright/lang";
import type { Predicted } from "@netwright/runtime";
import type { EvaluatedTable, LoadedModel, OpenedModel } from "../model/loaded-model.ts";
import { type Prediction, timeIn } from "../model/predictions.ts";
import { projectError } from "../project/diagnostics.ts";
import { accept, type Checked, reject } from "../project/result.ts";
import { answerOf, spreadBetween, together } from "./ensemble.ts";
import { jointIntervals } from "./joint-intervals.ts";
import { meanOf } from "./spread.ts";
import { apartOf, viewsJoined, viewTogether } from "./view-together.ts";

export interface ModelsTogether extends LoadedModel {
  /** Places of the models that have no interval, or set, where others have one: together they then have none. */
  readonly lacking: readonly number[];
  /** Each group on rows of its own; all rows are then measured together, each as often as it is there. */
  readonly evaluateApart: (groups: readonly RowsOfModels[]) => Promise<Checked<EvaluatedTable>>;
  /**
   * Intervals around what all predict, as wide as they are apart, from rows that none of them has learned from; null where the
   * models have none of their own, for classes, and for one model alone.
   */
  readonly learnIntervals: (split: Split) => Promise<readonly SavedInterval[] | null>;
}

/** Rows, and which of the models predict them together. */
export interface RowsOfModels {
  readonly split: Split;
  readonly members: readonly number[];
}

export interface TogetherOptions {
  /** Whether each prediction has beside it how far the models are apart. */
  readonly spread?: boolean;
  /** What was learned of all of them together. */
  readonly intervals?: readonly SavedInterval[] | null;
}

/**
 * Problems: NW0732 where models do not predict the same thing, and where the intervals are of another.
 */
export function modelsTogether(
  members: readonly OpenedModel[],
  { spread = false, intervals: saved = null }: TogetherOptions = {},
): Checked<ModelsTogether> {
  const first = at(members, 0);
  const other = members.findIndex((one) => asked(one) !== asked(first));
  if (other > 0)
    return reject([
      projectError(
        "NW0732",
        `the models of the study do not predict the same: model ${other + 1} has other columns or another kind of target than the first`,
        ["Study anew, or predict with the runs one by one."],
        undefined,
      ),
    ]);
  const intervals = saved === null ? null : jointIntervals(saved, first.encoders);
  if (intervals === null && saved !== null)
    return reject([
      projectError(
        "NW0732",
        "the intervals that the study has learned are not of what its models predict",
        ["Study anew, or predict with the runs one by one."],
        undefined,
      ),
    ]);
  const answer = answerOf(
    members.map(({ encoders }) => encoders),
    intervals,
  );
  const { probabilities: shares } = first;

  const predictedBy = async (each: readonly RowsOfOne[]): Promise<Predicted | null> => {
    const found = await predictedByEach(each);
    if (found.length === 0) return null;
    const { threshold, least } = answerOf(each.map(({ member }) => member.encoders));
    const views = found.map(({ view }) => view);
    return {
      view: viewTogether(views, { ...answer, threshold, least }, shares),
      loss: meanOf(found.map(({ loss }) => loss)),
      encoded: NOTHING,
    };
  };
  const evaluateApart = async (groups: readonly RowsOfModels[]): Promise<Checked<EvaluatedTable>> => {
    const found: Predicted[] = [];
    for (const { split, members: places } of groups) {
      const predicted = await predictedBy(places.map((place) => ({ member: at(members, place), split })));
      if (predicted !== null) found.push(predicted);
    }
    if (found.length === 0) return first.parts.conclude(null, null, "test rows");
    const view = viewsJoined(found.map((of) => of.view));
    const loss = lossOfAll(found);
    // Each group has the mean of other training rows to be held to.
    const split = groups.length === 1 ? at(groups, 0).split : null;
    return first.parts.conclude({ view, loss, encoded: NOTHING }, split, "test rows");
  };
  const learnIntervals = async (split: Split): Promise<readonly SavedInterval[] | null> => {
    const own = intervalsOf(first.encoders);
    const share = own?.[0]?.share;
    if (own === null || share === undefined || members.length < 2) return null;
    const found = await predictedByEach(members.map((member) => ({ member, split })));
    if (found.length === 0) return null;
    const views = found.map(({ view }) => view);
    const {
      prediction,
      spread: mixed,
      target,
      weights,
    } = viewTogether(views, { ...answer, intervals: null }, shares);
    const core = { lower: prediction, upper: prediction, spread: mixed ?? apartOf(views) };
    return fitIntervals(core, target, weights ?? null, share, own);
  };
  const { parts: _, ...ofFirst } = first;

  return accept({
    ...ofFirst,
    lacking: intervals === null ? lackingOf(members) : [],
    classes: answer.classes,
    spread: ofFirst.spread || intervals !== null,
    evaluate: async (table) => {
      const each: RowsOfOne[] = [];
      const said: Diagnostic[] = [];
      for (const member of members) {
        const labelled = await whenLoaded(() => member.parts.label(table));
        if (!labelled.ok) return labelled;
        // What the first says of the rows, the others say again.
        if (member === first) said.push(...labelled.diagnostics);
        each.push({ member, split: labelled.value });
      }
      const { split } = at(each, 0);
      if (each.some((one) => one.split.rows !== split.rows)) return reject([otherRows()]);
      const evaluated = first.parts.conclude(
        await predictedBy(each),
        areOfSameRows(members) ? split : null,
        "rows given",
      );
      const all = [...said, ...evaluated.diagnostics];
      return evaluated.ok ? accept(evaluated.value, all) : reject(all);
    },
    evaluateTest: (split) => evaluateApart([{ split, members: members.map((_, place) => place) }]),
    evaluateApart,
    learnIntervals,
    predict: (input) => {
      const all = members.map((member) => member.predict(input));
      const refused = all.find(({ ok }) => !ok);
      if (refused?.ok === false) return refused;
      const ofAll = all.map((predicted) => (predicted.ok ? predicted.value : []));
      const rows = at(ofAll, 0).map((_, row) => ofAll.map((of) => at(of, row)));
      const predictions = rows.map((of): Prediction => {
        const one = { ...timeIn(at(of, 0), first.encoders), ...together(of, answer) };
        return spread && !("spread" in one) ? { ...one, spread: spreadBetween(of, answer) } : one;
      });
      // What the first says of the rows, the others say again.
      return accept(predictions, at(all, 0).diagnostics);
    },
    dispose: () => {
      for (const member of members) member.dispose();
    },
  });
}

function lackingOf(members: readonly OpenedModel[]): readonly number[] {
  const lacking = members.flatMap(({ encoders }, place) =>
    intervalsOf(encoders) === null && setOf(encoders) === null ? [place] : [],
  );
  return lacking.length === members.length ? [] : lacking;
}

/** Without rows there is nothing. */
async function predictedByEach(each: readonly RowsOfOne[]): Promise<readonly Predicted[]> {
  const found: Predicted[] = [];
  for (const { member, split } of each) {
    const predicted = await member.parts.predictSplit(split);
    if (predicted !== null) found.push(predicted);
  }
  return found;
}

/** Rows as numbers for one of the models. */
interface RowsOfOne {
  readonly member: OpenedModel;
  readonly split: Split;
}

/** Of the rows of all groups, each of which counts as in its own. */
function lossOfAll(groups: readonly Predicted[]): number {
  const weights = groups.map(({ view: { rows, weights } }) => weights?.reduce((a, b) => a + b, 0) ?? rows);
  const sum = groups.reduce((all, { loss }, i) => all + at(weights, i) * loss, 0);
  return sum / weights.reduce((a, b) => a + b, 0);
}

/** Whether what predicts the same for every row is the same for all: models of folds have the mean of other training rows each. */
function areOfSameRows(members: readonly LoadedModel[]): boolean {
  const guesses = new Set(members.map(({ encoders }) => JSON.stringify(guessOf(encoders))));
  return guesses.size === 1;
}

function otherRows() {
  return projectError(
    "NW0732",
    "the models of the study leave other rows of the table out, so they cannot be measured together",
    ["Evaluate the runs one by one."],
    undefined,
  );
}

/** Models together give what is seen, and no network gives it encoded. */
const NOTHING = new Float32Array(0);

/** What a model is asked and what it answers, as text to be compared. */
function asked({
  features,
  target,
  classes,
  quantiles,
  spread,
  probabilities,
  encoders,
}: LoadedModel): string {
  const many = labelSeparator(encoders);
  const { window = null } = encoders.fitted;
  return JSON.stringify([features, target, classes === null, many, quantiles, spread, probabilities, window]);
}
