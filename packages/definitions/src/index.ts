// Public face of the package of definitions, which imports nothing.

export type { Args, Argument, Chosen, Family, Instance } from "./catalog/argument.ts";
export { BY_MEMBER, byMember, isSetting, type Setting, valuesByMember } from "./catalog/by-member.ts";
export { type ByName, byName, lookUp } from "./catalog/by-name.ts";
export type {
  ActivationDefinition,
  Bounds,
  Catalog,
  ColumnDefinition,
  Definition,
  Draw,
  Drawable,
  DrawnAt,
  EncoderDefinition,
  LayerParts,
  LayerSignature,
  LossDefinition,
  MetricDefinition,
  MissingDefinition,
  ScheduleDefinition,
  ShapeProblem,
  SplitterDefinition,
  Takes,
  TakesFirst,
  VariableSignature,
  View,
} from "./catalog/catalog.ts";
export { isShapeProblem, namesTaken } from "./catalog/catalog.ts";
export { definer, type Spec } from "./catalog/define.ts";
export type { Documented } from "./catalog/documentation.ts";
export {
  type EncodedColumn,
  type InputOf,
  inputsOfColumns,
  isPlain,
  type MadeImage,
  ONLY_INPUT,
  windowedType,
} from "./catalog/inputs.ts";
export {
  anyNumber,
  contains,
  describeInterval,
  hullOf,
  type Interval,
  productOf,
  sumOf,
} from "./catalog/interval.ts";
export { columnsByPattern, columnsOfPattern, inPixelOrder, type MadeOf } from "./catalog/made-of.ts";
export type { ArgsOf, Param, Params, ParamType } from "./catalog/param.ts";
export {
  choice,
  columnName,
  columnNames,
  columnsIn,
  columnsOrAll,
  familyOf,
  flag,
  instance,
  integer,
  list,
  oneOf,
  optional,
  paramName,
  real,
  scheduled,
  takesAll,
  takesByMember,
  takesColumns,
  text,
  textChoice,
  withDefaults,
} from "./catalog/param.ts";
export { type Some, some } from "./catalog/some.ts";
export {
  isSplitName,
  LARGEST_SEED,
  type Shares,
  type SplitName,
  sharesConflict,
  splitNames,
  splitParams,
} from "./catalog/split.ts";
export { type ColumnKind, columnKindOf, type TargetKind } from "./catalog/target-kind.ts";
export {
  ANSWERED,
  isTeacherPattern,
  TEACHER,
  type TeacherColumn,
  teacherColumns,
} from "./catalog/teacher-columns.ts";
export {
  describeShape,
  describeValueType,
  markedType,
  numbersOf,
  type Shape,
  sameShape,
  sameValueType,
  type ValueType,
} from "./catalog/value-type.ts";
export { isSchedule, rangeOfSchedule, watchingSchedule } from "./catalog/watching-schedule.ts";
export { type Factors, factorParams, type WeightRole, weightRole } from "./catalog/weight-role.ts";
export { BEYOND_ALL, SELU, WAVELENGTH } from "./formula/constants.ts";
export { isObject } from "./json/is-object.ts";
export { at, float64At, int32At } from "./list/at.ts";
export { placesOf } from "./list/places-of.ts";
export { repeated } from "./list/repeated.ts";
export { hasError, type Severity } from "./problem/severity.ts";
export { fileNameOf, isFileName } from "./source/file-name.ts";
export { cover, type Span } from "./source/span.ts";
export { closest, sameThing, suggester } from "./wording/closest.ts";
export { lettersOf } from "./wording/letters.ts";
export { unseenAs, visible, visibleJson, visibleLines } from "./wording/visible.ts";
export {
  count,
  cutList,
  grouped,
  listChain,
  listed,
  listNames,
  oneLine,
  percent,
  quote,
  shorten,
} from "./wording/wording.ts";
