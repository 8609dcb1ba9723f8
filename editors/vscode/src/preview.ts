// What the server shows: a comparison with its receipt beside, or a text in a document of its own. Comparisons are virtual
// documents: nothing is written.

import * as vscode from "vscode";
import { page } from "./numbers";
import type { Run, Show } from "./protocol";

export const SCHEME = "compression-layer";

export class Preview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  /** What each comparison was asked for, by the URI of its right side. */
  private readonly runs = new Map<string, Run>();
  private expected: Run | undefined;
  private last = 0;
  private readonly subscriptions: vscode.Disposable[];

  constructor() {
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, this),
      vscode.workspace.onDidCloseTextDocument((document) => {
        this.texts.delete(document.uri.toString());
        this.runs.delete(document.uri.toString());
      }),
    ];
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.texts.get(uri.toString()) ?? "";
  }

  /** The next comparison is of this. */
  expect(run: Run): void {
    this.expected = run;
  }

  /** What the comparison in front was asked for. */
  current(): Run | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff ? this.runs.get(input.modified.toString()) : undefined;
  }

  async show(params: Show): Promise<void> {
    if (typeof params.original !== "string") {
      await this.open(params);
      return;
    }
    const id = (++this.last).toString();
    const name = params.uri == null ? "text" : (vscode.Uri.parse(params.uri).path.split("/").pop() ?? "text");
    const original = this.keep([id, "original", name], params.original);
    const compressed = this.keep([id, "compressed", name], params.text);
    const receipt = this.keep([id, "receipt.md"], page(params.title, params.summary, params.receipt));
    if (this.expected !== undefined) {
      this.runs.set(compressed.toString(), this.expected);
      this.expected = undefined;
    }
    await vscode.commands.executeCommand("vscode.diff", original, compressed, params.title, {
      viewColumn: vscode.ViewColumn.Active,
      preview: true,
    } satisfies vscode.TextDocumentShowOptions);
    await vscode.window.showTextDocument(receipt, {
      viewColumn: vscode.ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
  }

  dispose(): void {
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private async open(params: Show): Promise<void> {
    const known = new Set(await vscode.languages.getLanguages());
    const language = params.language != null && known.has(params.language) ? { language: params.language } : {};
    const document = await vscode.workspace.openTextDocument({ content: params.text, ...language });
    await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside });
  }

  private keep(path: string[], text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${path.join("/")}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }
}
