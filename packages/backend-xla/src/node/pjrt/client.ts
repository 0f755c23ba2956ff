// A client of a plugin: its devices, what goes to them, what comes back, and programs compiled for them.

import { type ElementType, formatType, sizeOf, type TensorType } from "@netwright/ir";
import { BackendError, type TensorData } from "@netwright/runtime";
import { BACKEND_NAME, PluginError, unusable } from "../../error.ts";
import { withThreads } from "../threads.ts";
import { Api } from "./api.ts";
import { compileOptions, LIBRARY_OPTION } from "./compile-options.ts";
import { type ClientOptions, createClient } from "./create-client.ts";
import { COPIED_DURING_CALL, ELEMENT_TYPES } from "./layout.ts";
import { type Addressed, Memory, placed, type Struct } from "./memory.ts";
import { attributesOf } from "./named-values.ts";
import type { Native } from "./native.ts";

/** Values of the host's that a plugin can read. */
export interface Sendable {
  readonly memory: Addressed;
  readonly type: TensorType;
  readonly dimensions: Memory;
}

/** An array of the host's that a plugin can read. */
export interface Host extends Sendable {
  readonly data: TensorData;
  readonly memory: Memory;
}

/** A value on the device; whoever has it destroys it. */
export interface DeviceBuffer {
  readonly pointer: number;
  readonly type: TensorType;
}

/** The platform of plugins for processors. */
export const CPU = "cpu";

export function devicesText(devices: number): string {
  return devices === 1 ? "1 device" : `${devices} devices`;
}

export class Client {
  readonly api: Api;
  readonly pointer: number;
  readonly platform: string;
  readonly platformVersion: string;
  /** Whether its functions may come back before they are done. */
  readonly isAsynchronous: boolean;
  /** Those that there are, which may be more than were asked for. The first is the one of all that is for one device. */
  readonly devices: readonly number[];
  readonly device: number;
  /** What the plugin tells of itself in whole numbers: `stablehlo_current_version` as [1, 20, 0]. */
  readonly attributes: ReadonlyMap<string, readonly number[]>;
  readonly #send: Struct<"Client_BufferFromHostBuffer">;
  readonly #receive: Struct<"Buffer_ToHostBuffer">;
  readonly #destroy: Struct<"Buffer_Destroy">;
  readonly #ready: Struct<"Buffer_ReadyEvent">;
  readonly #at: Struct<"Buffer_UnsafePointer">;
  readonly #readsInPlace: boolean;
  readonly #types = new Map<string, TensorType>();
  /** Whether the plugin may know the option of that name. */
  #library: boolean;

  /** `threads`: how many a processor is to have; an accelerator has what it has. @throws BackendError */
  constructor(native: Native, path: string, options: Partial<ClientOptions> = {}, threads?: number) {
    const wanted = { devices: 1, asynchronous: false, ...options };
    this.api = new Api(native, path);
    // The plugin is open by now: no other thread looks at the environment while it changes.
    const create = () => createClient(this.api, wanted);
    this.pointer = threads === undefined ? create() : withThreads(native, threads, create);
    const { api, pointer: client } = this;
    const name = api.invoke("Client_PlatformName", { client });
    this.platform = api.textAt(name.get("text"), name.get("text_size"));
    this.isAsynchronous = wanted.asynchronous || this.platform !== CPU;
    this.#library = this.platform === CPU;
    this.platformVersion = "";
    if (api.has("Client_PlatformVersion")) {
      const version = api.invoke("Client_PlatformVersion", { client });
      this.platformVersion = api.textAt(version.get("text"), version.get("text_size"));
    }
    this.attributes = attributesOf(api);
    const found = api.invoke("Client_AddressableDevices", { client });
    const list = native.read(found.get("devices"), 8 * found.get("num_devices"));
    this.devices = Array.from(new BigUint64Array(list), Number);
    const [first] = this.devices;
    if (first === undefined) {
      throw unusable(`the plugin ${path} finds no device`, "Take the plugin of a device that is here.");
    }
    this.device = first;
    this.#send = api.struct("Client_BufferFromHostBuffer", { client, device: this.device });
    this.#send.set32("host_buffer_semantics", COPIED_DURING_CALL);
    this.#receive = api.struct("Buffer_ToHostBuffer");
    this.#destroy = api.struct("Buffer_Destroy");
    this.#ready = api.struct("Buffer_ReadyEvent");
    this.#at = api.struct("Buffer_UnsafePointer");
    // On a CPU a value lies in memory that can be read: no transfer, and no other thread.
    const canPoint = api.has("Buffer_ReadyEvent") && api.has("Buffer_UnsafePointer");
    this.#readsInPlace = this.platform === CPU && canPoint;
  }

  /** What the device calls itself. */
  get deviceKind(): string {
    if (!this.api.has("Device_GetDescription") || !this.api.has("DeviceDescription_Kind"))
      return this.platform;
    const found = this.api.invoke("Device_GetDescription", { device: this.device });
    const kind = this.api.invoke("DeviceDescription_Kind", { description: found.get("description") });
    return this.api.textAt(kind.get("text"), kind.get("text_size")) || this.platform;
  }

  /** One object for all equal types, which are compared in every call. */
  one(type: TensorType): TensorType {
    const name = formatType(type);
    const known = this.#types.get(name);
    if (known !== undefined) return known;
    this.#types.set(name, type);
    return type;
  }

  /** @throws BackendError where there are fewer devices */
  holdDevices(asked: number): void {
    const { length } = this.devices;
    if (length >= asked) return;
    throw new BackendError(
      BACKEND_NAME,
      `the plugin has ${devicesText(length)}, and ${asked} are asked for`,
      length === 1 ? "Leave `--devices` out." : `Take no more than there are: \`--devices ${length}\`.`,
    );
  }

