// Exported modules that were damaged, and opened by the wrapper beside them.

import { exportRun } from "netwright";
import type { Attempt, Harness } from "../harness.ts";
import { damageNames, damages } from "../support/damage.ts";
import { type Subject, subjects } from "../support/subjects.ts";
import { tryCases } from "../try-cases.ts";

export const exports: Harness = {
  name: "exports",
  about: {
    promised:
      "A module that is not as it was exported is refused by its wrapper with one TypeError that says so; whatever opens predicts the same bits.",
    tried: "Bits, bytes, blocks and ends of the module of a model, given to the wrapper as bytes.",
  },
  run: (task) => tryCases(task, attempt),
};

/** As the wrapper exports it. */
type Load = (bytes: Uint8Array) => Promise<{
  readonly predictMany: (rows: Subject["rows"]) => readonly unknown[];
}>;

interface Exported {
  readonly wasm: Uint8Array;
  readonly load: Load;
  readonly rows: Subject["rows"];
  readonly predicted: string;
}

let made: Promise<Exported> | undefined;

async function exported(): Promise<Exported> {
  const all = await subjects();
  const subject = all.find(({ name }) => name === "complete") ?? all[0];
  const found = await exportRun(subject.bundle);
  if (!found.ok) throw new Error("the model cannot be exported");
  const { wasm, js } = found.value;
  const { load }: { load: Load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  const { rows } = subject;
  return { wasm, load, rows, predicted: JSON.stringify((await load(wasm)).predictMany(rows)) };
}

const attempt: Attempt = async (random) => {
  made ??= exported();
  const { wasm, load, rows, predicted } = await made;
  const what = random.pick(damageNames);
  const bytes = damages[what](wasm, random);
  try {
    const now = JSON.stringify((await load(bytes)).predictMany(rows));
    if (now !== predicted) throw new Error(`${what}: it opens, and predicts something else`);
    return `${what}: opened, the same bits`;
  } catch (error) {
    if (error instanceof TypeError && SAID.test(error.message)) return `${what}: refused`;
    throw error;
  }
};

/** What is cut off may be all that the module said of itself. */
const SAID = /^This (?:model is damaged|is no model made by Netwright)/;
