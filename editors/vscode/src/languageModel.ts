// The compressor for the chat of the editor and its agents: a tool, and the participant `@compress`, where the editor has them.

import * as vscode from "vscode";
import { brief } from "./numbers";
import type { Compressed, Receipt } from "./protocol";
import type { Server } from "./server";

interface Input {
  text?: string;
  file?: string;
  level?: string;
  budget?: number;
  query?: string;
}

/** The part of the API for tools that came after the version that this extension needs. */
interface ToolApi {
  registerTool?(
    name: string,
    tool: {
      invoke(options: { input: Input }, token: vscode.CancellationToken): Promise<unknown>;
      prepareInvocation(): { invocationMessage: string };
    },
  ): vscode.Disposable;
}

interface ToolResults {
  LanguageModelToolResult?: new (parts: unknown[]) => unknown;
  LanguageModelTextPart?: new (text: string) => unknown;
}

export function registerLanguageModel(context: vscode.ExtensionContext, server: Server): vscode.Disposable[] {
  return [() => tool(server), () => participant(context, server)].flatMap((register) => {
    try {
      return register();
    } catch {
      // Editors that are built from VS Code without its chat: all else works there.
      return [];
    }
  });
}

function tool(server: Server): vscode.Disposable[] {
  const api = (vscode as { lm?: ToolApi }).lm;
  const { LanguageModelToolResult: Result, LanguageModelTextPart: Text } = vscode as ToolResults;
  if (api?.registerTool === undefined || Result === undefined || Text === undefined) {
    return [];
  }
  const registered = api.registerTool("compression-layer_compress", {
    prepareInvocation: () => ({ invocationMessage: vscode.l10n.t("Compressing") }),
    async invoke({ input }, token) {
      const result = await compress(server, input, token);
      return new Result([new Text(result.text), new Text(result.summary)]);
    },
  });
  return [registered];
}

async function compress(server: Server, input: Input, token: vscode.CancellationToken): Promise<Compressed> {
  const steering = {
    ...(input.level === undefined ? {} : { level: input.level }),
    ...(input.budget === undefined ? {} : { budget: { tokens: input.budget } }),
    ...(input.query === undefined ? {} : { query: input.query }),
  };
  if (input.file !== undefined) {
    const document = await vscode.workspace.openTextDocument(within(input.file));
    return server.request("compressionLayer/compress", { document: { uri: document.uri.toString() }, ...steering }, token);
  }
  if (input.text === undefined) {
    throw new Error(vscode.l10n.t("Give `text` or `file`."));
  }
  return server.request("compressionLayer/compress", { text: input.text, ...steering }, token);
}

/** A file of the workspace. An agent is not served any other. */
function within(file: string): vscode.Uri {
  for (const folder of vscode.workspace.workspaceFolders ?? []) {
    const uri = file.startsWith("/") || /^[A-Za-z]:/.test(file) ? vscode.Uri.file(file) : vscode.Uri.joinPath(folder.uri, file);
    if (vscode.workspace.getWorkspaceFolder(uri) !== undefined) {
      return uri;
    }
  }
  throw new Error(vscode.l10n.t("{0} is in no folder of the workspace.", file));
}

function participant(context: vscode.ExtensionContext, server: Server): vscode.Disposable[] {
  const api = (vscode as { chat?: typeof vscode.chat }).chat;
  if (api === undefined) {
    return [];
  }
  const compressor = api.createChatParticipant("compression-layer.compress", async (request, _context, stream, token) => {
    const texts = await Promise.all(request.references.map((reference) => read(reference.value)));
    const known = texts.filter((it) => it !== undefined);
    // With something attached, what was typed is the question to it.
    const query = request.prompt.trim();
    const parts = known.length > 0 ? known : query === "" ? [] : [query];
    if (parts.length === 0) {
      stream.markdown(vscode.l10n.t("Attach a file or a selection, or type a text after `@compress`."));
      return;
    }
    for (const text of parts) {
      const steering = known.length > 0 && query !== "" ? { query } : {};
      const result = await server.request("compressionLayer/compress", { text, ...steering }, token);
      stream.markdown(`${fenced(result.text)}\n\n${brief([result.receipt as Receipt])}\n\n`);
    }
  });
  compressor.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.png");
  return [compressor];
}

async function read(value: unknown): Promise<string | undefined> {
  if (typeof value === "string") {
    return value;
  }
  if (value instanceof vscode.Location) {
    return (await vscode.workspace.openTextDocument(value.uri)).getText(value.range);
  }
  return value instanceof vscode.Uri ? (await vscode.workspace.openTextDocument(value)).getText() : undefined;
}

/** A text in a fence that nothing in it closes. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence}\n${text}${text.endsWith("\n") ? "" : "\n"}${fence}`;
}
