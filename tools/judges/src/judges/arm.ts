// The same on arm64 and on Cortex-M0 and M4, in QEMU, and how large the code and constants of a small network are there.

import type { Judge } from "../judge.ts";
import { ARM } from "../sources/arm.ts";
import { judgedBy } from "../sources/judged-by.ts";
import { judgedSizes } from "../sources/sizes.ts";

export const arm: Judge = {
  name: "arm",
  about: "arm64, Cortex-M0 and Cortex-M4 in QEMU predict 1,000 rows as Netwright does, of small networks",
  judge: async () => {
    const verdict = await judgedBy(ARM);
    if (verdict.kind === "skipped") return verdict;
    const { right, wrong } = await judgedSizes();
    return { ...verdict, right: verdict.right + right, wrong: [...verdict.wrong, ...wrong] };
  },
};
