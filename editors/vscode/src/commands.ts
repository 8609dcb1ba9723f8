// What a person asks for in an editor. Most of it is `compressionLayer/run`, and the server asks back for what only an editor
// can do: the clipboard, a comparison, a question.

import * as vscode from "vscode";
import { levels } from "./config";
import { brief, isShorter, lostAtoms, sizes } from "./numbers";
import type { Preview } from "./preview";
import type { Compressed, Receipt, Run, Steering } from "./protocol";
import { type Server, compressText } from "./server";
import { type Target, target, whole } from "./target";

/** How long a message stays in the status bar. */
const SHOWN = 15_000;

export class Commands {
  /** How many of our own requests are under way: their results are told by us. */
  private running = 0;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly server: Server,
    private readonly preview: Preview,
  ) {}

  register(): vscode.Disposable[] {
    const on = (name: string, work: (...args: unknown[]) => Promise<void>) =>
      vscode.commands.registerCommand(`compressionLayer.editor.${name}`, async (...args: unknown[]) => {
        try {
          await work(...args);
        } catch (error) {
          this.server.explain(error);
        }
      });
    return [
      on("copy", () => this.act("copy")),
      on("copyForChat", () => this.act("copyForChat")),
      on("replace", () => this.act("replace")),
      on("preview", () => this.act("preview")),
      on("applyPreview", () => this.applyPreview()),
      on("open", () => this.act("open")),
      on("copyToBudget", () => this.act("copy", { ask: "budget" })),
      on("copyForQuestion", () => this.act("copy", { ask: "query" })),
      on("copyAtLevel", () => this.copyAtLevel()),
      on("copyAround", () => this.copyAround()),
      on("chooseLevel", () => this.chooseLevel()),
      on("addToBasket", () => this.act("basketAdd")),
      on("expand", () => this.expand()),
    ];
  }

  /** Runs what a command or a code action says, and tells what came out. */
  async run(params: Run): Promise<Compressed | null> {
    if (params.act === "preview") {
      this.preview.expect(params);
    }
    this.running++;
    try {
      const result = await this.server.request("compressionLayer/run", params);
      if (result !== null) {
        this.tell(params, result);
      }
      return result;
    } finally {
      this.running--;
    }
  }

  /** Puts a text into the clipboard; says so where no request of ours will. */
  async copy(text: string, summary: string): Promise<void> {
    await vscode.env.clipboard.writeText(text);
    if (this.running === 0) {
      message(vscode.l10n.t("Copied: {0}", summary));
    }
  }

  /** Asks for what the server needs to know. */
  async input(kind: string, prompt: string): Promise<string | null> {
    const options: vscode.InputBoxOptions = { prompt, ignoreFocusOut: true };
    if (kind === "budget") {
      options.placeHolder = vscode.l10n.t("800 or 50%");
    }
    const answer = await vscode.window.showInputBox(options);
    return answer === undefined || answer.trim() === "" ? null : answer;
  }

  private async act(act: Run["act"], steering: Steering & Pick<Run, "ask"> = {}): Promise<void> {
    const found = target();
    // What stays whole is a part of the file, and the file is compressed.
    const meant = found !== undefined && steering.focus !== undefined ? whole(found) : found;
    if (meant === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open a file and select what you want to compress."));
    } else if (meant.document.getText(meant.range).trim() === "") {
      void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing to compress here."));
    } else if (meant.place === undefined) {
      await this.actOnText(act, meant, steering);
    } else {
      await this.run({ act, what: meant.what, document: meant.place, ...steering });
    }
  }

  /** The same for a text that the server does not follow, such as a log or an old version: what can be done without a place. */
  private async actOnText(act: Run["act"], meant: Target, steering: Steering & Pick<Run, "ask">): Promise<void> {
    if ((act !== "copy" && act !== "copyForChat") || steering.ask !== undefined || steering.focus !== undefined) {
      const text = vscode.l10n.t("This is no file that can be changed or collected: here a text can be copied compressed, no more.");
      void vscode.window.showInformationMessage(text);
      return;
    }
    const language = meant.document.languageId;
    const result = await compressText(this.server, meant.document.getText(meant.range), language, steering);
    await vscode.env.clipboard.writeText(result.text);
    this.tell({ act: "copy", what: meant.what }, result);
  }

  private tell(params: Run, result: Compressed): void {
    const receipts: Receipt[] = Array.isArray(result.receipt) ? result.receipt : [result.receipt];
    const what = brief(receipts);
    switch (params.act) {
      case "copy":
      case "copyForChat":
      case "basketCopy":
        message(vscode.l10n.t("Copied: {0}", what));
        break;
      case "replace":
        // Where nothing can be shortened, the server says so.
        if (isShorter(receipts)) {
          message(vscode.l10n.t("Replaced: {0}", what));
        }
        break;
      default:
        message(what);
    }
    warnOfLost(receipts);
    const notes = receipts.flatMap((receipt) => receipt.notes);
    if ((params.ask ?? params.budget ?? params.query ?? params.focus) !== undefined && notes.length > 0) {
      // A size may not be reached, and what shall stay whole not be found.
      void vscode.window.showInformationMessage(notes.join("; "));
    }
  }

  private async applyPreview(): Promise<void> {
    const params = this.preview.current();
    if (params !== undefined) {
      await this.run({ ...params, act: "replace" });
      await vscode.commands.executeCommand("workbench.action.closeActiveEditor");
    }
  }

  /** The file with what is selected, or the definition at the cursor, whole; what it uses stays, and the skeleton of the rest. */
  private async copyAround(): Promise<void> {
    const selection = vscode.window.activeTextEditor?.selection;
    await this.act("copy", selection && { focus: { range: { start: selection.start, end: selection.end } } });
  }

  private async copyAtLevel(): Promise<void> {
    const level = await this.pickLevel(vscode.l10n.t("Copy compressed at a level"));
    if (level !== undefined) {
      await this.act("copy", { level });
    }
  }

  private async chooseLevel(): Promise<void> {
    const level = await this.pickLevel(vscode.l10n.t("The level from now on"));
    if (level !== undefined) {
      const settings = vscode.workspace.getConfiguration("compressionLayer");
      const inWorkspace = settings.inspect("level")?.workspaceValue !== undefined;
      const where = inWorkspace ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
      await settings.update("level", level, where);
      message(vscode.l10n.t("Level: {0}", level));
    }
  }

  /** Each level with what it would make of what is selected. */
  private async pickLevel(title: string): Promise<string | undefined> {
    const document = target()?.place;
    const chosen = vscode.workspace.getConfiguration("compressionLayer").get<string>("level");
    const known = this.server.levels.length > 0 ? this.server.levels : levels(this.context);
    const items = known.map(async (level) => {
      const description = level === chosen ? vscode.l10n.t("as in the settings") : "";
      const estimate = document && (await this.server.request("compressionLayer/estimate", { document, level }));
      return { label: level, description, detail: estimate ? vscode.l10n.t("{0} tokens", sizes(estimate)) : "" };
    });
    return (await vscode.window.showQuickPick(Promise.all(items), { title }))?.label;
  }

  /** Puts the original of the compressed block at the cursor back. */
  private async expand(): Promise<void> {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Open the file with the compressed block, and go to it."));
      return;
    }
    const { document, selection } = editor;
    const { active: position } = selection;
    const uri = document.uri.toString();
    const block = await this.server.request("compressionLayer/blockAt", { uri, position });
    if (block === null) {
      const text = vscode.l10n.t("There is no compressed block at the cursor. Blocks are known until they are edited or the editor is closed.");
      void vscode.window.showInformationMessage(text);
    } else if (block.handle === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t("The original of this block was not kept; undo brings it back."));
    } else {
      const original = await this.server.request("compressionLayer/expand", { handle: block.handle });
      const { start, end } = block.range;
      const range = new vscode.Range(start.line, start.character, end.line, end.character);
      if (document.version !== block.version || !(await editor.edit((edit) => { edit.replace(range, original.text); }))) {
        void vscode.window.showWarningMessage(vscode.l10n.t("The text changed meanwhile: ask again."));
        return;
      }
      message(vscode.l10n.t("Expanded to the original."));
    }
  }
}

/** A message in the status bar, for a moment. */
export function message(text: string): void {
  vscode.window.setStatusBarMessage(`$(check) ${text}`, SHOWN);
}

/** What went missing is said aloud, not only listed. */
function warnOfLost(receipts: readonly Receipt[]): void {
  const lost = lostAtoms(receipts);
  if (lost.length > 0) {
    const some = lost.slice(0, 5).join(", ");
    const text = vscode.l10n.t("{0} atoms lost at this level: {1}", lost.length, lost.length > 5 ? `${some}, …` : some);
    void vscode.window.showWarningMessage(text);
  }
}

