// What the name of a column says about its use, as far as most people would agree: ids, targets, and what is none.

/** The names that a target has by itself, the strongest first. */
export const TARGET_NAMES = ["target", "label", "class", "outcome", "response", "y"] as const;

/** Of an id, whatever its values: `id`, `customer_id`, `OrderID`, `uuid`. */
const ID_WORDS: ReadonlySet<string> = new Set(["id", "ids", "uuid", "guid"]);

/** What is told apart by an id: written in one word, as in `caseid`, no capital shows where `id` begins. */
const ID_IN_ONE_WORD =
  /^(?:account|case|child|class|client|county|customer|device|doc|family|firm|group|house|household|item|obs|order|patient|person|product|record|respondent|row|sample|school|state|store|student|subj?|subject|teacher|test|unit|user)id$/;

/** Of row numbers and keys, if no two values are equal. */
const INDEX_NAMES: ReadonlySet<string> = new Set([
  ..."index,idx,key,nr,no,num,number,row,rowname,rownames,rownum,rownumber,obs,case,subject".split(","),
  "unnamed 0",
  "row name",
  "row names",
  "row number",
  "record number",
  "serial number",
]);

/** Of what comes after the target, if it is no number that can be predicted: `name`, `comment`, `date`. */
const ASIDE_NAMES: ReadonlySet<string> = new Set(
  "name,names,comment,comments,note,notes,remark,remarks,description,url,link,email,address,source,reference".split(
    ",",
  ),
);

const TIME_NAMES: ReadonlySet<string> = new Set("year,yr,quarter,month,week,day,date,hour,minute".split(","));

/** `customerId` and `Customer_ID` are `customer id`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .split(/[^\p{L}\d]+/u)
    .filter((word) => word !== "");
}

export function isIdName(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? "";
  return ID_WORDS.has(last) || ID_WORDS.has(words[0] ?? "") || ID_IN_ONE_WORD.test(words.join(""));
}

export function isIndexName(name: string): boolean {
  return INDEX_NAMES.has(wordsOf(name).join(" "));
}

export function isTimeName(name: string): boolean {
  return TIME_NAMES.has(wordsOf(name).join(" "));
}

/** Whether a column of that name stands beside the data rather than being what they are for. */
export function isAsideName(name: string): boolean {
  return ASIDE_NAMES.has(wordsOf(name).at(-1) ?? "");
}
