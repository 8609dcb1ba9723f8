// The status bar: tokens of what is selected, about how many there would be, and how the model is. Quiet: one entry, and an
// estimate only once the selection rests.

import * as vscode from "vscode";
import { showsStatusBar } from "./config";
import { sizes } from "./numbers";
import type { Server } from "./server";
import { target } from "./target";

/** A selection that rests so long is asked about. */
const REST = 250;

export class StatusBar implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  private asked: vscode.CancellationTokenSource | undefined;
  private size = "";

  constructor(private readonly server: Server) {
    this.item = vscode.window.createStatusBarItem("compressionLayer.status", vscode.StatusBarAlignment.Right, 90);
    this.item.name = "Compression Layer";
    this.item.command = "compressionLayer.editor.menu";
    const later = () => {
      this.later();
    };
    this.subscriptions = [
      this.item,
      server.onDidChange(() => {
        this.draw();
        this.later();
      }),
      vscode.window.onDidChangeTextEditorSelection(later),
      vscode.window.onDidChangeActiveTextEditor(later),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration("compressionLayer")) {
          this.draw();
          this.later();
        }
      }),
    ];
    this.draw();
  }

  dispose(): void {
    clearTimeout(this.timer);
    this.asked?.cancel();
    for (const subscription of this.subscriptions) {
      subscription.dispose();
    }
  }

  private later(): void {
    clearTimeout(this.timer);
    this.asked?.cancel();
    this.timer = setTimeout(() => void this.measure(), REST);
  }

  private async measure(): Promise<void> {
    const meant = target();
    if (meant?.what !== "selection" || meant.place === undefined || this.server.state !== "running") {
      this.size = "";
      this.draw();
      return;
    }
    const asked = new vscode.CancellationTokenSource();
    this.asked = asked;
    try {
      const estimate = await this.server.request("compressionLayer/estimate", { document: meant.place }, asked.token);
      if (!asked.token.isCancellationRequested) {
        this.size = vscode.l10n.t("{0} tokens", sizes(estimate));
      }
    } catch {
      // The text moved on, or the server did: the next rest asks again.
      this.size = "";
    } finally {
      asked.dispose();
    }
    this.draw();
  }

  private draw(): void {
    if (!showsStatusBar()) {
      this.item.hide();
      return;
    }
    const { icon, state, isError } = this.look();
    this.item.text = this.size === "" ? icon : `${icon} ${this.size}`;
    this.item.backgroundColor = isError ? new vscode.ThemeColor("statusBarItem.errorBackground") : undefined;
    const lines = [`**Compression Layer**: ${state}`];
    const last = this.server.status?.lastReceipt;
    if (last != null) {
      lines.push(vscode.l10n.t("Last: {0}", last));
    }
    this.item.tooltip = new vscode.MarkdownString(lines.join("\n\n"));
    const label = this.size === "" ? state : `${this.size}, ${state}`;
    this.item.accessibilityInformation = { label: `Compression Layer: ${label}`, role: "button" };
    this.item.show();
  }

  private look(): { icon: string; state: string; isError: boolean } {
    const status = this.server.status;
    switch (this.server.state) {
      case "stopped":
        return { icon: "$(circle-slash)", state: vscode.l10n.t("the server is stopped"), isError: false };
      case "starting":
        return { icon: "$(sync~spin)", state: vscode.l10n.t("the server is starting"), isError: false };
      case "failed":
        return { icon: "$(error)", state: vscode.l10n.t("the server does not run"), isError: true };
      case "running":
        break;
    }
    if (status?.modelProblem != null) {
      return { icon: "$(warning)", state: status.modelProblem, isError: false };
    }
    switch (status?.modelState) {
      case "loading":
        return { icon: "$(sync~spin)", state: vscode.l10n.t("the model is being loaded"), isError: false };
      case "loaded":
        return { icon: "$(fold)", state: vscode.l10n.t("model {0} is loaded", status.model ?? ""), isError: false };
      default:
        return { icon: "$(fold)", state: vscode.l10n.t("the model is loaded when it is needed"), isError: false };
    }
  }
}
