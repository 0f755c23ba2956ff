// Where a step stands, as sines and cosines that are added to its numbers.

import { real, WAVELENGTH } from "@netwright/definitions";
import { apartParts, defineLayer, onNumbers } from "./layer.ts";
import { stepsAndNumbers } from "./steps.ts";
import { anglesOf } from "./waves.ts";

export const sinePositionEncoding = defineLayer({
  name: "sine_position_encoding",
  doc: "Adds to the numbers of each step sines and cosines of its place in the sequence, which attention would not know otherwise. Nothing of it is learnt, so that longer sequences are no other ones.",
  formula:
    "x[t, 2i] + sin(t / max_wavelength^(2i / n)), x[t, 2i + 1] + cos(t / max_wavelength^(2i / n)), for n numbers",
  example: "sine_position_encoding",
  source:
    'KerasHub, `SinePositionEncoding`, which leaves the sum to its caller; Vaswani and others 2017, "Attention Is All You Need"',
  params: {
    max_wavelength: real({
      doc: "Steps in which the slowest wave turns by one radian.",
      default: WAVELENGTH,
      above: 0,
    }),
  },
  output: onNumbers((shape) => stepsAndNumbers("sine_position_encoding", shape) ?? shape),
  parts: () => ({ ...apartParts, free: true }),
  build: ({ b }, [x], { max_wavelength }) => {
    const [, steps = 0, numbers = 0] = x.type.shape;
    const pairs = Math.ceil(numbers / 2);
    const angles = anglesOf(b, steps, pairs, { numbers, wavelength: max_wavelength });
    const each = [b.sine(angles), b.cosine(angles)].map((wave) => b.reshape(wave, [steps, pairs, 1]));
    const waves = b.reshape(b.concatenate(each, 2), [steps, 2 * pairs]);
    const fitting = numbers === 2 * pairs ? waves : b.slice(waves, [0, 0], [steps, numbers]);
    return b.add(x, b.broadcastInDim(fitting, x.type.shape, [1, 2]));
  },
});
