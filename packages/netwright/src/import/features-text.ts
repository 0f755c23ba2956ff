// What a foreign model takes, as columns of a table.

import { sizeOf } from "@netwright/ir";
import { spellColumn, spelledInput, stringText } from "@netwright/lang";
import { hasCategories, isCategory, wordsOfCategory } from "./categories.ts";
import { imageText } from "./image-text.ts";
import { distinct, type Misnamed, type NamingOptions, namesProblem, numbered } from "./naming.ts";
import type { ForeignNetwork } from "./network.ts";
import { scaleText } from "./scale-text.ts";

/** Columns of that many numbers have names of their own, more are a list in a cell. */
const MOST_COLUMNS = 64;
/** Larger lists no table has. */
const MOST_NUMBERS = 100_000;
/** What `image` takes. */
const MOST_IMAGE = 512 * 512 * 3;

export interface Features {
  readonly names: readonly string[];
  readonly columns: readonly string[];
  /** Whether the table has other columns for them: those that fit the pattern of an image. */
  readonly isAll?: boolean;
  /** The first line of the model; null where the data says all. */
  readonly input: string | null;
  /** The columns of inputs that are indices, by the names of these. */
  readonly inputNames?: ReadonlyMap<string, string>;
  /** Whether the scaling in front of the network is not said here, and stays a layer. */
  readonly keepsScaling: boolean;
  readonly row: (i: number) => Row;
}

/** As a table of the model has one. */
export type Row = Readonly<Record<string, string | number | readonly number[]>>;

/** Null where the language has no columns that would be this input. */
export function featuresText(network: ForeignNetwork, options: NamingOptions): Features | Misnamed | null {
  const { columns, inputs, scaled } = network;
  if (columns.length === 0) return null;
  if (hasCategories(network)) return categoriesText(network, options);
  if (columns.some(({ type }) => type.kind !== "number"))
    return options.columns === undefined
      ? null
      : {
          misnamed: "`columns` are given, and what the model takes is no column of a table",
          remedy: "Leave them out: the file states its input.",
        };
  const sizes = columns.map(({ type }) => sizeOf(type.shape));
  const count = sizes.reduce((sum, size) => sum + size, 0);
  const [only, another] = inputs;
  const shape = only !== undefined && another === undefined ? only.type.shape : [count];
  const own = options.columns;
  const { pixels } = options;
  const isImage = shape.length === 3 && (shape[2] ?? 0) <= 4 && count <= MOST_IMAGE && another === undefined;
  const isPixels = isImage && (scaled !== null || pixels !== undefined);
  const [name, more] = own ?? [];
  // One name for all of an image is that of the files of pictures.
  const files = isPixels && count > 1 && name !== undefined && more === undefined ? name : null;
  const misnamed = files === null ? namesProblem(own, count) : null;
  if (misnamed !== null)
    return isImage && own?.length === 1
      ? {
          ...misnamed,
          remedy:
            "One name is that of files of pictures, where it is said what becomes of their pixels: `--pixels unit`, in JavaScript `pixels`, divides them by 255.",
        }
      : misnamed;
  if (pixels !== undefined && (!isImage || (own !== undefined && files === null) || scaled !== null))
    return {
      misnamed: `\`pixels\` does not go with this model: ${isImage ? (scaled === null ? "its numbers have names" : "its first layer scales them") : "it takes no image"}`,
      remedy: "Leave it out.",
    };
  if (isPixels && (own === undefined || files !== null)) {
    const picture = imageText(shape, scaled, pixels, files);
    if (picture !== null) return picture;
    if (files !== null)
      return {
        misnamed: `\`columns\` has one name, which is that of a column of pictures, and what the model takes are none of files`,
        remedy:
          "Those have 1 channel or 3, and numbers from 0 on. Give a name for each number of a row, or none.",
      };
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
      row: (i) => Object.fromEntries(names.map((name, j) => [name, i + (j % 7)])),
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
    row: (i) => ({ x: Array.from({ length: count }, (_, j) => i + (j % 7)).join(" ") }),
  };
}

/** Numbers that are columns, and a column of words for each index. */
function categoriesText(
  { columns, inputs, scaled }: ForeignNetwork,
  { columns: own, pixels }: NamingOptions,
): Features | Misnamed | null {
  const sizes = columns.map(({ type }) => sizeOf(type.shape));
  const count = sizes.reduce((sum, size) => sum + size, 0);
  if (scaled !== null || (own === undefined && count > MOST_COLUMNS)) return null;
  const misnamed = namesProblem(own, count);
  if (misnamed !== null) return misnamed;
  if (pixels !== undefined)
    return { misnamed: "`pixels` does not go with this model: it takes no image", remedy: "Leave it out." };
  const names = own ?? distinct(columns.flatMap(({ name }, i) => numbered(name, sizes[i] ?? 1)));
  const places = columns.map((_, i) => sizes.slice(0, i).reduce((sum, size) => sum + size, 0));
  const nameAt = (i: number) => names[places[i] ?? 0] ?? "";
  const words = new Map(
    columns.flatMap((input, i) => (isCategory(input) ? [[nameAt(i), wordsOfCategory(input)] as const] : [])),
  );
  const inputNames = new Map(
    columns.flatMap((input, i) => (isCategory(input) ? [[input.name, nameAt(i)] as const] : [])),
  );
  const [only, another] = inputs;
  return {
    names,
    columns: [...words].map(
      ([name, all]) =>
        `${spellColumn(name)}: category(values: [${all.map(stringText).join(", ")}], encoder: ordinal)`,
    ),
    input:
      only !== undefined && another === undefined
        ? `input(${spelledInput(inputNames.get(only.name) ?? "")})`
        : null,
    inputNames,
    keepsScaling: false,
    row: (i) =>
      Object.fromEntries(
        names.map((name, j) => {
          const all = words.get(name);
          return [name, all === undefined ? i + (j % 7) : (all[i % all.length] ?? "")];
        }),
      ),
  };
}

/** `x1`, `x2` for the numbers of one input; of several the names of those. */
function defaultNames(
  columns: readonly { readonly name: string; readonly size: number }[],
): readonly string[] {
  if (columns.length !== 1) return distinct(columns.flatMap(({ name, size }) => numbered(name, size)));
  const [{ size } = { size: 1 }] = columns;
  return size === 1 ? ["x"] : Array.from({ length: size }, (_, i) => `x${i + 1}`);
}