  /** The numbers of the first so many devices, by which a program is given to them; none for one, which needs none. */
  numbersOf(devices: number): readonly number[] {
    if (devices === 1) return [];
    return this.devices.slice(0, devices).map((device) => {
      const { api } = this;
      const description = api.invoke("Device_GetDescription", { device }).get("description");
      return api.invoke("DeviceDescription_Id", { description }).get32("id");
    });
  }

  host(given: TensorType): Host {
    const { native } = this.api;
    const type = this.one(given);
    const memory = new Memory(native, 4 * sizeOf(type.shape));
    const dimensions = new Memory(native, 8 * type.shape.length);
    type.shape.forEach((size, d) => {
      dimensions.set(8 * d, size);
    });
    return { data: arrayOn(memory.buffer, type), memory, type, dimensions };
  }

  /** A copy on a device. @throws BackendError */
  send({ memory, type, dimensions }: Sendable, device = this.device): DeviceBuffer {
    const args = this.#send;
    args.set("device", device);
    args.set("data", memory).set32("type", ELEMENT_TYPES[type.dtype]);
    args.set("dims", dimensions).set("num_dims", type.shape.length);
    this.api.call("Client_BufferFromHostBuffer", args);
    this.api.forget(args.get("done_with_host_buffer"));
    return { pointer: args.get("buffer"), type };
  }

  /** Into an array of the same type. @throws BackendError */
  receive(buffer: DeviceBuffer, host: Host): void {
    if (host.data.length === 0) return;
    const { api } = this;
    if (this.#readsInPlace) {
      api.native.copy(this.#placeOf(buffer), host.memory.address, host.data.byteLength);
      return;
    }
    this.#receive.set("src", buffer.pointer).set("dst", host.memory);
    this.#receive.set("dst_size", host.data.byteLength);
    api.call("Buffer_ToHostBuffer", this.#receive);
    api.await(this.#receive.get("event"));
  }

  /** A new array. @throws BackendError */
  read(buffer: DeviceBuffer): TensorData {
    const { type } = buffer;
    const length = sizeOf(type.shape);
    if (this.#readsInPlace && length > 0) {
      return arrayOn(this.api.native.read(this.#placeOf(buffer), 4 * length), type);
    }
    const host = this.host(type);
    this.receive(buffer, host);
    // Its memory may be longer.
    return host.data.slice();
  }

  /** Its address, when it is there. */
  #placeOf({ pointer }: DeviceBuffer): number {
    const { api } = this;
    api.call("Buffer_ReadyEvent", this.#ready.set("buffer", pointer));
    api.await(this.#ready.get("event"));
    api.call("Buffer_UnsafePointer", this.#at.set("buffer", pointer));
    return this.#at.get("pointer");
  }

  free({ pointer }: DeviceBuffer): void {
    this.api.call("Buffer_Destroy", this.#destroy.set("buffer", pointer));
  }

  /** The executable of a module's text, loaded, for the first so many devices. @throws BackendError */
  compile(text: string, devices = 1): number {
    const numbers = this.numbersOf(devices);
    if (this.#library) {
      try {
        return this.#compile(text, compileOptions(numbers));
      } catch (error) {
        if (!(error instanceof PluginError && error.message.includes(LIBRARY_OPTION))) throw error;
        this.#library = false;
      }
    }
    return this.#compile(text, compileOptions(numbers, false));
  }

  #compile(text: string, given: Uint8Array): number {
    const { native } = this.api;
    const [code, format, options] = [placed(native, text), placed(native, "mlir"), placed(native, given)];
    const program = this.api.struct("Program", {
      ...{ code, code_size: code.size },
      ...{ format, format_size: format.size },
    });
    const compiled = this.api.invoke("Client_Compile", {
      ...{ client: this.pointer, program },
      ...{ options, options_size: options.size },
    });
    return compiled.get("executable");
  }

  /** As bytes that `load` takes; undefined where the plugin has none. @throws BackendError */
  serialize(loaded: number): Uint8Array | undefined {
    const { api } = this;
    if (!api.has("Executable_Serialize") || !api.has("Executable_DeserializeAndLoad")) return undefined;
    const executable = api.invoke("LoadedExecutable_GetExecutable", { loaded }).get("executable");
    try {
      const told = api.invoke("Executable_Serialize", { executable });
      const bytes = new Uint8Array(api.native.read(told.get("bytes"), told.get("bytes_size")));
      const deleter = told.get("deleter");
      if (deleter !== 0) api.native.call(deleter, told.get("serialized"));
      return bytes;
    } finally {
      if (api.has("Executable_Destroy")) api.invoke("Executable_Destroy", { executable });
    }
  }

  /** An executable that this plugin has serialized on this machine. @throws BackendError */
  load(serialized: Uint8Array): number {
    const bytes = placed(this.api.native, serialized);
    const loaded = this.api.invoke("Executable_DeserializeAndLoad", {
      ...{ client: this.pointer, bytes, bytes_size: bytes.size },
    });
    return loaded.get("executable");
  }
}

const ARRAYS: Readonly<
  Record<
    Exclude<ElementType, "pred">,
    new (
      buffer: ArrayBuffer,
      offset: number,
      length: number,
    ) => TensorData
  >
> = { f32: Float32Array, i32: Int32Array, u32: Uint32Array };

/** Truth values do not come here: `withoutPred` of the runtime sees to that. */
function arrayOn(buffer: ArrayBuffer, type: TensorType): TensorData {
  if (type.dtype === "pred") {
    throw new BackendError(BACKEND_NAME, `${formatType(type)} has no array`, "Convert it to i32 before.");
  }
  return new ARRAYS[type.dtype](buffer, 0, sizeOf(type.shape));
}
