// The compressor for the chat of the editor and its agents: a tool, and the participant `@compress`, where the editor has them.

import * as vscode from "vscode";
import { fenced, question } from "./chatText";
import { brief } from "./numbers";
import type { Compressed, Receipt } from "./protocol";
import { type Server, compressText } from "./server";

interface Input {
  text?: string;
  file?: string;
  level?: string;
  budget?: number;
  query?: string;
  focus?: string;
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
    ...(input.focus === undefined ? {} : { focus: { name: input.focus } }),
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
    const attached = await Promise.all(request.references.map(read));
    // The editor attaches what is selected by itself, also where it was attached by hand.
    const texts = new Map(attached.flatMap((it) => ("text" in it ? [[it.text, it] as const] : [])));
    for (const it of attached) {
      if (!("text" in it)) {
        stream.markdown(`${vscode.l10n.t("{0} is no text and was left out.", it.name)}\n\n`);
      }
    }
    // With something attached, what was typed is the question to it.
    const typed = question(request.prompt, request.references);
    const steering = texts.size > 0 && typed !== "" ? { query: typed } : {};
    if (texts.size === 0 && typed !== "") {
      texts.set(typed, { name: "", text: typed });
    }
    if (texts.size === 0) {
      stream.markdown(vscode.l10n.t("Attach a file or a selection, or type a text after `@compress`."));
      return;
    }
    for (const { name, text, language } of texts.values()) {
      const result = await compressText(server, text, language, steering, token);
      const title = texts.size > 1 ? `**${name}**\n\n` : "";
      stream.markdown(`${title}${fenced(result.text)}\n\n${brief([result.receipt as Receipt])}\n\n`);
    }
  });
  compressor.iconPath = vscode.Uri.joinPath(context.extensionUri, "media", "icon.png");
  return [compressor];
}

interface Text {
  name: string;
  text: string;
  language?: string;
}

/** What is attached; without a text where it is a picture, a folder, or what else there may be. */
async function read(reference: { id: string; value: unknown }): Promise<Text | { name: string }> {
  const { id, value } = reference;
  if (typeof value === "string") {
    return { name: id, text: value };
  }
  const uri = value instanceof vscode.Location ? value.uri : value instanceof vscode.Uri ? value : undefined;
  if (uri === undefined) {
    return { name: id };
  }
  const name = vscode.workspace.asRelativePath(uri);
  try {
    const document = await vscode.workspace.openTextDocument(uri);
    const range = value instanceof vscode.Location ? value.range : undefined;
    const lines = range === undefined ? "" : `:${range.start.line + 1}-${range.end.character === 0 ? range.end.line : range.end.line + 1}`;
    return { name: `${name}${lines}`, text: document.getText(range), language: document.languageId };
  } catch {
    return { name };
  }
}
