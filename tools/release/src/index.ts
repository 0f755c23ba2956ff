// For tests of the published packages.

export { packAll } from "./pack.ts";
export { type PublishOptions, publishAll } from "./publish.ts";
export { folderName, type StagedPackage, stage, stageNetwrightOnly } from "./stage/stage.ts";
export { root } from "./workspace.ts";
