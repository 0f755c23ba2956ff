// Public face of the site's generator, for its tests.

export { readSources } from "./node/read-sources.ts";
export { writeSite } from "./node/write-site.ts";
export { siteFiles } from "./site.ts";
export type { Sources } from "./sources.ts";
