// Extensions that play what no test machine has: an agent of the editor, and a language model. There is none without an account.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** Packs one that calls our tool as an agent does, once for each input; the answers are written into a file. */
export function agent(folder, { inputs, answer }) {
  const contributes = { commands: [{ command: "probe.call", title: "Call the Tool", category: "Probe" }] };
  return pack(folder, { name: "agent", contributes }, `
    const vscode = require("vscode");
    const { writeFileSync } = require("node:fs");
    exports.activate = (context) => context.subscriptions.push(vscode.commands.registerCommand("probe.call", async () => {
      let answer;
      try {
        const answers = [];
        for (const input of ${JSON.stringify(inputs)}) {
          const result = await vscode.lm.invokeTool("compression-layer_compress", { input, toolInvocationToken: undefined });
          answers.push(result.content.map((part) => part.value));
        }
        answer = { answers };
      } catch (error) {
        answer = { error: String(error) };
      }
      writeFileSync(${JSON.stringify(answer)}, JSON.stringify(answer));
    }));
  `);
}

/** Packs one with a language model: without any, the chat hands no participant a request. */
export function model(folder) {
  // The vendor whose model the chat takes by itself.
  const vendor = "copilot";
  const contributes = { languageModelChatProviders: [{ vendor, displayName: "Probe" }] };
  return pack(folder, { name: "model", activationEvents: ["onStartupFinished"], enabledApiProposals: ["chatProvider"], contributes }, `
    const vscode = require("vscode");
    const limits = { maxInputTokens: 1000, maxOutputTokens: 1000, capabilities: { toolCalling: true } };
    const model = { id: "probe", name: "Probe", family: "probe", version: "1", isDefault: true, isUserSelectable: true, ...limits };
    exports.activate = (context) => context.subscriptions.push(vscode.lm.registerLanguageModelChatProvider(${JSON.stringify(vendor)}, {
      provideLanguageModelChatInformation: async () => [model],
      provideLanguageModelChatResponse: async () => { throw new Error("nobody shall ask the model"); },
      provideTokenCount: async () => 1,
    }));
  `);
}

function pack(folder, manifest, code) {
  mkdirSync(folder, { recursive: true });
  const whole = {
    publisher: "compression-layer",
    version: "0.0.1",
    engines: { vscode: "^1.104.0" },
    main: "./main.js",
    activationEvents: [],
    files: ["main.js"],
    ...manifest,
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(whole));
  writeFileSync(join(folder, "main.js"), code);
  writeFileSync(join(folder, "README.md"), "For a test.\n");
  const file = join(folder, "probe.vsix");
  const vsce = resolve("node_modules/@vscode/vsce/vsce");
  const flags = ["--no-dependencies", "--allow-missing-repository", "--skip-license", "--out", file];
  execFileSync(process.execPath, [vsce, "package", ...flags], { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  return file;
}
