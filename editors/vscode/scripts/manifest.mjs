// Puts the server's settings, which a test of the server writes into settings.server.json, into package.json, and what they say of
// themselves into package.nls.json, for translators; the tool for agents has its levels from there, too.
//
//   node scripts/manifest.mjs            writes both
//   node scripts/manifest.mjs --check    says whether they are up to date
import { readFileSync, writeFileSync } from "node:fs";

const generated = JSON.parse(readFileSync("settings.server.json", "utf8"));
const read = (name) => readFileSync(name, "utf8");
const manifest = JSON.parse(read("package.json"));
const strings = JSON.parse(read("package.nls.json"));
const { properties } = manifest.contributes.configuration;
const own = Object.entries(properties).filter(([key]) => /^compressionLayer\.(server|statusBar|trace)\b/.test(key));
const theirs = Object.entries(generated).map(([key, setting]) => {
  const name = key.replace(/^compressionLayer/, "setting");
  strings[name] = setting.markdownDescription;
  return [key, { ...setting, markdownDescription: `%${name}%` }];
});
manifest.contributes.configuration.properties = Object.fromEntries([...own, ...theirs]);
const { enum: levels, markdownDescription } = generated["compressionLayer.level"];
for (const tool of manifest.contributes.languageModelTools) {
  tool.inputSchema.properties.level = { type: "string", enum: levels, description: markdownDescription.replaceAll("`", "") };
}
for (const [name, content] of [["package.json", manifest], ["package.nls.json", strings]]) {
  const after = `${JSON.stringify(content, null, 2)}\n`;
  if (!process.argv.includes("--check")) {
    writeFileSync(name, after);
  } else if (after !== read(name)) {
    console.error(`${name} lacks what settings.server.json has: run \`npm run manifest\``);
    process.exitCode = 1;
  }
}
