#!/usr/bin/env bash
# hyparquet 1.33.0: the time 1969-12-31 23:59:59.999999 of a Parquet file is read as 1970-01-01 00:00:00, as microseconds are cut
# to milliseconds toward 0 and not down, so that two times a microsecond apart may differ in their day. And the decimal
# 12345678901234567.89 is the number 12345678901234568, with no word of it. One would have guessed the millisecond before
# midnight, and a text or a warning where digits do not fit. The file is pyarrow 26.0.1's.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "type": "module", "private": true }' > package.json
npm install --silent --ignore-scripts hyparquet@1.33.0
cat > table.b64 <<'B64'
UEFSMRUAFRwVHCwVAhUAFQYVBhwAAAACAAAAAgH//////////xUAFR4VHiwVAhUAFQYVBhwAAAACAAAAAgEAESIQ9H3pgRUVBBk8NQAYBnNjaG
VtYRUEABUEJQIYAnVzJRRMjBIcLAAAAAAAFQ4VEhUCGAFkJQoVBBUoLFwVBBUoAAAAFgIZHBksJgAcFQQZJQYAGRgCdXMVABYCFkIWQiYISRwV
ABUAFQIAPCkGGSYAAgAAACYAHBUOGSUGABkYAWQVABYCFkQWRCZKSRwVABUAFQIAPCkGGSYAAgAAABaGARYCJggWhgEAKCBwYXJxdWV0LWNwcC
1hcnJvdyB2ZXJzaW9uIDI2LjAuMRksHAAAHAAAAM4AAABQQVIx
B64
cat > look.js <<'JS'
import { readFileSync } from "node:fs";
import { parquetReadObjects } from "hyparquet";

const bytes = new Uint8Array(Buffer.from(readFileSync("table.b64", "utf8"), "base64"));
const file = { byteLength: bytes.length, slice: (start, end) => bytes.slice(start, end).buffer };
const [{ us, d }] = await parquetReadObjects({ file });
console.log(us.toISOString(), d);
if (us.getTime() !== 0 || d !== 12345678901234568) process.exit(1);
JS
node look.js
