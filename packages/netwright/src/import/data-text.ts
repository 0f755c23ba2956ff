// What a foreign model takes and gives as the sections `data` and `train`: columns with their scaling, a target, and the loss that it was
// most likely trained by.

import { spellColumn, stringText } from "@netwright/lang";
import type { ForeignNetwork, Scaling } from "./network.ts";
import type { Pixels } from "./pixels.ts";

export interface NamingOptions {
  /** Names of the columns, in the order of the numbers of a row. */
  readonly columns?: readonly string[];
  /** Names of what is predicted. */
  readonly target?: readonly string[];
  /** The words of the classes; `none` where numbers are predicted all the same. */
  readonly classes?: readonly string[] | "none";
  /**
   * What becomes of pixels before they go in, where no layer of the file says it: from 0 to 1, from -1 to 1, or what they are, 0 to 255. Without
   * it such a model takes plain numbers.
   */
  readonly pixels?: Pixels;
}

export interface DataText {
  readonly data: readonly string[];
  /** The first line of the model; null where the data says all. */
  readonly input: string | null;
  readonly train: readonly string[];
  /** Of the scalings and the link of the network, those that are not said here and stay layers. */
  readonly keepsScaling: boolean;
  readonly keepsUnscaling: boolean;
  readonly keepsLink: boolean;
  /** Rows as a table of that model has them, one after the other: enough to learn what encoders keep. */
  readonly row: (i: number) => Readonly<Record<string, string | number | readonly number[]>>;
}

/** What an option does not fit. */
export interface Misnamed {
  readonly misnamed: string;
  readonly remedy: string;
}

/** Columns of that many numbers have names of their own, more are a list in a cell. */
const MOST_COLUMNS = 64;
/** Pictures of that many numbers are columns of pixels, larger ones files. */
const MOST_PIXELS = 4096;
/** Larger lists, and more columns that are predicted, no table has. */
const MOST_NUMBERS = 100_000;
const MOST_TARGETS = 4096;
/** What `image` takes. */
const MOST_IMAGE = 512 * 512 * 3;

/** Null where the language has no columns that would be this input. `outputs` are the numbers that the network gives. */
export function dataText(
  name: string,
  network: ForeignNetwork,
  outputs: number,
  options: NamingOptions,
): DataText | Misnamed | null {
  const features = outputs > MOST_TARGETS ? null : featuresText(network, options);
  if (features === null || "misnamed" in features) return features;
  const target = targetText(network, outputs, options, features.names);
  if ("misnamed" in target) return target;
  return {
    data: [
      "data {",
      `source: ${stringText(`${name}.csv`)}`,
      `target: ${spelledList(target.names)}`,
      ...(features.isAll ? [] : [`features: [${features.names.map(spellColumn).join(", ")}]`]),
      ...described([...features.columns, ...target.columns]),
      "scale: none",
      "}",
    ],
    input: features.input,
    train: ["train {", `loss: ${target.loss}`, "}"],
    keepsScaling: features.keepsScaling,
    keepsUnscaling: target.keepsUnscaling,
    keepsLink: target.keepsLink,
    row: (i) => ({ ...features.row(i), ...target.row(i) }),
  };
}

/** What nothing is said of holds numbers. */
function described(columns: readonly string[]): readonly string[] {
  const told = columns.filter((column) => !column.endsWith(": number"));
  return told.length === 0 ? [] : ["columns {", ...told, "}"];
}

function spelledList(names: readonly string[]): string {
  const [only = ""] = names;
  return names.length === 1 ? spellColumn(only) : `[${names.map(spellColumn).join(", ")}]`;
}

interface Features extends Pick<DataText, "input" | "keepsScaling" | "row"> {
  readonly names: readonly string[];
  readonly columns: readonly string[];
  /** Whether the table has other columns for them: those that fit the pattern of an image. */
  readonly isAll?: boolean;
}

