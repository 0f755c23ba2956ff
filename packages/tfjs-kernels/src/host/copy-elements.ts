// Host kernel: the same elements.

import type { HostBody } from "../device/device.ts";

export const copyElements: HostBody = ([source], [target]) => {
  if (source !== undefined) target?.set(source);
};
