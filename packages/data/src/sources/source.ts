// What gives the table beside a file: a call in the setting `source`. Here is what it is called and takes; who can open
// files asks it, as that needs a library and takes time.

import { type Documented, definer } from "@netwright/definitions";

export interface Source extends Documented {
  /** What a user adds to have it. */
  readonly packageName: string;
}

export const defineSource = definer<Source>({});
