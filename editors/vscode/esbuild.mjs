// Bundles the extension, or its unit tests with a stand-in for the editor's API.
import { readdirSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const shared = { bundle: true, platform: "node", target: "node20", logLevel: "warning" };
if (process.argv.includes("--tests")) {
  await build({
    ...shared,
    entryPoints: readdirSync("tests/unit").filter((name) => name.endsWith(".test.ts")).map((name) => `tests/unit/${name}`),
    format: "esm",
    outdir: "out/tests",
    outExtension: { ".js": ".mjs" },
    // The stand-in has no more than is needed.
    logOverride: { "import-is-undefined": "silent" },
    alias: { vscode: "./tests/unit/editor.ts" },
  });
} else {
  const { metafile } = await build({
    ...shared,
    metafile: true,
    entryPoints: ["src/extension.ts"],
    format: "cjs",
    minify: true,
    outfile: "out/extension.js",
    external: ["vscode"],
  });
  // For the licences of what is in it.
  writeFileSync("out/inputs.json", JSON.stringify(Object.keys(metafile.inputs)));
}
