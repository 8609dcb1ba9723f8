// The server's life: found, started, watched, started again when it ends unasked. Each failure is one message that says what to
// do.

import type { ChildProcess } from "node:child_process";
import * as fs from "node:fs/promises";
import * as os from "node:os";
import * as vscode from "vscode";
import { ErrorCodes, LSPErrorCodes, type LanguageClient, ResponseError } from "vscode-languageclient/node";
import { type Host, createClient } from "./client";
import { serverPath } from "./config";
import { type Compressed, METHODS, type Requests, type Status, type Steering } from "./protocol";
import { Restarts } from "./restarts";
import { type Found, findServer } from "./serverPath";

/** A program that says nothing for so long is no server. */
const PATIENCE = 20_000;

export type State = "stopped" | "starting" | "running" | "failed";

/** Thrown where a request finds no server; the person has been told why, or is told with it. */
export class NotRunning extends Error {}

export class Server implements vscode.Disposable {
  state: State = "stopped";
  status: Status | undefined;
  /** The levels that the running server has, mildest first. */
  levels: readonly string[] = [];
  private client: LanguageClient | undefined;
  private problem = "";
  /** Each start has its number, so that what an earlier one says late is not heard. */
  private turn = 0;
  /** The start that is under way, or the last one. */
  private starting = Promise.resolve();
  private restarting = Promise.resolve();
  private readonly restarts = new Restarts(Date.now);
  private readonly changes = new vscode.EventEmitter<void>();
  /** The state or the status is another. */
  readonly onDidChange = this.changes.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly log: vscode.LogOutputChannel,
    private readonly host: Host,
  ) {}

  /** Where the server is. */
  locate(): Promise<Found> {
    return findServer({
      setting: serverPath(),
      environment: process.env,
      packageFolder: this.context.extensionPath,
      home: os.homedir(),
      windows: process.platform === "win32",
      look,
    });
  }

  start(): Promise<void> {
    this.starting = this.launch();
    return this.starting;
  }

  private async launch(): Promise<void> {
    const turn = ++this.turn;
    const isCurrent = () => turn === this.turn;
    this.become("starting");
    const found = await this.locate();
    if (!isCurrent()) {
      return;
    }
    if ("problem" in found) {
      this.fail(found.problem);
      return;
    }
    this.log.info(`server: ${found.path} (${found.from})`);
    let child: ChildProcess | undefined;
    const started = (process: ChildProcess) => (child = process);
    const closed = async () => {
      const how = await end(child);
      if (isCurrent() && this.state === "running") {
        this.ended(how);
      }
    };
    const host: Host = { ...this.host, status: (status) => { this.heard(turn, status); } };
    const client = createClient(found.path, this.log, host, started, closed);
    this.client = client;
    const giveUp = async () => {
      await quietly(client.dispose(2_000));
      // A program that is no server does not hear that it shall go.
      child?.kill();
    };
    try {
      await within(client.start(), PATIENCE);
    } catch (error) {
      const how = await end(child);
      if (isCurrent()) {
        const reason = how === "" ? messageOf(error) : how;
        this.fail(
          vscode.l10n.t("{0} is no server of compression-layer, or cannot run here ({1}). Correct `compressionLayer.server.path`, or run the doctor.", found.path, reason),
        );
      }
      await giveUp();
      return;
    }
    if (!isCurrent()) {
      await giveUp();
      return;
    }
    if (!this.accepts(client, found.path)) {
      this.client = undefined;
      await giveUp();
    }
  }

  async stop(): Promise<void> {
    this.turn++;
    const client = this.client;
    this.client = undefined;
    this.status = undefined;
    this.become("stopped");
    if (client !== undefined) {
      await quietly(client.dispose(2_000));
    }
  }

  /** As a person asks for it: earlier ends are forgotten. One after the other, so that no process is left behind. */
  restart(): Promise<void> {
    this.restarting = this.restarting.then(async () => {
      this.restarts.forget();
      await this.stop();
      await this.start();
    });
    return this.restarting;
  }

  async request<Method extends keyof Requests>(
    method: Method,
    params: Requests[Method][0],
    token?: vscode.CancellationToken,
  ): Promise<Requests[Method][1]> {
    const client = await this.ready();
    return token === undefined ? client.sendRequest(method, params) : client.sendRequest(method, params, token);
  }

  /** A command of the server, by its own name. */
  async command(command: string, argument: unknown): Promise<unknown> {
    const client = await this.ready();
    return client.sendRequest("workspace/executeCommand", { command, arguments: [argument] });
  }

  /** The client; what is asked while the server starts waits for it. */
  private async ready(): Promise<LanguageClient> {
    while (this.state === "starting") {
      await this.starting;
    }
    if (this.client === undefined || this.state !== "running") {
      throw new NotRunning(this.problem === "" ? vscode.l10n.t("The server does not run.") : this.problem);
    }
    return this.client;
  }

  /** Tells a person why what was asked for did not work. */
  explain(error: unknown): void {
    if (error instanceof vscode.CancellationError || codeOf(error) === LSPErrorCodes.RequestCancelled) {
      return;
    }
    // The server is gone, which is told by itself.
    if (codeOf(error) === ErrorCodes.PendingResponseRejected || codeOf(error) === ErrorCodes.ConnectionInactive) {
      return;
    }
    if (error instanceof NotRunning) {
      void this.tell("error", error.message);
      return;
    }
    this.log.warn(messageOf(error));
    void this.tell("warning", vscode.l10n.t("Not compressed: {0}", messageOf(error)), ["log"]);
  }

  dispose(): void {
    this.changes.dispose();
    void this.client?.dispose().catch(() => undefined);
  }

  /** Looks whether the server is the one that this extension was made for. */
  private accepts(client: LanguageClient, path: string): boolean {
    const experimental = client.initializeResult?.capabilities.experimental as
      | { compressionLayer?: { methods?: string[]; levels?: string[] } }
      | undefined;
    this.levels = experimental?.compressionLayer?.levels ?? [];
    const methods = new Set(experimental?.compressionLayer?.methods);
    const theirs = client.initializeResult?.serverInfo?.version ?? "?";
    const ours = (this.context.extension.packageJSON as { version: string }).version;
    const other = vscode.l10n.t(
      "{0} is version {1}, but this extension is made for {2}. Update it, or clear `compressionLayer.server.path` and COMPRESSION_LAYER_SERVER to use the server of this extension.",
      path,
      theirs,
      ours,
    );
    if (METHODS.some((method) => !methods.has(method))) {
      this.fail(other);
      return false;
    }
    this.problem = "";
    this.become("running");
    if (theirs !== ours) {
      void this.tell("warning", other, ["settings"]);
    }
    return true;
  }

  private heard(turn: number, status: Status): void {
    if (turn === this.turn) {
      this.status = status;
      this.changes.fire();
      this.host.status(status);
    }
  }

  /** The process is gone, and nobody asked it to go. */
  private ended(how: string): void {
    this.log.error(`the server ended: ${how}`);
    const lost = (this.status?.snippets ?? 0) > 0 ? ` ${vscode.l10n.t("The basket is empty again.")}` : "";
    this.client = undefined;
    this.status = undefined;
    if (!this.restarts.allowed()) {
      this.fail(vscode.l10n.t("The compression server ended again and again ({0}) and was not started any more.", how));
      return;
    }
    void this.tell("warning", vscode.l10n.t("The compression server ended ({0}) and was started again.", how) + lost, ["log", "doctor"]);
    void this.start();
  }

  private fail(problem: string): void {
    this.problem = problem;
    this.log.error(problem);
    this.become("failed");
    void this.tell("error", problem);
  }

  private async tell(
    kind: "error" | "warning",
    message: string,
    actions: (keyof ReturnType<typeof remedies>)[] = ["settings", "restart", "doctor", "log"],
  ): Promise<void> {
    const known = remedies();
    const offered = actions.map((action) => known[action]);
    const show = kind === "error" ? vscode.window.showErrorMessage : vscode.window.showWarningMessage;
    const chosen = await show(message, ...offered.map((it) => it.title));
    const remedy = offered.find((it) => it.title === chosen);
    if (remedy !== undefined) {
      await vscode.commands.executeCommand(remedy.command, remedy.argument);
    }
  }

  private become(state: State): void {
    this.state = state;
    void vscode.commands.executeCommand("setContext", "compressionLayer.state", state);
    this.changes.fire();
  }
}

