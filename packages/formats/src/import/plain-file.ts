/** Names of files alone: what a file names in another folder is not read. */
export const isPlainFile = (path: string): boolean =>
  /^[^/\\:\0]+$/.test(path) && path !== "." && path !== "..";
