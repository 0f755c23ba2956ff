// `@netwright/definitions/json`: the one reader of JSON that comes from outside, saved runs and models among it.

export { type Complaint, complaintsText, fits, type Read, readText, readValue } from "./read.ts";
export {
  amount,
  type Complain,
  count,
  dictionary,
  either,
  fileName,
  flag,
  hash,
  invalid,
  list,
  nullable,
  number,
  object,
  oneOf,
  optional,
  path,
  type Reader,
  sha256,
  text,
  where,
  word,
} from "./shape.ts";
