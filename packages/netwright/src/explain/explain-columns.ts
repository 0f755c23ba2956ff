// What becomes of the columns of a table: how each is encoded, and what is done about values that are missing or new.

import {
  type OpenColumn,
  type OpenEncoders,
  outputOf,
  pixelScales,
  pixelScaling,
  type SavedInterval,
  type SavedSet,
  type ScalingStep,
  type UnknownWords,
  type ValueRange,
} from "@netwright/data";
import { at, type MadeImage } from "@netwright/definitions";
import { sizeOf } from "@netwright/ir";

export interface ColumnRow {
  readonly name: string;
  readonly role: "feature" | "target";
  readonly encoder: string;
  /** How many numbers a row of the column becomes; of an index, below how many it is. */
  readonly size: { readonly numbers: number } | { readonly indices: number };
  /** Of an image: height, width and channels, and the columns that are its pixels, in order; none where a cell holds it. */
  readonly image?: {
    readonly shape: readonly number[];
    readonly columns: readonly string[];
    /** What is computed of each pixel. */
    readonly steps: readonly ScalingStep[];
  };
  /** The rule for missing values, with what it fills in. */
  readonly missing: {
    readonly policy: string;
    readonly fill: number | string | null;
    /** One of the numbers is 1 where the value is missing. Absent where none is. */
    readonly indicator?: true;
    /** What is filled in as a cell of a column says it whose cells are no numbers: a date. Absent for others. */
    readonly cell?: string;
  };
  /**
   * What a word is that training has not seen: an error, none of the words, a missing value, a bucket as any other, or the
   * mean of all; null of a column of numbers, and of lists of them.
   */
  readonly unknown: Exclude<UnknownWords, "read"> | null;
  /** Of a target of two words with a threshold: the second, and the probability from which on it is predicted. */
  readonly threshold?: { readonly word: string; readonly from: number };
  /** Of a target with `clamp`: what predictions are held within. */
  readonly range?: ValueRange;
  /** Of a target: what was learned of how sure its predictions are. */
  readonly interval?: SavedInterval;
  readonly set?: SavedSet;
  readonly temperature?: number;
}

export function explainColumns({ features, target }: OpenEncoders): readonly ColumnRow[] {
  return [
    ...features.flatMap((column, i) => {
      const image = imageOf(column);
      if (image === undefined) return [rowOf(column, "feature")];
      if (imageOf(features[i - 1])?.name === image.name) return [];
      return [
        imageRow(
          image,
          features.filter((other) => imageOf(other)?.name === image.name),
        ),
      ];
    }),
    ...target.map((column) => rowOf(column, "target")),
  ];
}

/** Of a cell that holds a whole image. */
function pictureIn({ fitted, coding }: OpenColumn): Pick<ColumnRow, "image"> {
  const { max } = fitted.params;
  const scale = pixelScales.find((one) => one === fitted.params["scale"]);
  if (fitted.encoder !== "picture" || typeof max !== "number" || scale === undefined) return {};
  const scaling = pixelScaling(scale, max);
  const steps: readonly ScalingStep[] =
    scaling === null
      ? []
      : [
          ...(scaling.centre === 0 ? [] : [{ kind: "subtract", by: scaling.centre } as const]),
          { kind: "divide", by: scaling.by },
        ];
  return { image: { shape: coding.output.shape, columns: [], steps } };
}

function imageOf(column: OpenColumn | undefined): MadeImage | undefined {
  return column?.kind === "number" ? column.fitted.image : undefined;
}

/** All pixels are described alike; what is filled in may be another number for each. */
function imageRow({ name, shape }: MadeImage, pixels: readonly OpenColumn[]): ColumnRow {
  const { size, ...row } = rowOf(at(pixels, 0), "feature");
  const fills = new Set(pixels.map(({ fitted }) => fitted.missing.fill));
  const { coding } = at(pixels, 0);
  return {
    ...row,
    name,
    size: { numbers: sizeOf(shape) },
    image: {
      shape,
      columns: pixels.map(({ fitted }) => fitted.name),
      steps: coding.takes === "number" ? (coding.scaling?.steps?.apply ?? []) : [],
    },
    missing: fills.size === 1 ? row.missing : { ...row.missing, fill: null },
  };
}

function rowOf(column: OpenColumn, role: ColumnRow["role"]): ColumnRow {
  const { fitted } = column;
  const output = outputOf(column);
  return {
    name: fitted.name,
    role,
    encoder: fitted.encoder,
    size: output.kind === "index" ? { indices: output.of } : { numbers: sizeOf(output.shape) },
    missing: missingOf(column),
    ...pictureIn(column),
    unknown: unknownOf(column, role),
    ...thresholdIn(column),
    ...(column.kind === "number" && column.fitted.range !== undefined ? { range: column.fitted.range } : {}),
    ...reportIn(column),
  };
}

function unknownOf(column: OpenColumn, role: ColumnRow["role"]): ColumnRow["unknown"] {
  if (column.kind === "number") return null;
  const { unknown } = column.coding;
  if (unknown === "read") return null;
  // A class is never an unknown one.
  return role === "feature" ? unknown : "error";
}

function reportIn({ fitted }: OpenColumn): Pick<ColumnRow, "interval" | "set" | "temperature"> {
  if (fitted.kind === "number") return fitted.interval === undefined ? {} : { interval: fitted.interval };
  const { set, temperature } = fitted;
  return { ...(set === undefined ? {} : { set }), ...(temperature === undefined ? {} : { temperature }) };
}

function thresholdIn({ kind, fitted, coding }: OpenColumn): Pick<ColumnRow, "threshold"> {
  if (kind !== "words" || fitted.threshold === undefined) return {};
  return { threshold: { word: at(coding.words, 1), from: fitted.threshold } };
}

function missingOf(column: OpenColumn): ColumnRow["missing"] {
  if (column.kind === "words" || column.reading === null) return column.fitted.missing;
  const { missing } = column.fitted;
  return missing.fill === null ? missing : { ...missing, cell: column.reading.spell(missing.fill) };
}
