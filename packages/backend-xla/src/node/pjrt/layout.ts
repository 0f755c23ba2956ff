// Where things lie in the structs of PJRT's C API, version 0.114, on 64-bit systems: facts of its header, which is not
// part of this package. A plugin takes a struct that is larger than the one it knows, and refuses smaller ones; so these
// are all members of that version, for older plugins as well.

/** The version that the layouts are of. Another major number is another API. */
export const API_VERSION = { major: 0, minor: 114 } as const;

/** Of `PJRT_Api`, in bytes. */
export const API = { size: 0, extensions: 8, major: 32, minor: 36, functions: 40 } as const;

/** The place of each function behind `API.functions`, counted in pointers. */
export const SLOTS = {
  Error_Destroy: 0,
  Error_Message: 1,
  Error_GetCode: 2,
  Plugin_Initialize: 3,
  Plugin_Attributes: 4,
  Event_Destroy: 5,
  Event_Await: 8,
  Client_Create: 10,
  Client_PlatformName: 12,
  Client_PlatformVersion: 14,
  Client_AddressableDevices: 16,
  Client_Compile: 20,
  Client_BufferFromHostBuffer: 22,
  DeviceDescription_Id: 23,
  DeviceDescription_Kind: 26,
  Device_GetDescription: 29,
  Executable_Destroy: 40,
  Executable_NumOutputs: 44,
  Executable_GetCostAnalysis: 46,
  Executable_OptimizedProgram: 48,
  Executable_Serialize: 49,
  LoadedExecutable_Destroy: 50,
  LoadedExecutable_GetExecutable: 51,
  LoadedExecutable_Execute: 55,
  Executable_DeserializeAndLoad: 56,
  Buffer_Destroy: 58,
  Buffer_ToHostBuffer: 70,
  Buffer_ReadyEvent: 72,
  Buffer_UnsafePointer: 73,
  Executable_OutputElementTypes: 90,
  Executable_GetCompiledMemoryStats: 96,
} as const;

export type FunctionName = keyof typeof SLOTS;

/** Those that nothing works without. */
export const NEEDED: readonly FunctionName[] = [
  "Error_Destroy",
  "Error_Message",
  "Plugin_Initialize",
  "Event_Destroy",
  "Event_Await",
  "Client_Create",
  "Client_PlatformName",
  "Client_AddressableDevices",
  "Client_Compile",
  "Client_BufferFromHostBuffer",
  "LoadedExecutable_Destroy",
  "LoadedExecutable_GetExecutable",
  "LoadedExecutable_Execute",
  "Executable_NumOutputs",
  "Executable_OutputElementTypes",
  "Buffer_Destroy",
  "Buffer_ToHostBuffer",
];

/** Size in bytes, and offsets of the members that are used. The first two, `struct_size` and extensions, are in all. */
export const STRUCTS = {
  Error_Destroy: { size: 24, fields: { error: 16 } },
  Error_Message: { size: 40, fields: { error: 16, message: 24, message_size: 32 } },
  Error_GetCode: { size: 28, fields: { error: 16, code: 24 } },
  Plugin_Initialize: { size: 16, fields: {} },
  Plugin_Attributes: { size: 32, fields: { attributes: 16, num_attributes: 24 } },
  Event_Destroy: { size: 24, fields: { event: 16 } },
  Event_Await: { size: 24, fields: { event: 16 } },
  Client_Create: { size: 88, fields: { create_options: 16, num_options: 24, client: 64 } },
  Client_PlatformName: { size: 40, fields: { client: 16, text: 24, text_size: 32 } },
  Client_PlatformVersion: { size: 40, fields: { client: 16, text: 24, text_size: 32 } },
  Client_AddressableDevices: { size: 40, fields: { client: 16, devices: 24, num_devices: 32 } },
  Client_Compile: {
    size: 56,
    fields: { client: 16, program: 24, options: 32, options_size: 40, executable: 48 },
  },
  Client_BufferFromHostBuffer: {
    size: 120,
    fields: {
      client: 16,
      data: 24,
      type: 32,
      dims: 40,
      num_dims: 48,
      host_buffer_semantics: 72,
      device: 80,
      done_with_host_buffer: 104,
      buffer: 112,
    },
  },
  DeviceDescription_Id: { size: 28, fields: { description: 16, id: 24 } },
  DeviceDescription_Kind: { size: 40, fields: { description: 16, text: 24, text_size: 32 } },
  Device_GetDescription: { size: 32, fields: { device: 16, description: 24 } },
  Executable_Destroy: { size: 24, fields: { executable: 16 } },
  Executable_NumOutputs: { size: 32, fields: { executable: 16, num_outputs: 24 } },
  Executable_OutputElementTypes: {
    size: 40,
    fields: { executable: 16, output_types: 24, num_output_types: 32 },
  },
  Executable_Serialize: {
    size: 56,
    fields: { executable: 16, bytes: 24, bytes_size: 32, serialized: 40, deleter: 48 },
  },
  Executable_DeserializeAndLoad: {
    size: 72,
    fields: { client: 16, bytes: 24, bytes_size: 32, executable: 40 },
  },
  Executable_GetCostAnalysis: {
    size: 40,
    fields: { executable: 16, num_properties: 24, properties: 32 },
  },
  Executable_OptimizedProgram: { size: 32, fields: { executable: 16, program: 24 } },
  Executable_GetCompiledMemoryStats: {
    size: 144,
    fields: { executable: 16, code: 24, arguments: 32, outputs: 40, aliases: 48, temporary: 56 },
  },
  LoadedExecutable_Destroy: { size: 24, fields: { executable: 16 } },
  LoadedExecutable_GetExecutable: { size: 32, fields: { loaded: 16, executable: 24 } },
  LoadedExecutable_Execute: {
    size: 80,
    fields: {
      executable: 16,
      options: 24,
      arguments: 32,
      num_devices: 40,
      num_args: 48,
      outputs: 56,
      complete_events: 64,
    },
  },
  Buffer_Destroy: { size: 24, fields: { buffer: 16 } },
  Buffer_ToHostBuffer: { size: 56, fields: { src: 16, dst: 32, dst_size: 40, event: 48 } },
  Buffer_ReadyEvent: { size: 32, fields: { buffer: 16, event: 24 } },
  Buffer_UnsafePointer: { size: 32, fields: { buffer: 16, pointer: 24 } },
  ExecuteOptions: { size: 144, fields: {} },
  NamedValue: { size: 56, fields: { name: 16, name_size: 24, type: 32, value: 40, value_size: 48 } },
  Program: { size: 48, fields: { code: 16, code_size: 24, format: 32, format_size: 40 } },
} as const;

export type StructName = keyof typeof STRUCTS;
export type FieldName<S extends StructName> = keyof (typeof STRUCTS)[S]["fields"] & string;

/** `PJRT_Buffer_Type` of the element types that the IR has. */
export const ELEMENT_TYPES = { pred: 1, i32: 4, u32: 8, f32: 11 } as const;

/** `PJRT_NamedValue_Type`. */
export const NAMED_VALUE = { string: 0, integer: 1, integers: 2, float: 3, boolean: 4 } as const;

/** The host's array is copied before the call returns. */
export const COPIED_DURING_CALL = 0;
