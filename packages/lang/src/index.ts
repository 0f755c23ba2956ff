// Public face of the language package.

export type { Catalog, Definition, LayerSignature, Shape, ShapeProblem } from "./catalog/catalog.ts";
export { isShapeProblem } from "./catalog/catalog.ts";
export type { Instance } from "./catalog/instance.ts";
export type { Args, ArgsOf, Argument, Family, Param, Params, ParamType } from "./catalog/param.ts";
export { choice, flag, instance, integer, list, optional, real, text } from "./catalog/param.ts";
export type { Diagnostic, Edit, Fix, Severity } from "./diagnostic.ts";
export type * from "./model/model.ts";
export type { Span } from "./source/span.ts";
export { cover } from "./source/span.ts";
