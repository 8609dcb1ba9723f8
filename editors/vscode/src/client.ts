// One connection to one process of the server: how it is started, what it is told, and what it may ask of the editor.
//
// The library's own notifications are kept to the log: what a person is told is told by `server.ts`, once and with what to do.

import { type ChildProcess, spawn } from "node:child_process";
import * as vscode from "vscode";
import {
  CloseAction,
  type DocumentSelector,
  ErrorAction,
  type FeatureState,
  LanguageClient,
  type LanguageClientOptions,
  State,
  type StaticFeature,
  WorkDoneProgressCancelNotification,
} from "vscode-languageclient/node";
import { SECTION, forServer } from "./config";
import { LongWork } from "./longWork";
import type { Show, Status } from "./protocol";

/** Documents that the server follows. Others are compressed by their text. */
export const SELECTOR: DocumentSelector = [
  { scheme: "file" },
  { scheme: "untitled" },
  { scheme: "vscode-notebook-cell" },
];

/** What the server may ask of the editor. */
export interface Host {
  copy(text: string, summary: string): Promise<void>;
  show(params: Show): Promise<void>;
  input(kind: string, prompt: string): Promise<string | null>;
  status(status: Status): void;
  /** A command of the server that a code action or a code lens calls. */
  execute(command: string, argument: unknown): Promise<unknown>;
  /** Something that the person asked for did not work. */
  refused(error: unknown): void;
}

/** A client that leaves telling people to its owner. */
class QuietClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }

  override info(message: string, data?: unknown): void {
    super.info(message, data, false);
  }
}

/** Says in `initialize` which of the server's requests are served here. */
class Abilities implements StaticFeature {
  fillClientCapabilities(capabilities: { experimental?: unknown }): void {
    capabilities.experimental = { [SECTION]: { copy: true, show: true, input: true, status: true } };
  }
  initialize(): void {
    // Nothing depends on the server's answer.
  }
  getState(): FeatureState {
    return { kind: "static" };
  }
  clear(): void {
    // There is no state.
  }
}

/** A client for a server process that is yet to be started; `closed` is called when the process goes unasked. */
export function createClient(
  program: string,
  log: vscode.LogOutputChannel,
  host: Host,
  started: (process: ChildProcess) => void,
  closed: () => Promise<void>,
): LanguageClient {
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: log,
    initializationOptions: () => ({ trustedWorkspace: vscode.workspace.isTrusted }),
    errorHandler: {
      error: () => ({ action: ErrorAction.Continue, handled: true }),
      closed: () => {
        void closed();
        return { action: CloseAction.DoNotRestart, handled: true };
      },
    },
    initializationFailedHandler: () => false,
    middleware: {
      handleWorkDoneProgress: (token, params, next) => {
        long.heard(token, params);
        next(token, params);
      },
      workspace: {
        configuration: async (params, token, next) => {
          const sections = await next(params, token);
          return Array.isArray(sections) ? sections.map(forServer) : sections;
        },
        // The server is told that something changed, and asks.
        didChangeConfiguration: () => client.sendNotification("workspace/didChangeConfiguration", { settings: null }),
      },
      executeCommand: (command, args) => host.execute(command, args[0]),
      resolveCodeAction: async (action, token) => {
        // VS Code asks for the edit of every action; those that are a command have none, and no data to find it by.
        if ((action as { data?: unknown }).data === undefined) {
          return action;
        }
        try {
          const params = await client.code2ProtocolConverter.asCodeAction(action, token);
          const resolved = await client.sendRequest<typeof params>("codeAction/resolve", params, token);
          return await client.protocol2CodeConverter.asCodeAction(resolved, token);
        } catch (error) {
          host.refused(error);
          return action;
        }
      },
    },
  };
  const start = () => {
    const child = spawn(program, ["lsp"], { stdio: "pipe" });
    started(child);
    return Promise.resolve(child);
  };
  const client = new QuietClient(SECTION, "Compression Layer", start, options);
  const long = new LongWork((token) => {
    void client.sendNotification(WorkDoneProgressCancelNotification.type, { token });
  });
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Stopped) {
      long.clear();
    }
  });
  client.registerFeature(new Abilities());
  client.onRequest("compressionLayer/copy", async (params: { text: string; summary: string }) => {
    await host.copy(params.text, params.summary);
    return null;
  });
  client.onRequest("compressionLayer/show", async (params: Show) => {
    await host.show(params);
    return null;
  });
  client.onRequest("compressionLayer/input", (params: { kind: string; prompt: string }) =>
    host.input(params.kind, params.prompt),
  );
  client.onNotification("compressionLayer/statusChanged", (status: Status) => {
    host.status(status);
  });
  return client;
}
