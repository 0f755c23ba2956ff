// Public face of the package.

export { isDivided } from "./devices.ts";
export { moduleOf } from "./module.ts";
export { parseStablehlo, type ReadProgram } from "./parse.ts";
export { type PrintedModule, type PrintOptions, printStablehlo, printWithLayers } from "./print.ts";
export { StablehloError } from "./stablehlo-error.ts";