function featuresText(network: ForeignNetwork, options: NamingOptions): Features | Misnamed | null {
  const { columns, inputs, scaled } = network;
  if (columns.length === 0 || columns.some(({ type }) => type.kind !== "number")) return null;
  const sizes = columns.map(({ type }) => sizeOf(type.shape));
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const [only, another] = inputs;
  const shape = only !== undefined && another === undefined ? only.type.shape : [count];
  const own = options.columns;
  if (own !== undefined && own.length !== count)
    return {
      misnamed: `\`columns\` has ${own.length} names, and the model takes ${count} numbers`,
      remedy: "Give a name for each number of a row, in their order.",
    };
  if (own !== undefined && new Set(own).size < own.length)
    return { misnamed: "`columns` has a name twice", remedy: "Each column has a name of its own." };
  const isImage = shape.length === 3 && (shape[2] ?? 0) <= 4 && count <= MOST_IMAGE && another === undefined;
  const { pixels } = options;
  if (pixels !== undefined && (!isImage || own !== undefined || scaled !== null))
    return {
      misnamed: `\`pixels\` does not go with this model: ${isImage ? (scaled === null ? "its numbers have names" : "its first layer scales them") : "it takes no image"}`,
      remedy: "Leave it out.",
    };
  if (own === undefined && isImage && (scaled !== null || pixels !== undefined)) {
    const picture = imageText(shape, scaled, pixels);
    if (picture !== null) return picture;
  }
  const input = shape.length === 1 ? null : `input(${shape.join(", ")})`;
  const isRow = shape.length === 1;
  if (own !== undefined || (isRow && count <= MOST_COLUMNS)) {
    const names =
      own ?? defaultNames(columns.map((column, i) => ({ name: column.name, size: sizes[i] ?? 1 })));
    const fits = scaled === null || isRow || scaled.by.length === 1 || shape.at(-1) === scaled.by.length;
    const each = fits ? names.map((_, i) => scaleText(scaled, i)) : names.map(() => null);
    return {
      names,
      columns: names.map((name, i) => {
        const scale = each[i] ?? null;
        return `${spellColumn(name)}: ${scale === null ? "number" : `number(scale: ${scale})`}`;
      }),
      input,
      keepsScaling: !fits,
      row: (i) => Object.fromEntries(names.map((name, j) => [name, (i + j) % 7])),
    };
  }
  if (count > MOST_NUMBERS) return null;
  // All numbers of a list have one scale.
  const isOne = scaled === null || scaled.by.length === 1;
  const scale = isOne ? scaleText(scaled, 0) : null;
  return {
    names: ["x"],
    columns: [`x: numbers(${count}${scale === null ? "" : `, scale: ${scale}`})`],
    input,
    keepsScaling: !isOne,
    row: (i) => ({ x: Array.from({ length: count }, (_, j) => (i + j) % 7).join(" ") }),
  };
}

/** `x1`, `x2` for the numbers of one input; of several the names of those. */
function defaultNames(
  columns: readonly { readonly name: string; readonly size: number }[],
): readonly string[] {
  const isOne = columns.length === 1;
  const names = columns.flatMap(({ name, size }) =>
    isOne
      ? Array.from({ length: size }, (_, i) => (size === 1 ? "x" : `x${i + 1}`))
      : size === 1
        ? [name]
        : Array.from({ length: size }, (_, i) => `${name}_${i + 1}`),
  );
  const used = new Set<string>();
  return names.map((name) => {
    let free = name;
    for (let k = 2; used.has(free); k++) free = `${name}_${k}`;
    used.add(free);
    return free;
  });
}

function scaleText(scaled: Scaling | null, i: number): string | null {
  if (scaled === null) return null;
  const at = (values: readonly number[]) => digits(values[i % values.length] ?? 0);
  const [by, centre] = [at(scaled.by), at(scaled.centre)];
  if (by === 1 && centre === 0) return null;
  return centre === 0 ? `rescaling(${by})` : `rescaling(${by}, centre: ${centre})`;
}

/** f32 has seven digits; more than nine would only show how it rounds. */
function digits(value: number): number {
  return Number(value.toPrecision(9));
}

function imageText(
  shape: readonly number[],
  scaled: Scaling | null,
  pixels: NamingOptions["pixels"],
): Features | null {
  const [height = 1, width = 1, channels = 1] = shape;
  const count = height * width * channels;
  const isFiles = count > MOST_PIXELS;
  if (isFiles && channels !== 1 && channels !== 3) return null;
  const { text, keeps } = pixelScale(scaled, pixels);
  const name = "image";
  const parts = [
    `${height}`,
    `${width}`,
    ...(isFiles ? [] : ['columns: "p*"']),
    ...(channels === 1 ? [] : [`channels: ${channels}`]),
    ...text,
  ];
  return {
    names: [name],
    columns: [`${name}: image(${parts.join(", ")})`],
    isAll: !isFiles,
    input: null,
    keepsScaling: keeps,
    row: (i) =>
      isFiles
        ? { [name]: Array.from({ length: count }, (_, j) => (i + j) % 2) }
        : Object.fromEntries(Array.from({ length: count }, (_, j) => [`p${j}`, (i + j) % 2])),
  };
}

