// xla.CompileOptionsProto, as protocol buffers are written: what a program is compiled with.

function varint(value: number): readonly number[] {
  const bytes: number[] = [];
  let rest = value;
  do {
    const low = rest % 128;
    rest = Math.floor(rest / 128);
    bytes.push(rest > 0 ? low | 128 : low);
  } while (rest > 0);
  return bytes;
}

function integer(field: number, value: number): readonly number[] {
  return [...varint(field << 3), ...varint(value)];
}

function bytes(field: number, content: readonly number[]): readonly number[] {
  return [...varint((field << 3) | 2), ...varint(content.length), ...content];
}

function text(field: number, content: string): readonly number[] {
  return bytes(field, [...new TextEncoder().encode(content)]);
}

/**
 * XLA's options for every program. Without this one its CPU compiler lets a maximum or a minimum drop NaN: of two tensors where
 * the second has it, and in reductions and windows. relu keeps it either way, as its zero is a constant.
 */
const FLAGS: Readonly<Record<string, boolean>> = { xla_cpu_enable_fast_min_max: false };

/**
 * What the CPU compiler leaves to the library YNNPACK: products alone, as it is by default, but no reductions of some thousand
 * elements, whose maximum drops NaN there whatever the option above says. A name that a plugin may not know.
 */
export const LIBRARY_OPTION = "xla_cpu_experimental_ynn_fusion_type";
const PRODUCTS = ["INDIVIDUAL_DOT", "INDIVIDUAL_CONVOLUTION"].map((kind) => `LIBRARY_FUSION_TYPE_${kind}`);

/**
 * One replica: on the client's first device, or as many partitions as there are `devices`, which are named by their numbers.
 * Those divide a program by Shardy's marks in it. `library`: with `LIBRARY_OPTION`, for a plugin that may know it.
 */
export function compileOptions(devices: readonly number[] = [], library = true): Uint8Array {
  const partitions = Math.max(1, devices.length);
  const build = [...integer(4, 1), ...integer(5, partitions), ...(partitions > 1 ? divided(devices) : [])];
  const option = (name: string, value: readonly number[]) => bytes(7, [...text(1, name), ...bytes(2, value)]);
  const flags = Object.entries(FLAGS).flatMap(([name, value]) => option(name, integer(2, value ? 1 : 0)));
  const products = library ? option(LIBRARY_OPTION, text(1, PRODUCTS.join(","))) : [];
  return Uint8Array.from([...bytes(3, build), ...flags, ...products]);
}

/** `use_spmd_partitioning`, `device_assignment` with the devices of each partition, `use_shardy_partitioner`. */
function divided(devices: readonly number[]): readonly number[] {
  const places = devices.flatMap((device) => bytes(3, integer(1, device)));
  const assignment = [...integer(1, 1), ...integer(2, devices.length), ...places];
  return [...integer(6, 1), ...bytes(9, assignment), ...integer(19, 1)];
}
