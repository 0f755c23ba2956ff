#!/usr/bin/env bash
# @uwdata/flechette 2.3.0: a stream of Arrow in which the second batch brings another dictionary is read with the words of the
# last dictionary in all batches: a, b, z, x comes out as z, x, z, x. Nothing is said. One would have guessed that each batch has
# the dictionary that stood before it, as 2.6.0 has it. The stream is pyarrow 26.0.1's, its dictionaries as it writes them.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts old@npm:@uwdata/flechette@2.3.0 new@npm:@uwdata/flechette@2.6.0
cat > table.b64 <<'B64'
/////5AAAAAQAAAAAAAKAAwABgAFAAgACgAAAAABBAAEAAAAvP///wQAAAABAAAAFAAAABAAGAAIAAYABwAMABAAFAAQAAAAAAABBRQAAABAAA
AAHAAAAAQAAAAAAAAAAQAAAHcAAAAIAAgAAAAEAAgAAAAMAAAACAAMAAgABwAIAAAAAAAAAQgAAAAEAAQABAAAAAAAAAD/////qAAAABQAAAAA
AAAADAAUAAYABQAIAAwADAAAAAACBAAUAAAAGAAAAAAAAAAIAAoAAAAEAAgAAAAQAAAAAAAKABgADAAEAAgACgAAAEwAAAAQAAAAAgAAAAAAAA
AAAAAAAwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwAAAAAAAAAEAAAAAAAAAACAAAAAAAAAAAAAAABAAAAAgAAAAAAAAAAAAAAAAAAAAAA
AAABAAAAAgAAAAAAAABhYgAAAAAAAP////+IAAAAFAAAAAAAAAAMABYABgAFAAgADAAMAAAAAAMEABgAAAAIAAAAAAAAAAAACgAYAAwABAAIAA
oAAAA8AAAAEAAAAAIAAAAAAAAAAAAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAACAAAAAAAAAAAAAAABAAAAAgAAAAAAAAAAAAAAAAAA
AAABAAAAAAAA/////6gAAAAUAAAAAAAAAAwAFAAGAAUACAAMAAwAAAAAAgQAFAAAABgAAAAAAAAACAAKAAAABAAIAAAAEAAAAAAACgAYAAwABA
AIAAoAAABMAAAAEAAAAAIAAAAAAAAAAAAAAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAAAAAABAAAAAAAAAAAgAAAAAAAAAAAAAA
AQAAAAIAAAAAAAAAAAAAAAAAAAAAAAAAAQAAAAIAAAAAAAAAengAAAAAAAD/////iAAAABQAAAAAAAAADAAWAAYABQAIAAwADAAAAAADBAAYAA
AACAAAAAAAAAAAAAoAGAAMAAQACAAKAAAAPAAAABAAAAACAAAAAAAAAAAAAAACAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAgAAAAAAAAAA
AAAAAQAAAAIAAAAAAAAAAAAAAAAAAAAAAQAAAAAAAP////8AAAAA
B64
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import * as older from "old";
import * as newer from "new";

const bytes = new Uint8Array(Buffer.from(readFileSync("table.b64", "utf8"), "base64"));
const words = ({ tableFromIPC }) => [...tableFromIPC(bytes).getChild("w")].join();
console.log("2.3.0", words(older));
console.log("2.6.0", words(newer));
if (words(older) !== "z,x,z,x" || words(newer) !== "a,b,z,x") process.exit(1);
JS
node look.js
