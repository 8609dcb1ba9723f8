// Wires the parts. What the extension does is the server's; what is here is what only an editor can do.

import * as vscode from "vscode";
import { Basket } from "./basket";
import { Commands } from "./commands";
import { runDoctor } from "./doctor";
import { registerLanguageModel } from "./languageModel";
import { switchModel } from "./models";
import { Preview } from "./preview";
import type { Run } from "./protocol";
import { Server } from "./server";
import { StatusBar } from "./statusBar";

let server: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel("Compression Layer", { log: true });
  const preview = new Preview();
  const running: Server = new Server(context, log, {
    copy: (text, summary) => commands.copy(text, summary),
    show: (params) => preview.show(params),
    input: (kind, prompt) => commands.input(kind, prompt),
    status: () => undefined,
    execute: async (command, argument) => {
      try {
        if (command === "compressionLayer.run") {
          return await commands.run(argument as Run);
        }
        return await running.command(command, argument);
      } catch (error) {
        running.explain(error);
        return undefined;
      }
    },
    refused: (error) => {
      running.explain(error);
    },
  });
  server = running;
  const commands: Commands = new Commands(context, running, preview);
  const on = (name: string, work: () => unknown) =>
    vscode.commands.registerCommand(`compressionLayer.editor.${name}`, async () => {
      try {
        await work();
      } catch (error) {
        running.explain(error);
      }
    });
  context.subscriptions.push(
    log,
    preview,
    running,
    new StatusBar(running),
    new Basket(running, (params) => commands.run(params)),
    ...commands.register(),
    ...registerLanguageModel(context, running),
    on("switchModel", () => switchModel(running)),
    on("doctor", () => runDoctor(running, log)),
    on("log", () => {
      log.show();
    }),
    on("restart", () => running.restart()),
    on("menu", () => menu(context)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("compressionLayer.server")) {
        void running.restart();
      }
    }),
    // What an untrusted workspace may not set, a trusted one may: the server is told when it starts.
    vscode.workspace.onDidGrantWorkspaceTrust(() => running.restart()),
  );
  void running.start();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}

/** All commands for a text, as the palette has them, for those who click on the status bar. */
async function menu(context: vscode.ExtensionContext): Promise<void> {
  const manifest = context.extension.packageJSON as {
    contributes: { commands: { command: string; title: string; icon?: string }[] };
  };
  const items = manifest.contributes.commands
    .filter(({ command }) => !/\.(menu|applyPreview|basket\.(remove|reveal|moveUp|moveDown))$/.test(command))
    .map(({ command, title }) => ({ label: title, command }));
  const chosen = await vscode.window.showQuickPick(items, { title: "Compression Layer" });
  if (chosen !== undefined) {
    await vscode.commands.executeCommand(chosen.command);
  }
}
