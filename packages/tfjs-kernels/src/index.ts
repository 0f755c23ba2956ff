// Programs of the IR on a tfjs backend. Private: shared by the wasm and native backends.

export { copyingDevice } from "./device/copying-device.ts";
export type { Device, HostBody, InputNames, Prepared, Run, TfjsDevice } from "./device/device.ts";
export type { Profile } from "./device/profile.ts";
export { allocate, asStorage, type Elements, storageOf, tensorInfo, viewAs } from "./device/storage.ts";
export { createMachine } from "./machine/machine.ts";
