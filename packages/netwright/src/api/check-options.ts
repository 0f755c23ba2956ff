// What the functions of the public API are called with: an option that there is not, or a value of the wrong kind, is
// refused and not passed over. All that is wrong with a call is said at once.

import { closest, isObject, LARGEST_SEED, listNames, quote, shorten } from "@netwright/definitions";
import { isBackend, MOST_DEVICES } from "@netwright/runtime";
import { NetwrightError } from "../netwright-error.ts";
import { projectError } from "../project/diagnostics.ts";

/** A kind of value: in words, and whether a value is of it. */
export interface Kind {
  readonly expected: string;
  readonly is: (value: unknown) => boolean;
}

export type Kinds = Readonly<Record<string, Kind>>;

const MOST_THREADS = 64;

const MOST_REPEATS = 1000;

/** A path where the text is expected that stands in the file. */
const NAME_OF_TABLE =
  /^[^\r\n,;|]+\.(?:csv|tsv|tab|txt|data|gz|zst|jsonl?|ndjson|npy|npz|parquet|arrows?|feather|xlsx|ods)$/i;

/** Systems end a path at a zero. */
function isPath(value: unknown): boolean {
  return typeof value === "string" && value !== "" && !value.includes("\0");
}

export const kinds = {
  text: { expected: "a text", is: (value) => typeof value === "string" },
  path: { expected: "a path that is not empty", is: isPath },
  paths: { expected: "a list of paths", is: (value) => Array.isArray(value) && value.every(isPath) },
  call: { expected: "a function", is: (value) => typeof value === "function" },
  flag: { expected: "true or false", is: (value) => typeof value === "boolean" },
  seed: whole(0, LARGEST_SEED),
  seeds: {
    expected: `a whole number from 1, or a list of different seeds from 0 to ${LARGEST_SEED}`,
    is: (value) => (Array.isArray(value) ? areSeeds(value) : whole(1, LARGEST_SEED).is(value)),
  },
  folds: whole(2, Number.MAX_SAFE_INTEGER),
  repeats: whole(1, LARGEST_SEED),
  shuffles: whole(1, MOST_REPEATS),
  study: {
    expected: "a study, as `study` gives it",
    is: (value) => isObject(value) && Array.isArray(value["runs"]),
  },
  epochs: whole(1, Number.MAX_SAFE_INTEGER),
  threads: whole(1, MOST_THREADS),
  devices: whole(1, MOST_DEVICES),
  rate: {
    expected: "a number above 0",
    is: (value) => typeof value === "number" && value > 0 && Number.isFinite(value),
  },
  bytes: whole(1, Number.MAX_SAFE_INTEGER),
  signal: {
    expected: "the `signal` of an AbortController",
    is: (value) =>
      isObject(value) && typeof value["aborted"] === "boolean" && isCall(value["addEventListener"]),
  },
  backend: {
    expected: "the name of a backend, such as `jit`, or a backend",
    is: (value) => (typeof value === "string" && value !== "") || isBackend(value),
  },
  catalog: {
    expected: "a catalog, as `extendCatalog` gives it",
    is: (value) => isObject(value) && isObject(value["compiler"]) && isObject(value["definitions"]),
  },
  settings: {
    expected: 'params and settings by path, such as `{ depth: 4, "train.batch": 64 }`',
    is: (value) => isPlain(value) && Object.values(value).every(isSetting),
  },
  record: { expected: "a record, such as `{ Age: 28 }`", is: isPlain },
  rows: {
    expected: "CSV text, or a list of records that is not empty",
    is: (value) =>
      typeof value === "string" ? !NAME_OF_TABLE.test(value) : isRecords(value) && value.length > 0,
  },
  input: { expected: "a record or a list of records", is: (value) => isPlain(value) || isRecords(value) },
  files: {
    expected: "a Map from names to contents",
    is: (value) => isObject(value) && isCall(value["get"]) && isCall(value["entries"]),
  },
  run: {
    expected: "the `bundle` of a trained model",
    is: (value) => isObject(value) && isObject(value["model"]) && isObject(value["record"]),
  },
} as const satisfies Kinds;

/** @throws NetwrightError NW0911, with every option that is unknown or of the wrong kind */
export function checkOptions(call: string, options: unknown, known: Kinds): void {
  if (!isPlain(options))
    refuse([wrong(`the options of \`${call}\``, options, "an object, such as `{ seed: 1 }`")]);
  else {
    refuse(
      Object.entries(options).flatMap(([name, value]) => {
        const kind = Object.hasOwn(known, name) ? known[name] : undefined;
        if (kind === undefined) return [unknownOption(call, name, Object.keys(known))];
        return value === undefined || kind.is(value)
          ? []
          : [wrong(`${quote(name)} of \`${call}\``, value, kind.expected)];
      }),
    );
  }
}

