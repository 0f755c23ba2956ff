// A plugin of plain memory: it computes nothing, hands out numbers for what it would hold, and knows which of them are still held.

import { API, type FunctionName, SLOTS, STRUCTS } from "../src/node/pjrt/layout.ts";
import type { Native } from "../src/node/pjrt/native.ts";

export interface Told {
  readonly version?: readonly [number, number];
  /** Functions that it has: all before this slot. */
  readonly slots?: number;
  readonly platform?: string;
  readonly platformVersion?: string;
  /** Default: 1. */
  readonly devices?: number;
  /** Element types of the results of what it compiles, and of what it loads. */
  readonly results?: { readonly compiled: readonly number[]; readonly loaded: readonly number[] };
  /** What it tells of an executable's memory; without it, it cannot. */
  readonly memory?: Readonly<Record<"arguments" | "outputs" | "aliases" | "temporary" | "code", number>>;
  /** What its compiler has made of every program; without it, it does not show it. */
  readonly program?: { readonly format: string; readonly bytes: Uint8Array };
}

export interface Failing {
  readonly name: FunctionName;
  readonly code: number;
  readonly text: string;
  /** Of the calls from now on, which one fails. Default: all. */
  readonly turn?: number;
}

export interface PlainPlugin {
  readonly native: Native;
  /** What is held, by what it is. */
  readonly held: (kind: "buffer" | "loaded" | "executable") => number;
  /** Names of the functions that were called. */
  readonly calls: FunctionName[];
  /** What was put into the environment, in order. */
  readonly variables: (readonly [name: string, value: string | undefined])[];
  readonly fail: (failing: Failing | undefined) => void;
}

const FIRST = 1000;
const NAMES = new Map(Object.entries(SLOTS).map(([name, slot]) => [FIRST + slot, name as FunctionName]));