/** Compresses a text that is no document of the server. */
export async function compressText(
  server: Server,
  text: string,
  language: string | undefined,
  steering: Steering,
  token?: vscode.CancellationToken,
): Promise<Compressed> {
  const method = "compressionLayer/compress";
  try {
    return await server.request(method, { text, ...(language === undefined ? {} : { language }), ...steering }, token);
  } catch (error) {
    // A language of the editor that the server does not know, such as `log`: it finds out by itself.
    if (language === undefined || codeOf(error) !== ErrorCodes.InvalidParams) {
      throw error;
    }
    return server.request(method, { text, ...steering }, token);
  }
}

/** What can be done about a problem, from its message. */
function remedies() {
  return {
    settings: { title: vscode.l10n.t("Open Setting"), command: "workbench.action.openSettings", argument: "compressionLayer.server.path" },
    restart: { title: vscode.l10n.t("Start Again"), command: "compressionLayer.editor.restart", argument: undefined },
    doctor: { title: vscode.l10n.t("Run the Doctor"), command: "compressionLayer.editor.doctor", argument: undefined },
    log: { title: vscode.l10n.t("Show Log"), command: "compressionLayer.editor.log", argument: undefined },
  };
}

async function look(file: string): Promise<"program" | "other" | "nothing"> {
  try {
    const facts = await fs.stat(file);
    if (!facts.isFile()) {
      return "other";
    }
    await fs.access(file, fs.constants.X_OK);
    return "program";
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EACCES" ? "other" : "nothing";
  }
}

/** How a process ended; empty where it still runs. Its pipes close a little before it is gone. */
async function end(child: ChildProcess | undefined): Promise<string> {
  if (child === undefined) {
    return "";
  }
  const told = () => child.exitCode !== null || child.signalCode !== null;
  if (!told()) {
    const gone = new Promise((resolve) => {
      child.once("exit", resolve);
      child.once("error", resolve);
    });
    await quietly(within(gone, 5_000));
  }
  if (child.signalCode !== null) {
    return child.signalCode;
  }
  return child.exitCode === null ? "" : `exit code ${child.exitCode}`;
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(vscode.l10n.t("it does not answer")));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function quietly(work: Promise<unknown>): Promise<void> {
  try {
    await work;
  } catch {
    // It is gone all the same.
  }
}

function codeOf(error: unknown): number | undefined {
  return error instanceof ResponseError ? error.code : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
