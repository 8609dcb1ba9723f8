// Puts the server's settings, which a test of the server writes into settings.server.json, into package.json; the tool for agents
// has its levels from there, too.
//
//   node scripts/manifest.mjs            writes package.json
//   node scripts/manifest.mjs --check    says whether it is up to date
import { readFileSync, writeFileSync } from "node:fs";

const generated = JSON.parse(readFileSync("settings.server.json", "utf8"));
const before = readFileSync("package.json", "utf8");
const manifest = JSON.parse(before);
const { properties } = manifest.contributes.configuration;
const own = Object.entries(properties).filter(([key]) => /^compressionLayer\.(server|statusBar|trace)\b/.test(key));
manifest.contributes.configuration.properties = { ...Object.fromEntries(own), ...generated };
const { enum: levels, markdownDescription } = generated["compressionLayer.level"];
for (const tool of manifest.contributes.languageModelTools) {
  tool.inputSchema.properties.level = { type: "string", enum: levels, description: markdownDescription.replaceAll("`", "") };
}
const after = `${JSON.stringify(manifest, null, 2)}\n`;
if (!process.argv.includes("--check")) {
  writeFileSync("package.json", after);
} else if (after !== before) {
  console.error("package.json lacks what settings.server.json has: run `npm run manifest`");
  process.exitCode = 1;
}
