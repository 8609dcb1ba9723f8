// Asks repomix for a file at a time: what `repomix --compress` writes between its headings.
//
// Argument: the folder of the package. A line of JSON for each file comes from stdin, `path` and `removeComments`; a line
// goes back, `text` and `milliseconds`, or {} where repomix does not know the language. The first line tells its version.

import { readFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const folder = process.argv[2];
const load = (path) => import(pathToFileURL(join(folder, "lib", path)));
const { mergeConfigs, setLogLevel } = await load("index.js");
const { processContent } = await load("core/file/fileProcessContent.js");
const { applyLightweightTransforms } = await load("core/file/fileProcess.js");
const { getFileManipulator } = await load("core/file/fileManipulate.js");
const { getLanguageConfigByExtension } = await load("core/treeSitter/languageConfig.js");

setLogLevel(-1);
// Its own defaults, and as with --compress, and --remove-comments and --remove-empty-lines where comments are to go.
const config = (removeComments) =>
  mergeConfigs(folder, {}, { output: { compress: true, removeComments, removeEmptyLines: removeComments } });
const configs = { true: config(true), false: config(false) };

// What the program does to a file on its way into the pack, without the threads that it does that on.
async function pack(file, config) {
  const content = await processContent(file, config);
  const [packed] = applyLightweightTransforms([{ path: file.path, content }], config, () => {}, { getFileManipulator });
  return packed.content;
}

const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
console.log(JSON.stringify({ version }));
const loaded = new Set();
for await (const line of createInterface({ input: process.stdin })) {
  const { path, removeComments } = JSON.parse(line);
  const ending = extname(path).slice(1);
  if (getLanguageConfigByExtension(ending) === undefined) {
    console.log("{}");
    continue;
  }
  const file = { path: basename(path), content: readFileSync(path, "utf8") };
  if (!loaded.has(ending)) {
    loaded.add(ending);
    await pack(file, configs[removeComments]);
  }
  const start = performance.now();
  const text = await pack(file, configs[removeComments]);
  console.log(JSON.stringify({ text, milliseconds: performance.now() - start }));
}
