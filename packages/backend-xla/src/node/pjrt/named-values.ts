// Lists of values with names, in which a plugin tells of itself and of programs.

import type { Api } from "./api.ts";
import { NAMED_VALUE, STRUCTS } from "./layout.ts";

/** What the plugin tells of itself in whole numbers: `stablehlo_current_version` as [1, 20, 0]. */
export function attributesOf(api: Api): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, readonly number[]>();
  if (!api.has("Plugin_Attributes")) return found;
  const told = api.invoke("Plugin_Attributes");
  for (const { name, type, view, at, whole } of valuesAt(
    api,
    told.get("attributes"),
    told.get("num_attributes"),
  )) {
    if (type === NAMED_VALUE.integer) found.set(name, [Number(view.getBigInt64(at, true))]);
    if (type !== NAMED_VALUE.integers) continue;
    const values = api.native.read(whole("value"), 8 * whole("value_size"));
    found.set(name, Array.from(new BigInt64Array(values), Number));
  }
  return found;
}

/** The fractions among them. */
export function fractionsAt(api: Api, address: number, count: number): ReadonlyMap<string, number> {
  const all = [...valuesAt(api, address, count)].filter(({ type }) => type === NAMED_VALUE.float);
  return new Map(all.map(({ name, view, at }) => [name, view.getFloat32(at, true)]));
}

interface NamedValue {
  readonly name: string;
  readonly type: number;
  /** Where the value lies. */
  readonly view: DataView;
  readonly at: number;
  readonly whole: (field: keyof typeof STRUCTS.NamedValue.fields) => number;
}

function* valuesAt(api: Api, address: number, count: number): Generator<NamedValue> {
  if (count === 0) return;
  const { size, fields } = STRUCTS.NamedValue;
  const view = new DataView(api.native.read(address, size * count));
  for (let start = 0; start < view.byteLength; start += size) {
    const whole: NamedValue["whole"] = (field) => Number(view.getBigUint64(start + fields[field], true));
    const name = api.textAt(whole("name"), whole("name_size"));
    yield { name, type: view.getInt32(start + fields.type, true), view, at: start + fields.value, whole };
  }
}
