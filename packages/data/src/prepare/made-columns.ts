// What a plan makes of several columns: an image is its pixels, each a column of numbers like any other that knows of which
// image it is.

import {
  type Chosen,
  columnsByPattern,
  columnsOfPattern,
  count,
  inPixelOrder,
  listNames,
  lookUp,
  type MadeImage,
  type MadeOf,
  quote,
} from "@netwright/definitions";
import type { DataDefinitions } from "../definitions.ts";
import { type DataProblem, error, warning } from "../problem/problem.ts";
import { columnNames, findColumn, type Table } from "../table/table.ts";
import type { DataPlan } from "./plan.ts";

export interface MadeColumns {
  /** The columns of the table to predict from, in the order of the network's inputs. */
  readonly features: readonly string[];
  /** The plan's own, and those of the pixels in place of the images. */
  readonly columns: DataPlan["columns"];
  /** The image of each column that is one of its pixels. */
  readonly images: ReadonlyMap<string, MadeImage>;
  readonly problems: readonly DataProblem[];
}

/** `apart` are the target and columns that are no features unless they are named. */
export function madeColumns(
  table: Table,
  plan: DataPlan,
  { column: types }: DataDefinitions,
  apart: ReadonlySet<string>,
): MadeColumns {
  const made = Object.entries(plan.columns).flatMap(([name, { name: type, args }]): Image[] => {
    const of = lookUp(types, type).madeOf?.(args) ?? null;
    return of === null ? [] : [{ name, of }];
  });
  const all = columnNames(table).filter((name) => !apart.has(name));
  if (made.length === 0) {
    const features = plan.features === "all" ? all : plan.features;
    return { features, columns: plan.columns, images: new Map(), problems: [] };
  }
  const isMade = new Set(made.map(({ name }) => name));
  const own = Object.entries(plan.columns).filter(([name]) => !isMade.has(name));
  const images = new Map<string, MadeImage>();
  const pixels = new Map<string, readonly string[]>();
  const problems: DataProblem[] = [];
  for (const image of made) {
    const asked = plan.features === "all" || plan.features.includes(image.name);
    const found = asked ? pixelsOf(image, all, table) : unused(image.name);
    if (!Array.isArray(found)) {
      problems.push(found);
      pixels.set(image.name, []);
      continue;
    }
    const taken = found.find((name) => images.has(name) || isNamed(name, plan));
    if (taken !== undefined) problems.push(takenTwice(image.name, taken, images.get(taken)));
    const whole = { name: image.name, shape: image.of.shape };
    const fresh = found.filter((name) => !images.has(name));
    for (const name of fresh) images.set(name, whole);
    pixels.set(image.name, fresh);
  }
  const each = new Map<string, Chosen>(
    made.flatMap(({ name, of }) => (pixels.get(name) ?? []).map((pixel) => [pixel, of.each] as const)),
  );
  const others = plan.features === "all" ? all.filter((name) => !images.has(name)) : plan.features;
  const features =
    plan.features === "all"
      ? [...others, ...[...pixels.values()].flat()]
      : others.flatMap((name) => pixels.get(name) ?? (images.has(name) ? [] : [name]));
  return { features, columns: Object.fromEntries([...own, ...each]), images, problems };
}

interface Image {
  readonly name: string;
  readonly of: MadeOf;
}

/** A pixel is told of by its image alone. */
function isNamed(name: string, { features, columns }: DataPlan): boolean {
  return Object.hasOwn(columns, name) || (features !== "all" && features.includes(name));
}

function pixelsOf({ name, of }: Image, names: readonly string[], table: Table): string[] | DataProblem {
  const place = { setting: `columns.${name}`, column: name };
  if (findColumn(table, name) !== undefined) {
    const message = `${quote(table.name)} has a column ${quote(name)}, and an image that is made of columns has a name of its own.`;
    return error("NW0640", message, { notes: ["Call the image something else."], ...place });
  }
  const byPattern = columnsByPattern(of, names);
  const wanted = columnsOfPattern(of);
  const wrong = byPattern.findIndex(({ length }) => length !== wanted);
  if (wrong < 0) return [...inPixelOrder(byPattern)];
  const [height, width, channels] = of.shape;
  const sizes = of.patterns.length > 1 ? `${height} x ${width}` : `${height} x ${width} x ${channels}`;
  const found = byPattern[wrong] ?? [];
  const pattern = JSON.stringify(of.patterns[wrong] ?? "");
  const message = `The image ${quote(name)} needs ${count(wanted, "column")}, ${sizes}, and ${count(found.length, "column")} of ${quote(table.name)} ${found.length === 1 ? "fits" : "fit"} ${pattern}.`;
  const [first, last] = [found.at(0), found.at(-1)];
  const notes = [
    ...(first === undefined || last === undefined || first === last
      ? []
      : [`They go from ${quote(first)} to ${quote(last)}.`]),
    ...(found.length === 0 && names.length > 0 ? [`Its columns: ${listNames(names)}.`] : []),
    "Each `*` of a pattern is a whole number; the target and the columns of `split` and `weight` are none of the image.",
  ];
  return error("NW0640", message, { notes, ...place });
}

function takenTwice(image: string, column: string, other: MadeImage | undefined): DataProblem {
  const where = other === undefined ? "named by itself as well" : `one of ${quote(other.name)} as well`;
  return error("NW0641", `Column ${quote(column)} is a pixel of ${quote(image)}, and is ${where}.`, {
    notes: [
      other === undefined
        ? "A pixel is described by its image, and is a feature with it: take the column out of `features` and `columns`."
        : "Each column is a pixel of one image: make the patterns narrower.",
    ],
    setting: `columns.${image}`,
    column: image,
  });
}

function unused(name: string): DataProblem {
  return warning("NW0645", `The image ${quote(name)} is described but is no feature.`, {
    notes: ["Add it to `features`, or remove the description."],
    setting: `columns.${name}`,
    column: name,
  });
}
