// The CSV files below a folder.

import { readdirSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { TableFile } from "../attempt.ts";

export function folderTables(folder: string): readonly TableFile[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true });
  return (
    files
      // What macOS puts beside the files of an archive begins with a point.
      .filter((file) => file.isFile() && file.name.endsWith(".csv") && !file.name.startsWith("."))
      .map((file) => {
        const path = join(file.parentPath ?? file.path, file.name);
        return { name: relative(folder, path).slice(0, -".csv".length).split(sep).join("/"), path };
      })
      .sort((a, b) => (a.name < b.name ? -1 : 1))
  );
}
