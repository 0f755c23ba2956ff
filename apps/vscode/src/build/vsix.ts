// The `.vsix` format: a zip of the extension's files with a manifest in XML and a list of content types.
// The tool of the marketplace, @vscode/vsce, brings some hundred packages for signing in and publishing, and
// needs a newer Node than we do; to pack takes this much.

import { strToU8, zipSync } from "fflate";

export interface Manifest {
  readonly name: string;
  readonly displayName: string;
  readonly description: string;
  readonly version: string;
  readonly publisher: string;
  readonly preview?: boolean;
  readonly categories: readonly string[];
  readonly keywords: readonly string[];
  readonly engines: { readonly vscode: string };
}

/** The same files give the same bytes. `files` are those of the extension, by path. */
export function packVsix(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): Uint8Array {
  const entries: Record<string, Uint8Array> = {
    "extension.vsixmanifest": strToU8(vsixManifest(manifest, files)),
    "[Content_Types].xml": strToU8(contentTypes(files.keys())),
  };
  for (const [path, bytes] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    entries[`extension/${path}`] = bytes;
  }
  // The format cannot hold an earlier time.
  return zipSync(entries, { level: 9, mtime: new Date(1980, 0, 1) });
}

function vsixManifest(manifest: Manifest, files: ReadonlyMap<string, Uint8Array>): string {
  const { name, displayName, description, version, publisher, categories, keywords, engines } = manifest;
  const asset = (type: string, path: string): string[] =>
    files.has(path)
      ? [
          `    <Asset Type="Microsoft.VisualStudio.${type}" Path="extension/${escapeXml(path)}" Addressable="true"/>`,
        ]
      : [];
  const property = (id: string, value: string): string =>
    `      <Property Id="Microsoft.VisualStudio.${id}" Value="${escapeXml(value)}"/>`;
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">',
    "  <Metadata>",
    `    <Identity Language="en-US" Id="${escapeXml(name)}" Version="${escapeXml(version)}" Publisher="${escapeXml(publisher)}"/>`,
    `    <DisplayName>${escapeXml(displayName)}</DisplayName>`,
    `    <Description xml:space="preserve">${escapeXml(description)}</Description>`,
    `    <Tags>${escapeXml(keywords.join(","))}</Tags>`,
    `    <Categories>${escapeXml(categories.join(","))}</Categories>`,
    `    <GalleryFlags>Public${manifest.preview === true ? " Preview" : ""}</GalleryFlags>`,
    "    <Properties>",
    property("Code.Engine", engines.vscode),
    property("Code.ExtensionKind", "workspace"),
    property("Code.ExtensionDependencies", ""),
    property("Code.ExtensionPack", ""),
    property("Services.GitHubFlavoredMarkdown", "true"),
    "    </Properties>",
    ...(files.has("LICENSE.txt") ? ["    <License>extension/LICENSE.txt</License>"] : []),
    "  </Metadata>",
    "  <Installation>",
    '    <InstallationTarget Id="Microsoft.VisualStudio.Code"/>',
    "  </Installation>",
    "  <Dependencies/>",
    "  <Assets>",
    ...asset("Code.Manifest", "package.json"),
    ...asset("Services.Content.Details", "README.md"),
    ...asset("Services.Content.Changelog", "CHANGELOG.md"),
    ...asset("Services.Content.License", "LICENSE.txt"),
    "  </Assets>",
    "</PackageManifest>",
    "",
  ].join("\n");
}

const TYPES: Readonly<Record<string, string>> = {
  js: "application/javascript",
  json: "application/json",
  md: "text/markdown",
  txt: "text/plain",
  vsixmanifest: "text/xml",
};

function contentTypes(paths: Iterable<string>): string {
  const extensions = new Set([
    "vsixmanifest",
    ...[...paths].map((path) => path.slice(path.lastIndexOf(".") + 1)),
  ]);
  const rows = [...extensions].sort().map((extension) => {
    const type = TYPES[extension];
    if (type === undefined) throw new Error(`no content type is known for .${extension}; add it to TYPES`);
    return `  <Default Extension=".${extension}" ContentType="${type}"/>`;
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
    ...rows,
    "</Types>",
    "",
  ].join("\n");
}

function escapeXml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