export function plainPlugin({
  version = [0, 115],
  slots = 120,
  platform = "",
  platformVersion = "1",
  devices = 1,
  results = { compiled: [], loaded: [] },
  memory,
  program,
}: Told = {}): PlainPlugin {
  const regions: { readonly address: number; readonly buffer: ArrayBuffer }[] = [];
  const handles = new Map<number, "buffer" | "loaded" | "executable">();
  /** Of loaded executables and of their plain ones. */
  const types = new Map<number, readonly number[]>();
  const calls: FunctionName[] = [];
  const variables: PlainPlugin["variables"] = [];
  let next = 4096;
  let failing: Failing | undefined;
  let turn = 0;

  const place = (buffer: ArrayBuffer): number => {
    const address = next;
    next += buffer.byteLength + 8;
    regions.push({ address, buffer });
    return address;
  };
  const viewAt = (address: number): DataView => {
    const found = regions.find(
      ({ address: start, buffer }) => address >= start && address < start + buffer.byteLength,
    );
    if (found === undefined) throw new Error(`there is no memory at ${address}`);
    return new DataView(found.buffer, address - found.address);
  };
  const handle = (kind: "buffer" | "loaded" | "executable"): number => {
    next += 8;
    handles.set(next, kind);
    return next;
  };
  const loaded = (found: readonly number[]): number => {
    const made = handle("loaded");
    types.set(made, found);
    return made;
  };

  type Fields = Readonly<Record<string, number>>;
  const placedText = (text: string): Fields => ({
    text: place(new TextEncoder().encode(text).buffer),
    text_size: text.length,
  });
  const answers: Partial<Record<FunctionName, (arg: Fields) => Fields>> = {
    Error_Message: () => ({
      message: place(new TextEncoder().encode(failing?.text ?? "").buffer),
      message_size: failing?.text.length ?? 0,
    }),
    Error_GetCode: () => ({ code: failing?.code ?? 0 }),
    Client_Create: () => ({ client: 7 }),
    Client_PlatformName: () => placedText(platform),
    Client_PlatformVersion: () => placedText(platformVersion),
    Client_AddressableDevices: () => ({
      devices: place(BigUint64Array.from({ length: devices }, (_, i) => BigInt(i + 1)).buffer),
      num_devices: devices,
    }),
    Client_BufferFromHostBuffer: () => ({ buffer: handle("buffer") }),
    Client_Compile: () => ({ executable: loaded(results.compiled) }),
    Executable_Serialize: () => ({ bytes: place(new ArrayBuffer(8)), bytes_size: 8 }),
    Executable_DeserializeAndLoad: () => ({ executable: loaded(results.loaded) }),
    LoadedExecutable_GetExecutable: ({ loaded: of = 0 }) => {
      const executable = handle("executable");
      types.set(executable, types.get(of) ?? []);
      return { executable };
    },
    Executable_NumOutputs: ({ executable = 0 }) => ({ num_outputs: types.get(executable)?.length ?? 0 }),
    Executable_OutputElementTypes: ({ executable = 0 }) => ({
      output_types: place(Int32Array.from(types.get(executable) ?? []).buffer),
    }),
    LoadedExecutable_Execute: ({ executable = 0, outputs = 0, num_devices = 1 }) => {
      for (let device = 0; device < num_devices; device++) {
        const list = viewAt(Number(viewAt(outputs).getBigUint64(8 * device, true)));
        (types.get(executable) ?? []).forEach((_, i) => {
          list.setBigUint64(8 * i, BigInt(handle("buffer")), true);
        });
      }
      return {};
    },
    Executable_GetCompiledMemoryStats: () => memory ?? {},
    Executable_OptimizedProgram: ({ program: struct = 0 }) => {
      if (program === undefined) return {};
      const view = viewAt(struct);
      const { code, code_size, format, format_size } = STRUCTS.Program.fields;
      const into = Number(view.getBigUint64(code, true));
      const set = (at: number, value: number) => view.setBigUint64(at, BigInt(value), true);
      set(code_size, program.bytes.length);
      set(format, place(new TextEncoder().encode(program.format).buffer));
      set(format_size, program.format.length);
      if (into !== 0) for (const [i, byte] of program.bytes.entries()) viewAt(into).setUint8(i, byte);
      return {};
    },
    Buffer_Destroy: ({ buffer = 0 }) => destroyed(buffer),
    Executable_Destroy: ({ executable = 0 }) => destroyed(executable),
    LoadedExecutable_Destroy: ({ executable = 0 }) => destroyed(executable),
  };
  const destroyed = (of: number): Fields => {
    if (!handles.delete(of)) throw new Error(`${of} is not held`);
    return {};
  };

  const table = new ArrayBuffer(API.functions + 8 * slots);
  const head = new DataView(table);
  head.setBigUint64(API.size, BigInt(table.byteLength), true);
  head.setInt32(API.major, version[0], true);
  head.setInt32(API.minor, version[1], true);
  for (let slot = 0; slot < slots; slot++)
    head.setBigUint64(API.functions + 8 * slot, BigInt(FIRST + slot), true);

  const native: Native = {
    open: () => place(table),
    openAhead: () => {},
    call: (pointer, argument) => {
      const name = NAMES.get(pointer);
      if (name === undefined) throw new Error(`there is no function at ${pointer}`);
      calls.push(name);
      if (name === failing?.name && (failing.turn === undefined || ++turn === failing.turn)) return 77;
      const struct = viewAt(argument);
      const fields: Fields = STRUCTS[name].fields;
      const given = Object.entries(fields).flatMap(([field, at]) =>
        at + 8 <= struct.byteLength ? [[field, Number(struct.getBigUint64(at, true))] as const] : [],
      );
      const answer = answers[name]?.(Object.fromEntries(given)) ?? {};
      for (const [field, value] of Object.entries(answer)) {
        struct.setBigUint64(fields[field] ?? Number.NaN, BigInt(value), true);
      }
      return 0;
    },
    addressOf: place,
    setVariable: (name, value) => {
      variables.push([name, value]);
    },
    read: (address, bytes) => {
      const { buffer, byteOffset } = viewAt(address);
      return buffer.slice(byteOffset, byteOffset + bytes) as ArrayBuffer;
    },
    copy: (from, to, bytes) => {
      for (let i = 0; i < bytes; i++) viewAt(to + i).setUint8(0, viewAt(from + i).getUint8(0));
    },
  };
  return {
    native,
    held: (kind) => [...handles.values()].filter((each) => each === kind).length,
    calls,
    variables,
    fail: (next) => {
      failing = next;
      turn = 0;
    },
  };
}
