// Another model, without a restart: the server tries it before it takes it.

import * as vscode from "vscode";
import { message } from "./commands";
import type { Server } from "./server";

export async function switchModel(server: Server): Promise<void> {
  const { models } = await server.request("compressionLayer/models/list", {});
  const items = models.map((model) => ({
    label: model.name,
    description: model.selected ? vscode.l10n.t("in use") : "",
    detail: model.problem ?? model.path ?? vscode.l10n.t("within the program"),
    params: model.path == null ? {} : { path: model.path },
    browse: false,
  }));
  const other = { label: vscode.l10n.t("Another folder…"), description: "", detail: vscode.l10n.t("A folder with a manifest.toml") };
  const chosen = await vscode.window.showQuickPick([...items, { ...other, params: {}, browse: true }], {
    title: vscode.l10n.t("Model"),
  });
  if (chosen === undefined) {
    return;
  }
  let params: { path?: string } = chosen.params;
  if (chosen.browse) {
    const folder = await vscode.window.showOpenDialog({ canSelectFolders: true, canSelectFiles: false, canSelectMany: false });
    if (folder?.[0] === undefined) {
      return;
    }
    params = { path: folder[0].fsPath };
  }
  const answer = await server.request("compressionLayer/models/select", params);
  const name = answer.models.find((model) => model.selected)?.name ?? "";
  message(vscode.l10n.t("Model in use: {0}", name));
}