/** Pixels are divided by 255 where nothing else is said. */
function pixelScale(
  scaled: Scaling | null,
  pixels: NamingOptions["pixels"] = "none",
): { readonly text: readonly string[]; readonly keeps: boolean } {
  if (scaled === null) return { text: pixels === "unit" ? [] : [`scale: ${pixels}`], keeps: false };
  const [by, centre] = [digits(scaled.by[0] ?? 1), digits(scaled.centre[0] ?? 0)];
  if (scaled.by.length === 1 && by > 1 && centre === 0)
    return { text: by === 255 ? [] : [`max: ${by}`], keeps: false };
  if (scaled.by.length === 1 && by > 0.5 && centre === by)
    return { text: [...(by === 127.5 ? [] : [`max: ${2 * by}`]), "scale: centred"], keeps: false };
  return { text: ["scale: none"], keeps: true };
}

interface Target extends Pick<DataText, "keepsUnscaling" | "keepsLink" | "row"> {
  readonly names: readonly string[];
  readonly columns: readonly string[];
  readonly loss: string;
}

function targetText(
  { link, unscaled }: ForeignNetwork,
  outputs: number,
  { classes, target }: NamingOptions,
  taken: readonly string[],
): Target | Misnamed {
  const words = link === null || classes === "none" ? null : wordsOf(link, outputs, classes);
  if (words !== null && "misnamed" in words) return words;
  if (words === null && classes !== undefined && classes !== "none")
    return {
      misnamed: "`classes` are given, and the model does not end with `softmax` or `sigmoid`",
      remedy: "Leave them out: what it gives are numbers.",
    };
  const free = (name: string): string => {
    let own = name;
    for (let k = 2; taken.includes(own); k++) own = `${name}_${k}`;
    return own;
  };
  const count = words === null ? outputs : 1;
  if (target !== undefined && target.length !== count)
    return {
      misnamed: `\`target\` has ${target.length} names, and the model predicts ${count === 1 ? "one column" : `${count} columns`}`,
      remedy: "Give a name for each column that is predicted.",
    };
  const clash = target?.find((name, i) => taken.includes(name) || target.indexOf(name) < i);
  if (clash !== undefined)
    return {
      misnamed: `the column \`${clash}\` is named twice`,
      remedy: "Each column has a name of its own.",
    };
  if (words !== null) {
    const [name = ""] = target ?? [free("class")];
    const values = `[${words.words.map(stringText).join(", ")}]`;
    return {
      names: [name],
      columns: [`${spellColumn(name)}: ${words.type}(values: ${values})`],
      loss: words.loss,
      keepsUnscaling: unscaled !== null,
      keepsLink: false,
      row: (i) => ({ [name]: words.words[i % words.words.length] ?? "" }),
    };
  }
  const names =
    target ?? (count === 1 ? [free("y")] : Array.from({ length: count }, (_, i) => free(`y${i + 1}`)));
  return {
    names,
    columns: names.map((name, i) => {
      const scale = scaleText(unscaled, i);
      return `${spellColumn(name)}: ${scale === null ? "number" : `number(scale: ${scale})`}`;
    }),
    loss: "mse",
    keepsUnscaling: false,
    keepsLink: link !== null,
    row: (i) => Object.fromEntries(names.map((name, j) => [name, (i + j) % 5])),
  };
}

interface Words {
  readonly words: readonly string[];
  readonly type: "category" | "labels";
  readonly loss: string;
}

/** Null where the numbers are none of classes. */
function wordsOf(
  link: "softmax" | "sigmoid",
  outputs: number,
  stated: readonly string[] | undefined,
): Words | Misnamed | null {
  const isPair = link === "sigmoid" && outputs === 1;
  const count = isPair ? 2 : outputs;
  // Many numbers between 0 and 1 may be anything; they are labels where somebody says which.
  if (stated === undefined && (link === "sigmoid" ? !isPair : outputs < 2)) return null;
  const words = stated ?? Array.from({ length: count }, (_, i) => String(i));
  if (words.length !== count)
    return {
      misnamed: `\`classes\` has ${words.length} words, and the model tells ${count} apart`,
      remedy: "Give a word for each class, in the order of the model.",
    };
  if (new Set(words).size < words.length || words.includes(""))
    return {
      misnamed: "`classes` has a word twice, or an empty one",
      remedy: "Each class has a word of its own.",
    };
  if (link === "softmax") return { words, type: "category", loss: "cross_entropy" };
  return isPair
    ? { words, type: "category", loss: "binary_cross_entropy" }
    : { words, type: "labels", loss: "multi_label_cross_entropy" };
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
