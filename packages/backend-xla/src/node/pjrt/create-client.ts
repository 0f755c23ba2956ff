// A client of a plugin, with the options that a plugin for processors has.

import { PluginError } from "../../error.ts";
import type { Api } from "./api.ts";
import { NAMED_VALUE, STRUCTS } from "./layout.ts";
import { Memory, placed } from "./memory.ts";

/** Of the CPU plugin, which makes four devices where nothing is said; others know neither. */
const cpuOptions = ({ devices, asynchronous }: ClientOptions) => ({
  cpu_device_count: devices,
  asynchronous,
});

/** How a processor is to be taken; an accelerator is what it is. */
export interface ClientOptions {
  readonly devices: number;
  /**
   * Whether a call comes back before a thread of the client's has done it. That thread and those that help it are all then;
   * otherwise the caller is one more than there are processors, which costs a tenth of a small step. A call that is waited for
   * anyway, as one row's prediction, takes a third less without the change of threads.
   */
  readonly asynchronous: boolean;
}

/** Of options: none told, an invalid argument, not implemented. Whatever else fails would fail without them. */
const REFUSALS: ReadonlySet<number> = new Set([0, 3, 12]);

/** Those of the CPU plugin are tried first; a plugin of something else refuses them, and gets none. @throws BackendError */
export function createClient(api: Api, wanted: ClientOptions): number {
  const { native } = api;
  const { size, fields } = STRUCTS.NamedValue;
  const entries = Object.entries(cpuOptions(wanted));
  const options = new Memory(native, size * entries.length);
  entries.forEach(([text, value], i) => {
    const at = i * size;
    const name = placed(native, text);
    options.set(at, size);
    options.point(at + fields.name, name);
    options.set(at + fields.name_size, name.size);
    options.set32(at + fields.type, typeof value === "boolean" ? NAMED_VALUE.boolean : NAMED_VALUE.integer);
    options.set(at + fields.value, Number(value));
    options.set(at + fields.value_size, 1);
  });
  try {
    const args = { create_options: options, num_options: entries.length };
    return api.invoke("Client_Create", args).get("client");
  } catch (error) {
    if (!(error instanceof PluginError && REFUSALS.has(error.code))) throw error;
    return api.invoke("Client_Create").get("client");
  }
}
