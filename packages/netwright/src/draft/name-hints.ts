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

/** Of names and addresses, in which the words say nothing. */
const NAME_WORDS: ReadonlySet<string> = new Set(
  "name,names,url,link,email,address,source,reference,author,authors,website,path,file,filename,image,photo".split(
    ",",
  ),
);

export function isNameColumn(name: string): boolean {
  const words = wordsOf(name);
  return isIndexName(name) || words.includes("name") || NAME_WORDS.has(words.at(-1) ?? "");
}

/** Of a class that may be numbered. */
const CLASS_WORDS: ReadonlySet<string> = new Set(
  "class,label,type,category,group,kind,species,cluster,diagnosis,cultivar,segment,variety,genre".split(","),
);

export function isClassName(name: string): boolean {
  return CLASS_WORDS.has(wordsOf(name).at(-1) ?? "");
}

/** Of what is counted, in one word or among several: `n_visits`, `number of claims`, `count`. */
const COUNT_WORDS: ReadonlySet<string> = new Set(
  [
    "count,counts,freq,frequency,visits,claims,accidents,crashes,deaths,births,cases,goals,events,incidents,trips,calls",
    "arrests,children,kids,siblings,offspring,eggs,seizures,articles,patents,clicks,views,likes,downloads,purchases",
    "tickets,strikes,injuries,fatalities,failures,defects,errors,bikes,rentals,breaks,colonies,seedlings,satellites",
  ]
    .join(",")
    .split(","),
);

export function isCountName(name: string): boolean {
  const words = wordsOf(name);
  const [first = ""] = words;
  if (words.some((word) => COUNT_WORDS.has(word))) return true;
  return words.length > 1 && (["n", "nb", "num", "number"].includes(first) || words.at(-1) === "n");
}

/** Who or what rows are repeated of: people and animals, whose rows are alike; and where or when they were taken. */
const BEING_WORDS: ReadonlySet<string> = new Set(
  [
    "patient,subject,subj,person,participant,user,customer,client,student,pupil,individual,respondent,animal,rat,mouse",
    "dog,cow,pig,bird,family,household,member,player,driver,speaker,worker,employee,child",
  ]
    .join(",")
    .split(","),
);
const PLACE_WORDS: ReadonlySet<string> = new Set(
  "site,school,hospital,clinic,center,centre,store,shop,plot,county,district,village,litter,batch,lot,session,station,firm,company,state,country".split(
    ",",
  ),
);

export type GroupName = "being" | "place";

/** `null` where the name is of no group of rows; that of an id is one of whatever has the id. */
export function groupName(name: string): GroupName | null {
  const words = wordsOf(name).filter((word) => !["no", "nr", "number", "code"].includes(word));
  const inOne = words.join("");
  const without = ID_IN_ONE_WORD.test(inOne)
    ? [inOne.replace(/id$/, "")]
    : words.filter((word) => !ID_WORDS.has(word));
  if (without.length > 1) return null;
  const [word] = without;
  if (word === undefined || BEING_WORDS.has(word)) return "being";
  return PLACE_WORDS.has(word) ? "place" : isIdName(name) ? "being" : null;
}

/** Of a time by which rows may be in order; that of a duration is the same, and the steps of one are not alike. */
export function isTimeline(name: string): "time" | "may be" | null {
  const words = wordsOf(name).join(" ");
  if (isTimeName(name) || words === "timestamp") return "time";
  return ["time", "t", "period"].includes(words) ? "may be" : null;
}
