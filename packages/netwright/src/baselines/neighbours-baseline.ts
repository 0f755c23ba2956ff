// The nearest neighbours as a baseline: as many as are best on the validation rows.

import { grouped } from "@netwright/definitions";
import { firstKnown, type KnownRows, MANY_ROWS, piecesOf } from "./known-rows.ts";
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

/** Products of two numbers of which distances are made: a minute's work. */
const MOST_PRODUCTS = 3e10;

export function neighboursOf(task: Task, all: KnownRows): BaselineModel | LeftOutBaseline {
  const { prepared, measure, comparison, outputs } = task;
  const known = firstKnown(all, MANY_ROWS);
  const { validation, test } = prepared.splits;
  const products = known.x.places.length * (2 * validation.rows + test.rows);
  if (products > MOST_PRODUCTS) {
    const others = grouped(validation.rows + test.rows);
    const why = `the distances of ${others} rows from ${grouped(known.x.rows)} of ${known.x.width} numbers take too long`;
    return { name: "neighbours", why };
  }
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
