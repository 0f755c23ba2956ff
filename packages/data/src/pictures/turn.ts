// The way up that a camera has noted: Exif's eight orientations.

import type { Picture } from "./picture.ts";

/** For each orientation, whether columns and rows are exchanged, and which of them then run backwards. */
const TURNS: readonly { readonly swap: boolean; readonly flipX: boolean; readonly flipY: boolean }[] = [
  { swap: false, flipX: false, flipY: false },
  { swap: false, flipX: true, flipY: false },
  { swap: false, flipX: true, flipY: true },
  { swap: false, flipX: false, flipY: true },
  { swap: true, flipX: false, flipY: false },
  { swap: true, flipX: true, flipY: false },
  { swap: true, flipX: true, flipY: true },
  { swap: true, flipX: false, flipY: true },
];

export function upright(picture: Picture, orientation: number): Picture {
  const turn = TURNS[orientation - 1];
  if (turn === undefined || orientation === 1) return picture;
  const { width, height, channels, values } = picture;
  const { swap, flipX, flipY } = turn;
  const to = swap ? { width: height, height: width } : { width, height };
  const turned = values.slice();
  let place = 0;
  for (let y = 0; y < to.height; y++) {
    for (let x = 0; x < to.width; x++) {
      const [across, down] = [flipX ? to.width - 1 - x : x, flipY ? to.height - 1 - y : y];
      const [fromX, fromY] = swap ? [down, across] : [across, down];
      const start = (fromY * width + fromX) * channels;
      for (let c = 0; c < channels; c++) turned[place++] = values[start + c] ?? 0;
    }
  }
  return { ...picture, ...to, values: turned };
}
