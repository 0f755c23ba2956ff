// The least of a smooth convex function, by its values and gradients: L-BFGS with a line search that halves its step.
// All sums are in plain order, so that the bits are the same everywhere.

import { float64At } from "@netwright/definitions";

/** Gives the value at `x` and writes the gradient there. */
export type Smooth = (x: Float64Array, gradient: Float64Array) => number;

/** Steps that are remembered. */
const MEMORY = 10;

const STEPS = 500;

/** Of the largest slope at the start. */
const FLAT = 1e-8;

/** A step that gains less has come to the end of what the numbers can tell apart. */
const GAIN = 1e-15;

/** Of a direction's slope, what a step has to gain at least. */
const ENOUGH = 1e-4;

const HALVINGS = 40;

/**
 * From `start` on, which stays as it is.
 * Nocedal, Wright 2006, "Numerical Optimization", algorithms 7.4 and 7.5; the step by algorithm 3.1.
 */
export function minimise(f: Smooth, start: Float64Array): Float64Array {
  let x = Float64Array.from(start);
  let gradient = new Float64Array(x.length);
  let value = f(x, gradient);
  const flat = FLAT * largest(gradient);
  const memory: Step[] = [];
  for (let step = 0; step < STEPS && largest(gradient) > flat; step++) {
    const direction = directionOf(gradient, memory);
    const slope = dot(direction, gradient);
    // The first step has no scale of its own.
    let size = memory.length === 0 ? Math.min(1, 1 / largest(gradient)) : 1;
    let next = x;
    let nextGradient = gradient;
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < HALVINGS; halving++, size /= 2) {
      next = x.map((xi, i) => xi + size * float64At(direction, i));
      nextGradient = new Float64Array(x.length);
      nextValue = f(next, nextGradient);
      if (nextValue <= value + ENOUGH * size * slope) break;
    }
    if (!(nextValue < value)) break;
    const gain = value - nextValue;
    remember(memory, difference(next, x), difference(nextGradient, gradient));
    x = next;
    gradient = nextGradient;
    value = nextValue;
    if (gain <= GAIN * Math.abs(value)) break;
  }
  return x;
}

interface Step {
  readonly moved: Float64Array;
  readonly turned: Float64Array;
  readonly curvature: number;
}

function remember(memory: Step[], moved: Float64Array, turned: Float64Array): void {
  const curvature = dot(moved, turned);
  if (!(curvature > 0)) return;
  memory.push({ moved, turned, curvature });
  if (memory.length > MEMORY) memory.shift();
}

/** Downhill, by the curvature that the last steps have met. */
function directionOf(gradient: Float64Array, memory: readonly Step[]): Float64Array {
  const direction = gradient.map((slope) => -slope);
  const shares: number[] = [];
  for (const { moved, turned, curvature } of memory.toReversed()) {
    const share = dot(moved, direction) / curvature;
    shares.push(share);
    add(direction, turned, -share);
  }
  const last = memory.at(-1);
  if (last !== undefined) scale(direction, last.curvature / dot(last.turned, last.turned));
  for (const { moved, turned, curvature } of memory) {
    const share = shares.pop() ?? 0;
    add(direction, moved, share - dot(turned, direction) / curvature);
  }
  return direction;
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += float64At(a, i) * float64At(b, i);
  return sum;
}

function add(to: Float64Array, what: Float64Array, times: number): void {
  for (let i = 0; i < to.length; i++) to[i] = float64At(to, i) + times * float64At(what, i);
}

function scale(values: Float64Array, by: number): void {
  for (let i = 0; i < values.length; i++) values[i] = float64At(values, i) * by;
}

function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - float64At(b, i));
}

function largest(values: Float64Array): number {
  let most = 0;
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(float64At(values, i)));
  return most;
}
