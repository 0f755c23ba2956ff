// All harnesses, in the order in which they are run. One more is a file in `harness` and a line here.

import { disk } from "./harness/disk.ts";
import { exports } from "./harness/exports.ts";
import { formats } from "./harness/formats.ts";
import { interrupts } from "./harness/interrupts.ts";
import { kills } from "./harness/kills.ts";
import { patterns } from "./harness/patterns.ts";
import { records } from "./harness/records.ts";
import { replacements } from "./harness/replacements.ts";
import { runs } from "./harness/runs.ts";
import { server } from "./harness/server.ts";
import { studies } from "./harness/studies.ts";
import { studyRecords } from "./harness/study-records.ts";
import { tables } from "./harness/tables.ts";
import { texts } from "./harness/texts.ts";
import { trainings } from "./harness/trainings.ts";
import type { Harness } from "./harness.ts";

export const HARNESSES: readonly Harness[] = [
  texts,
  tables,
  formats,
  patterns,
  runs,
  exports,
  server,
  kills,
  replacements,
  disk,
  records,
  interrupts,
  trainings,
  studies,
  studyRecords,
];
