// A plugin's table of functions: which version it has, which functions there are, calls, and errors as BackendErrors.

import { PluginError, unusable } from "../../error.ts";
import {
  API,
  API_VERSION,
  type FieldName,
  type FunctionName,
  NEEDED,
  SLOTS,
  type StructName,
} from "./layout.ts";
import { type Addressed, Struct } from "./memory.ts";
import type { Native } from "./native.ts";

const NEWER = "Take a newer plugin, or another backend.";

/** What to do, by the code of an error: those of gRPC. */
const REMEDIES: Readonly<Record<number, string>> = {
  3: "This is a mistake of Netwright or of the plugin, where the plugin is an old one: try a newer one, and tell us.",
  8: "Take a smaller batch, or a machine or device with more memory.",
  12: "This plugin cannot run the program: take another plugin, or another backend.",
};
const USUAL_REMEDY = "Try again; if it happens again, take another plugin, or another backend.";

/** The functions whose arguments are the struct of their name. */
export type CallName = FunctionName & StructName;

/** Of members that are not 0. */
type Values<S extends StructName> = Readonly<Partial<Record<FieldName<S>, number | Addressed>>>;

/** Told of a call that has returned, and how many milliseconds it took. */
export type CallObserver = (name: FunctionName, milliseconds: number) => void;

export class Api {
  readonly native: Native;
  readonly version: string;
  readonly #functions = new Map<FunctionName, number>();
  readonly #await: Struct<"Event_Await">;
  readonly #destroyEvent: Struct<"Event_Destroy">;
  #observer: CallObserver | undefined;
  /** What the plugin is looking at, which the engine must not free meanwhile. */
  #calledWith: Addressed | undefined;

  /** @throws BackendError where the library is none, or of another version */
  constructor(native: Native, path: string) {
    this.native = native;
    const address = native.open(path, "GetPjrtApi");
    const head = new DataView(native.read(address, API.functions));
    const size = Number(head.getBigUint64(API.size, true));
    const [major, minor] = [head.getInt32(API.major, true), head.getInt32(API.minor, true)];
    this.version = `${major}.${minor}`;
    if (major !== API_VERSION.major) {
      throw unusable(
        `the plugin ${path} has version ${this.version} of PJRT; this backend is made for ${API_VERSION.major}`,
        "Take a plugin or a Netwright that fits.",
      );
    }
    const table = new BigUint64Array(native.read(address + API.functions, size - API.functions));
    for (const name of Object.keys(SLOTS)) {
      // A function that an older plugin has not got is past its end, or null.
      if (!isFunctionName(name)) continue;
      const pointer = table[SLOTS[name]] ?? 0n;
      if (pointer !== 0n) this.#functions.set(name, Number(pointer));
    }
    const missing = NEEDED.filter((name) => !this.has(name));
    if (missing.length > 0) {
      throw unusable(`the plugin ${path}, PJRT ${this.version}, has no ${missing.join(", ")}`, NEWER);
    }
    this.#await = new Struct(native, "Event_Await");
    this.#destroyEvent = new Struct(native, "Event_Destroy");
    this.invoke("Plugin_Initialize");
  }

  /** Times every call from now on, until there is no observer any more. */
  observe(observer: CallObserver | undefined): void {
    this.#observer = observer;
  }

  has(name: FunctionName): boolean {
    return this.#functions.has(name);
  }

  struct<S extends StructName>(name: S, values?: Values<S>): Struct<S> {
    const struct = new Struct(this.native, name);
    for (const field of Object.keys(values ?? {}) as FieldName<S>[]) struct.set(field, values?.[field] ?? 0);
    return struct;
  }

  /** Calls with a new struct, and gives it back for what is in it then. @throws BackendError */
  invoke<S extends CallName>(name: S, values?: Values<S>): Struct<S> {
    const struct = this.struct(name, values);
    this.call(name, struct);
    return struct;
  }

  /** @throws BackendError */
  call<S extends CallName>(name: S, struct: Struct<S>): void {
    const error = this.#raw(name, struct);
    if (error !== 0) throw this.#errorAt(error);
  }

  /** Waits for an event and destroys it; 0 is none. @throws BackendError of what it waited for */
  await(event: number): void {
    if (event === 0) return;
    const error = this.#raw("Event_Await", this.#await.set("event", event));
    this.forget(event);
    if (error !== 0) throw this.#errorAt(error);
  }

  /** Destroys an event that nobody waits for. */
  forget(event: number): void {
    if (event !== 0) this.#raw("Event_Destroy", this.#destroyEvent.set("event", event));
  }

  textAt(address: number, bytes: number): string {
    return bytes === 0 ? "" : new TextDecoder().decode(this.native.read(address, bytes));
  }

  #raw(name: FunctionName, argument: Addressed): number {
    const pointer = this.#functions.get(name);
    if (pointer === undefined) throw unusable(`the plugin, PJRT ${this.version}, has no ${name}`, NEWER);
    this.#calledWith = argument;
    const start = this.#observer === undefined ? 0 : performance.now();
    const error = this.native.call(pointer, argument.address);
    this.#observer?.(name, performance.now() - start);
    // Looking at it after the call is what keeps it until then.
    if (this.#calledWith !== argument) throw new Error("the plugin was called while it was called");
    return error;
  }

  #errorAt(error: number): PluginError {
    const told = this.struct("Error_Message", { error });
    this.#raw("Error_Message", told);
    const text = this.textAt(told.get("message"), told.get("message_size"));
    const code = this.struct("Error_GetCode", { error });
    if (this.has("Error_GetCode")) this.#raw("Error_GetCode", code);
    const remedy = REMEDIES[code.get32("code")] ?? USUAL_REMEDY;
    this.#raw("Error_Destroy", this.struct("Error_Destroy", { error }));
    return new PluginError(text, remedy, code.get32("code"));
  }
}

function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(SLOTS, name);
}
