// The loss of classes in an order: of each place between two of them, whether the class of the row lies beyond.

import type { Builder, Value } from "@netwright/ir";
import { sigmoid } from "../activations/sigmoid.ts";
import { softplusOf } from "../activations/softplus.ts";
import { logitOfMean, ofAllMembers } from "./average.ts";
import { ofKnownClasses } from "./class-of-row.ts";
import { defineLoss } from "./loss.ts";

/** Of the logits of two places, whose exponential is not 0 and whose logarithm is a number. */
const LEAST_DROP = 1e-30;

export const ordinal = defineLoss({
  name: "ordinal",
  doc:
    "For classes in an order, as `category(values: [...])` of the target states them: a class that lies further away costs " +
    "more. The network gives one number less than there are classes: how likely the first place between two of them is " +
    "passed, and how much less likely each next one is.",
  formula:
    "sum over places k of -log P(t > k or not), P(t > k) = sigmoid(c_k); c_0 = x_0; c_k = c_(k-1) - softplus(x_k)",
  example: "loss: ordinal",
  source:
    'Rennie, Srebro 2005, "Loss Functions for Preference Levels" (all-threshold); Cao et al. 2020, "Rank consistent ordinal regression" (CORAL)',
  params: {},
  target: "ordinal",
  ordered: true,
  width: ({ classes }) => (classes === null || classes < 2 ? null : classes - 1),
  applies: sigmoid.name,
  link: (b, x) => {
    const passed = placesOf(b, x);
    const beyond = passed.map((place) => sigmoid.build(b, place, {}));
    // Of 1 - p from the other side, as small shares would be lost.
    const before = passed.map((place) => sigmoid.build(b, b.negate(place), {}));
    const shares = passed.map((_, k) => {
      const [own, last] = [before[k], before[k - 1]];
      return own === undefined
        ? []
        : [last === undefined ? own : b.maximum(b.subtract(own, last), b.like(own, 0))];
    });
    const last = beyond.at(-1);
    return b.concatenate([...shares.flat(), ...(last === undefined ? [] : [last])], 1);
  },
  average: (b, x, args, shares) => {
    const places = placesOf(b, ofAllMembers(b, x));
    const passed = logitOfMean(b, b.reshape(b.concatenate(places, 1), x.type.shape), args, shares);
    return fromPlaces(b, passed);
  },
  build: (b, x, target) => {
    const [rows = 0, places = 0] = x.type.shape;
    const all = b.concatenate(placesOf(b, x), 1);
    const labels = b.broadcastInDim(target, [rows, places], [0]);
    const isBeyond = b.compare(labels, "GT", b.iota(labels.type, 1));
    const losses = softplusOf(b, b.select(isBeyond, b.negate(all), all));
    return ofKnownClasses(b, b.sum(losses, [1]), target, places + 1);
  },
});

/** The logit of passing each place, [rows x 1] each: none is larger than that before. */
function placesOf(b: Builder, x: Value): readonly Value[] {
  const [rows = 0, places = 0] = x.type.shape;
  const logits: Value[] = [];
  for (let k = 0; k < places; k++) {
    const own = b.slice(x, [0, k], [rows, k + 1]);
    const before = logits.at(-1);
    logits.push(before === undefined ? own : b.subtract(before, softplusOf(b, own)));
  }
  return logits;
}

/** What the network gives for these logits of all places, [rows x places]: `placesOf` the other way. */
function fromPlaces(b: Builder, passed: Value): Value {
  const [rows = 0, places = 0] = passed.type.shape;
  if (places < 2) return passed;
  const first = b.slice(passed, [0, 0], [rows, 1]);
  const less = b.subtract(
    b.slice(passed, [0, 0], [rows, places - 1]),
    b.slice(passed, [0, 1], [rows, places]),
  );
  // log(exp(d) - 1) as d + log(1 - exp(-d)), which does not overflow. Places that are as likely differ by nothing.
  const drop = b.maximum(less, b.like(less, LEAST_DROP));
  const rest = b.add(drop, b.log(b.negate(b.exponentialMinusOne(b.negate(drop)))));
  return b.concatenate([first, rest], 1);
}
