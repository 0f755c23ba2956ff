// A part of each picture, by chance while training.

import { integer } from "@netwright/definitions";
import { tensor } from "@netwright/ir";
import { augmentationParts, drawnFor, pictureProblem } from "./augmentation.ts";
import { defineLayer, onNumbers } from "./layer.ts";

export const randomCrop = defineLayer({
  name: "random_crop",
  doc: "While training takes a part of each picture that lies anywhere in it, and when predicting the middle. Behind `zero_padding2d(2)` it shifts pictures by up to two pixels.",
  formula: "y[row, column, c] = x[top + row, left + column, c]",
  example: "random_crop(4, 4)",
  source: "Keras, `RandomCrop`; when predicting, `CenterCrop`",
  params: {
    height: integer({ doc: "Rows of the part.", min: 1 }),
    width: integer({ doc: "Columns of the part.", min: 1 }),
  },
  output: onNumbers((shape, { height, width }) => {
    const problem = pictureProblem("random_crop", shape);
    if (problem !== undefined) return problem;
    const [rows = 0, columns = 0, channels = 1] = shape;
    return height <= rows && width <= columns
      ? [height, width, channels]
      : {
          problem: `${height} x ${width} is no part of a picture of ${rows} x ${columns}`,
          note: "State a part that is at most as high and as wide, or take in larger pictures: `image(40, 40)`.",
        };
  }),
  parts: () => ({ ...augmentationParts, trainingOnly: false }),
  random: () => true,
  build: (context, [x], { height, width }) => {
    const { b, training } = context;
    const [rows = 1, tall = 1, wide = 1, channels = 1] = x.type.shape;
    const [below, beside] = [tall - height, wide - width];
    if (!training) {
      const [top, left] = [Math.floor(below / 2), Math.floor(beside / 2)];
      return b.slice(x, [0, top, left, 0], [rows, top + height, left + width, channels]);
    }
    const places = tensor("i32", [rows, height, width]);
    const first = (room: number) => {
      const drawn = b.unary("floor", drawnFor(context, x, [0, room + 1]));
      return b.broadcastInDim(b.convert(b.minimum(drawn, b.like(drawn, room)), "i32"), places.shape, [0]);
    };
    const row = b.add(b.iota(places, 1), first(below));
    const column = b.add(b.iota(places, 2), first(beside));
    const picture = b.multiply(b.iota(places, 0), b.fill(places, tall * wide));
    const place = b.add(b.add(picture, b.multiply(row, b.fill(places, wide))), column);
    return b.gather(b.reshape(x, [rows * tall * wide, channels]), place);
  },
});