/** @throws NetwrightError NW0911 */
export function checkArgument(what: string, value: unknown, { expected, is }: Kind): void {
  if (!is(value)) refuse([wrong(what, value, expected)]);
}

/** What is wrong with a call, and what to do. */
export type Mistake = readonly [message: string, note: string];

/** @throws NetwrightError NW0911 with all mistakes, where there are any */
export function refuse(mistakes: readonly Mistake[]): void {
  if (mistakes.length === 0) return;
  throw new NetwrightError(
    mistakes.map(([message, note]) => projectError("NW0911", message, [note], undefined)),
    new Map(),
  );
}

function unknownOption(call: string, name: string, known: readonly string[]): Mistake {
  const message = `\`${call}\` has no option ${quote(name)}`;
  const spelt = name.replaceAll("_", "").toLowerCase();
  const setting = known.includes("set") ? SETTINGS.get(spelt) : undefined;
  if (setting !== undefined) return [message, `It is a setting: \`{ set: { "${setting}": ... } }\`.`];
  const meant = ALIASES.get(spelt) ?? closest(name, known);
  if (meant !== undefined && known.includes(meant)) return [message, `Did you mean ${quote(meant)}?`];
  const more = known.includes("set")
    ? ` Params and settings of the file go in \`set\`: \`{ set: { ${keyOf(name)}: ... } }\`.`
    : "";
  return [message, `It has ${listNames(known)}.${more}`];
}

/** Names of other libraries, and settings where options are expected; without underscores, in small letters. */
const SETTINGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    batch: "train.batch",
    batchsize: "train.batch",
    learningrate: "train.optimizer.learning_rate",
    lr: "train.optimizer.learning_rate",
    loss: "train.loss",
    optimizer: "train.optimizer",
    optimiser: "train.optimizer",
    patience: "train.stop.patience",
    target: "data.target",
    features: "data.features",
    scale: "data.scale",
    missing: "data.missing",
    validationsplit: "data.split.validation",
    testsize: "data.split.test",
  }),
);

const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    callbacks: "onEpoch",
    callback: "onEpoch",
    onepochend: "onEpoch",
    verbose: "onEpoch",
    device: "backend",
    abort: "signal",
    abortsignal: "signal",
    randomstate: "seed",
    randomseed: "seed",
    kfold: "folds",
    nsplits: "folds",
    cv: "folds",
    nrepeats: "repeats",
    runs: "seeds",
    maxiter: "epochs",
    workers: "threads",
    memorylimit: "memory",
    params: "set",
    settings: "set",
    overrides: "set",
    rows: "data",
    table: "data",
    csv: "data",
  }),
);

function wrong(what: string, value: unknown, expected: string): Mistake {
  return [`${what} is ${shown(value)}`, `Expected ${expected}.`];
}

function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(shorten(value));
  if (typeof value === "function") return "a function";
  if (Array.isArray(value)) return shownList(value);
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

/** Among records, the first item that is none is named. */
function shownList(list: readonly unknown[]): string {
  if (list.length === 0) return "an empty list";
  const at = list.findIndex((item) => !isPlain(item));
  return at > 0 ? `a list whose item ${at + 1} is ${shown(list[at])}` : "a list";
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name);
}

function whole(least: number, most: number): Kind {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least}` : `from ${least} to ${most}`;
  return {
    expected: `a whole number ${range}`,
    is: (value) =>
      typeof value === "number" && Number.isSafeInteger(value) && value >= least && value <= most,
  };
}

function areSeeds(list: readonly unknown[]): boolean {
  return list.length > 0 && list.every(whole(0, LARGEST_SEED).is) && new Set(list).size === list.length;
}

function isSetting(value: unknown): boolean {
  return (
    typeof value === "string" ||
    typeof value === "boolean" ||
    (typeof value === "number" && !Number.isNaN(value))
  );
}

function isRecords(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) && value.every(isPlain);
}

/** No list, no Map, no Date: these have values that are no keys. Objects of another realm count. */
function isPlain(value: unknown): value is Readonly<Record<string, unknown>> {
  return isObject(value) && Object.prototype.toString.call(value) === "[object Object]";
}

function isCall(value: unknown): boolean {
  return typeof value === "function";
}
