// Half waves of the cosine, one after another.

import { integer, real } from "@netwright/definitions";
import type { Builder, Value } from "@netwright/ir";
import { defineSchedule, halfWave, upTo } from "./schedule.ts";

/** Logarithms are rounded: a restart that falls on a step must not come one step late. A share of a wave. */
const ROUNDING = 1e-5;

interface Span {
  /** The number of the wave from 0, and how much of it is done. */
  readonly wave: Value;
  readonly done: Value;
}

/** Waves of one length. */
function equal(b: Builder, spans: Value): Span {
  const wave = b.unary("floor", spans);
  return { wave, done: b.subtract(spans, wave) };
}

/** The wave i begins after (1 - t_mul^i) / (1 - t_mul) first ones, and is as long as t_mul^i of them. */
function growing(b: Builder, spans: Value, tMul: number): Span {
  const grown = b.add(b.scalar(1), b.multiply(spans, b.scalar(tMul - 1)));
  const exact = b.divide(b.unary("log", grown), b.unary("log", b.scalar(tMul)));
  const wave = b.unary("floor", b.add(exact, b.scalar(ROUNDING)));
  const length = b.power(b.scalar(tMul), wave);
  const begin = b.divide(b.subtract(length, b.scalar(1)), b.scalar(tMul - 1));
  return { wave, done: b.maximum(b.divide(b.subtract(spans, begin), length), b.scalar(0)) };
}

export const cosineRestarts = defineSchedule({
  name: "cosine_restarts",
  doc: "The learning rate falls along half a wave of the cosine again and again, each wave longer or lower than the last.",
  formula:
    "in wave i from 0, of first_decay_steps * t_mul^i steps, of which p is done: " +
    "rate = initial_learning_rate * (alpha + (1 - alpha) * m_mul^i * (1 + cos(pi p)) / 2)",
  example: "optimizer: sgd(learning_rate: cosine_restarts(0.1, first_decay_steps: 100))",
  source:
    'Loshchilov, Hutter 2017, "SGDR: Stochastic Gradient Descent with Warm Restarts"; arguments of Keras, `CosineDecayRestarts`',
  params: {
    initial_learning_rate: real({ doc: "The rate from which the first wave falls.", min: 0, usual: 10 }),
    first_decay_steps: integer({ doc: "Steps of the first wave.", min: 1 }),
    t_mul: real({ doc: "How many times as long as the last one a wave is.", default: 2, min: 1 }),
    m_mul: real({ doc: "How many times as high as the last one a wave is.", default: 1, min: 0 }),
    alpha: real({ doc: "Least rate, as a share of the first one.", default: 0, min: 0, max: 1 }),
  },
  range: ({ initial_learning_rate, m_mul }) =>
    upTo(m_mul > 1 ? Number.POSITIVE_INFINITY : initial_learning_rate),
  stages: ({ first_decay_steps }) => [{ what: "the first wave", updates: first_decay_steps }],
  at: (b, { step }, { initial_learning_rate, first_decay_steps, t_mul, m_mul, alpha }) => {
    const spans = b.divide(step, b.scalar(first_decay_steps));
    const { wave, done } = t_mul === 1 ? equal(b, spans) : growing(b, spans, t_mul);
    const height = b.multiply(b.power(b.scalar(m_mul), wave), b.scalar(1 - alpha));
    const share = b.add(b.multiply(height, halfWave(b, done)), b.scalar(alpha));
    return b.multiply(b.scalar(initial_learning_rate), share);
  },
});
