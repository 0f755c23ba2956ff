// docs/uncertainty.md cannot lie.

import { playPage } from "./support/play-page.ts";

playPage("uncertainty");
