// Rows that a network takes, wherever they lie: fields by the names under which a program is fed. What gathers
// them into the arrays of a backend is the only thing that a store does, so that a store on disk is one more of its kind.

/** Row-major: a row has `width` numbers, side by side. */
export interface Field {
  readonly name: string;
  readonly width: number;
  readonly data: FieldData;
}

export type FieldData = Float32Array | Int32Array | Uint32Array;

/** A field without its numbers. */
export interface FieldLayout extends Pick<Field, "name" | "width"> {
  readonly array: FieldData[typeof Symbol.toStringTag];
}

export interface RowStore {
  readonly rows: number;
  readonly fields: readonly FieldLayout[];
  /**
   * Copies `count` rows, from place `start` of `order` on, to the beginning of each array of `into`, of the field of
   * that name. Without an order rows come as they lie. What is behind them in an array stays.
   * @throws RangeError for a field that is not there, or where rows or arrays do not reach
   */
  readonly gather: (
    order: Uint32Array | null,
    start: number,
    count: number,
    into: ReadonlyMap<string, FieldData>,
  ) => void;
}

export function rowStore(rows: number, fields: readonly Field[]): RowStore {
  const byName = new Map(fields.map((field) => [field.name, field]));
  return {
    rows,
    fields: fields.map(layoutOf),
    gather(order, start, count, into) {
      if (start < 0 || start + count > (order ?? { length: rows }).length) {
        throw new RangeError(`${count} rows from ${start} of ${order?.length ?? rows}`);
      }
      for (const [name, to] of into) {
        const field = byName.get(name);
        if (field === undefined) throw new RangeError(`there is no field ${name}`);
        if (count * field.width > to.length || to.length % field.width !== 0) {
          throw new RangeError(`${count} rows of ${field.width} numbers, ${name}, into ${to.length}`);
        }
        if (order === null) copyRows(field, start, count, to);
        else gatherRows(field, order, start, count, to);
      }
    },
  };
}

export function layoutOf({ name, width, data }: Field): FieldLayout {
  return { name, width, array: data[Symbol.toStringTag] };
}

/** Rows `start` to `start + count - 1` as they lie, each of the fields in an array of its own. */
export function rowsAsTheyLie(
  store: RowStore,
  start: number,
  count: number,
  fields: readonly FieldLayout[] = store.fields,
): ReadonlyMap<string, FieldData> {
  const into = new Map(fields.map(({ name, width, array }) => [name, newArray[array](count * width)]));
  store.gather(null, start, count, into);
  return into;
}

const newArray: { readonly [A in FieldLayout["array"]]: (length: number) => FieldData } = {
  Float32Array: (length) => new Float32Array(length),
  Int32Array: (length) => new Int32Array(length),
  Uint32Array: (length) => new Uint32Array(length),
};

function copyRows({ data, width }: Field, start: number, count: number, to: FieldData): void {
  to.set(data.subarray(start * width, (start + count) * width));
}

/** Number by number: a copy of a few numbers by `set` costs more than they do. */
function gatherRows(
  { data, width }: Field,
  order: Uint32Array,
  start: number,
  count: number,
  to: FieldData,
): void {
  for (let i = 0; i < count; i++) {
    const from = (order[start + i] ?? Number.NaN) * width;
    for (let j = 0; j < width; j++) to[i * width + j] = data[from + j] ?? Number.NaN;
  }
}
