// One rise and one fall over the whole training.

import { choice, flag, integer, optional, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineSchedule, halfWave, progress, upTo } from "./schedule.ts";

interface Phase {
  /** The first step of the phase, which need not be whole, and its last, which is the first of the next. */
  readonly from: number;
  readonly to: number;
  readonly begin: number;
  readonly end: number;
}

interface Shape {
  readonly max_learning_rate: number;
  readonly pct_start: number;
  readonly div_factor: number;
  readonly final_div_factor: number;
  readonly three_phase: boolean;
}

/** As PyTorch: the last step has the last rate, so phases end a step earlier than their share says. */
function phasesOf(total: number, shape: Shape): readonly [Phase, ...Phase[]] {
  const { max_learning_rate: peak, pct_start, div_factor, final_div_factor, three_phase } = shape;
  const start = peak / div_factor;
  const least = start / final_div_factor;
  const top = Math.max(0, pct_start * total - 1);
  const last = Math.max(1, total - 1);
  const rise = { from: 0, to: top, begin: start, end: peak };
  if (!three_phase) return [rise, { from: top, to: last, begin: peak, end: least }];
  const bottom = Math.max(top, 2 * pct_start * total - 2);
  return [
    rise,
    { from: top, to: bottom, begin: peak, end: start },
    { from: bottom, to: last, begin: start, end: least },
  ];
}

export const oneCycle = defineSchedule({
  name: "one_cycle",
  doc: "The learning rate rises to its largest, and falls to nearly nothing until the end of the training.",
  formula:
    "from max_learning_rate / div_factor to max_learning_rate in the share pct_start of the steps, then to " +
    "max_learning_rate / div_factor / final_div_factor at the last one, each along half a wave of the cosine or a straight line",
  example: "optimizer: adamw(learning_rate: one_cycle(1e-2))",
  source:
    'Smith, Topin 2018, "Super-Convergence: Very Fast Training of Neural Networks Using Large Learning Rates"; arguments and ' +
    "times of PyTorch, `OneCycleLR`: the peak is at step pct_start * total_steps - 1, from 0, which need not be whole, and the last " +
    "step has the least rate; in Optax the peak is one step later, and the least rate after the end",
  params: {
    max_learning_rate: real({ doc: "The largest rate.", above: 0, usual: 10 }),
    total_steps: optional(integer({ doc: "Steps of the whole; `none` for all that training has.", min: 2 })),
    pct_start: real({ doc: "Share of the steps in which it rises.", default: 0.3, above: 0, below: 1 }),
    anneal_strategy: choice({
      values: ["cos", "linear"],
      doc: "Along half a wave of the cosine, or a straight line.",
      default: "cos",
    }),
    div_factor: real({ doc: "The largest rate, divided by the first one.", default: 25, min: 1 }),
    final_div_factor: real({ doc: "The first rate, divided by the last one.", default: 1e4, min: 1 }),
    three_phase: flag({
      doc: "Whether it falls to the first rate as fast as it rose, and to the last one after that.",
      default: false,
    }),
  },
  conflict: ({ pct_start, three_phase }) =>
    three_phase && pct_start > 0.5
      ? {
          parameter: "pct_start",
          problem: "is at most 50% with `three_phase`, which falls as long as it rises",
        }
      : null,
  range: ({ max_learning_rate }) => upTo(max_learning_rate),
  stages: ({ total_steps }) => (total_steps === null ? [] : [{ what: "the cycle", updates: total_steps }]),
  at: (b, { step, total }, { total_steps, anneal_strategy, ...shape }) => {
    const along = (phase: Phase) => phaseAt(b, step, phase, anneal_strategy === "cos");
    const [first, ...others] = phasesOf(total_steps ?? Math.max(2, total()), shape);
    return others.reduce(
      (rate, phase) => b.select(b.compare(step, "GT", b.scalar(phase.from)), along(phase), rate),
      along(first),
    );
  },
});

function phaseAt(b: Builder, step: Value, { from, to, begin, end }: Phase, waves: boolean): Value {
  if (to <= from) return b.scalar(end);
  const p = progress(b, b.subtract(step, b.scalar(from)), to - from);
  return waves ? between(b, end, begin, halfWave(b, p)) : between(b, begin, end, p);
}

/** At `share` of the way from one number to another. */
function between(b: Builder, from: number, to: number, share: Value): Value {
  return b.add(b.scalar(from), b.multiply(share, b.scalar(to - from)));
}
