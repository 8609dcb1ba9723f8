// An extension that calls the tool for language models as an agent of the editor does: there is no agent without an account.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const manifest = {
  name: "probe",
  publisher: "compression-layer",
  version: "0.0.1",
  engines: { vscode: "^1.95.0" },
  main: "./main.js",
  activationEvents: [],
  files: ["main.js"],
  contributes: { commands: [{ command: "probe.call", title: "Call the Tool", category: "Probe" }] },
};

/** Packs it, to be asked about a text; the answer is written into a file. */
export function probe(folder, { text, answer }) {
  mkdirSync(folder, { recursive: true });
  const code = `
    const vscode = require("vscode");
    const { writeFileSync } = require("node:fs");
    exports.activate = (context) => context.subscriptions.push(vscode.commands.registerCommand("probe.call", async () => {
      let answer;
      try {
        const options = { input: { text: ${JSON.stringify(text)}, level: "balanced" }, toolInvocationToken: undefined };
        const result = await vscode.lm.invokeTool("compression-layer_compress", options);
        answer = { parts: result.content.map((part) => part.value) };
      } catch (error) {
        answer = { error: String(error) };
      }
      writeFileSync(${JSON.stringify(answer)}, JSON.stringify(answer));
    }));
  `;
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "main.js"), code);
  writeFileSync(join(folder, "README.md"), "For a test.\n");
  writeFileSync(join(folder, "LICENSE"), "For a test.\n");
  const file = join(folder, "probe.vsix");
  const vsce = resolve("node_modules/@vscode/vsce/vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--out", file];
  execFileSync(process.execPath, [vsce, "package", ...flags], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return file;
}
