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
      "A module that is not as it was exported, or of another export, is refused by its wrapper with one TypeError that says so; whatever opens predicts the same bits.",
    tried:
      "Bits, bytes, blocks and ends of the modules of two models, of numbers and of words and classes, and each module given to the other's wrapper.",
  },
  run: (task) => tryCases(task, attempt),
};

/** As the wrapper exports it. */
type Load = (bytes: Uint8Array) => Promise<{
  readonly predictMany: (rows: Subject["rows"]) => readonly unknown[];
}>;

interface Exported {
  readonly name: string;
  readonly wasm: Uint8Array;
  readonly load: Load;
  readonly rows: Subject["rows"];
  readonly predicted: string;
}

let made: Promise<readonly [Exported, ...Exported[]]> | undefined;

/** Of numbers, and of words and classes. */
async function allExported(): Promise<readonly [Exported, ...Exported[]]> {
  const all = await subjects();
  const [first = all[0], ...others] = all.filter(({ name }) => name.startsWith("complete"));
  return [await exported(first), ...(await Promise.all(others.map(exported)))];
}

async function exported({ name, bundle, rows }: Subject): Promise<Exported> {
  const found = await exportRun(bundle);
  if (!found.ok) throw new Error("the model cannot be exported");
  const { wasm, js } = found.value;
  const { load }: { load: Load } = await import(`data:text/javascript,${encodeURIComponent(js)}`);
  return { name, wasm, load, rows, predicted: JSON.stringify((await load(wasm)).predictMany(rows)) };
}

const attempt: Attempt = async (random) => {
  made ??= allExported();
  const all = await made;
  const { name, wasm, load, rows, predicted } = all[random.below(all.length)] ?? all[0];
  const other = all[random.below(all.length)] ?? all[0];
  const what = random.pick(["another export", ...damageNames] as const);
  const bytes = what === "another export" ? other.wasm : damages[what](wasm, random);
  const isOther = what === "another export" && other.wasm !== wasm;
  try {
    const now = JSON.stringify((await load(bytes)).predictMany(rows));
    if (isOther) throw new Error(`the wrapper of ${name} opens the module of ${other.name}`);
    if (now !== predicted) throw new Error(`${name}, ${what}: it opens, and predicts something else`);
    return `${name}, ${what}: opened, the same bits`;
  } catch (error) {
    const said = isOther ? OTHER : SAID;
    if (error instanceof TypeError && said.test(error.message)) return `${name}, ${what}: refused`;
    throw error;
  }
};

const OTHER = /^This model is not the one that this file was exported with/;
/** What is cut off may be all that the module said of itself. */
const SAID = /^This (?:model is damaged|is no model made by Netwright)/;
