// Writes src/api/schema.d.ts from the interface that the server's tests hold (tests/snapshots). With `--check` it only
// says whether the file still fits.
import { readFile, readdir, writeFile } from "node:fs/promises";
import openapiTS, { astToString } from "openapi-typescript";

const snapshots = new URL("../../tests/snapshots/", import.meta.url);
const written = new URL("../src/api/schema.d.ts", import.meta.url);

const name = (await readdir(snapshots)).find((file) => file.includes("openapi") && file.endsWith(".snap"));
const text = await readFile(new URL(name, snapshots), "utf8");
const [, , document] = text.split(/^---$/m);
const types =
  "// Made by `npm run api` from the server's OpenAPI document; not to be edited.\n" +
  astToString(await openapiTS(JSON.parse(document), { alphabetize: true, defaultNonNullable: false }));

if (process.argv.includes("--check")) {
  if ((await readFile(written, "utf8")) !== types) {
    console.error("src/api/schema.d.ts does not fit the server's interface: run `npm run api`");
    process.exit(1);
  }
} else {
  await writeFile(written, types);
}
