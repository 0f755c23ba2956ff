// The nearest neighbours as a baseline: as many as are best on the validation rows.

import { grouped } from "@netwright/definitions";
import { firstKnown, type KnownRows, MANY_ROWS, MOST_DISTANCES, piecesOf } from "./known-rows.ts";
import { bestBy } from "./main-metric.ts";
import { nearestIn, neighbourPredictor, votes } from "./neighbours.ts";
import { layoutOfRows } from "./sparse-rows.ts";
import {
  type BaselineModel,
  CHOSEN,
  type LeftOutBaseline,
  measured,
  metricsOn,
  sampled,
  type Task,
} from "./task.ts";

/** More come first, so that of equally good numbers the smoother is taken. */
const NEIGHBOURS = [50, 20, 10, 5, 3, 1];
const NEAREST = 5;

/** Among fewer rows of a large table it would say nothing about neighbours. */
const FEWEST_ROWS = 500;

export function neighboursOf(task: Task, all: KnownRows): BaselineModel | LeftOutBaseline {
  const { prepared, measure, comparison, outputs } = task;
  const { validation, test } = prepared.splits;
  const perRow = (all.x.places.length / all.x.rows) * (2 * validation.rows + test.rows);
  const rows = Math.min(all.x.rows, MANY_ROWS, Math.floor(MOST_DISTANCES / Math.max(1, perRow)));
  if (rows < Math.min(all.x.rows, FEWEST_ROWS)) {
    const others = grouped(validation.rows + test.rows);
    return {
      name: "neighbours",
      why: `the distances of ${others} rows from the training rows take too long`,
    };
  }
  const known = firstKnown(all, rows);
  const areShares = measure.classes !== null;
  const possible = NEIGHBOURS.filter((k) => k <= known.x.rows);
  const most = possible[0] ?? 1;
  let k = possible.includes(NEAREST) ? NEAREST : most;
  const isChosen = validation.rows > 0 && comparison !== null;
  if (isChosen) {
    const [nearest, vote] = [nearestIn(known.x), votes(known, areShares)];
    const found: Int32Array[] = [];
    for (const piece of piecesOf(validation, layoutOfRows(prepared.encoders)))
      found.push(nearest(piece, most));
    const tried = possible.map((one) => {
      const encoded = new Float32Array(validation.rows * outputs);
      let end = 0;
      for (const part of found) {
        const votes = vote(part, most, one);
        encoded.set(votes, end);
        end += votes.length;
      }
      return { k: one, metrics: metricsOn(validation, measure, encoded) };
    });
    k = bestBy(comparison.main, tried, ({ metrics }) => metrics)?.k ?? k;
  }
  const nearest = k === 1 ? "the nearest training row" : `the ${k} nearest training rows`;
  return {
    name: "neighbours",
    how: `${nearest}${isChosen ? CHOSEN : ""}${sampled(known.x.rows, task)}`,
    settings: { k },
    ...measured(task, neighbourPredictor(known, areShares, k)),
  };
}
