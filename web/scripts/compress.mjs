// Compresses what `vite build` made, so that the binary carries each file small and answers without compressing. Of what
// compresses only the small forms are kept; the server makes the plain one for the rare caller that takes neither.
import { readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";

const dist = new URL("../dist/", import.meta.url).pathname;
const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
/** Smaller files gain nothing that a network would notice. */
const LEAST = 1024;
/** The server writes into the first page, so it needs its text. */
const KEPT_PLAIN = /\.html$/;

for (const entry of await readdir(dist, { recursive: true, withFileTypes: true })) {
  const path = join(entry.parentPath, entry.name);
  if (!entry.isFile() || /\.(br|gz|png)$/.test(path)) continue;
  const plain = await readFile(path);
  if (plain.length < LEAST) continue;
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length, [constants.BROTLI_PARAM_QUALITY]: 11 };
  await writeFile(`${path}.br`, await brotli(plain, { params }));
  await writeFile(`${path}.gz`, await zip(plain, { level: 9 }));
  if (!KEPT_PLAIN.test(path)) await rm(path);
}
