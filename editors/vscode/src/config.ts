// Settings: which are ours, which are the server's.
//
// The server's own are generated from its one definition into settings.server.json, and from there into package.json; it asks
// for them itself. What is only for this extension is kept from it, since it would call it unknown.

import * as vscode from "vscode";

export const SECTION = "compressionLayer";

/** Groups that the server does not know. */
const OURS = new Set(["server", "statusBar", "trace"]);

export function serverPath(): string {
  return vscode.workspace.getConfiguration(SECTION).get("server.path", "");
}

export function showsStatusBar(): boolean {
  return vscode.workspace.getConfiguration(SECTION).get("statusBar", true);
}

export function basketBudget(): unknown {
  return vscode.workspace.getConfiguration(SECTION).get("basket.budget");
}

/** The settings as the server gets them. */
export function forServer(section: unknown): unknown {
  if (typeof section !== "object" || section === null) {
    return section;
  }
  return Object.fromEntries(Object.entries(section).filter(([key]) => !OURS.has(key)));
}

/** The levels, as the setting names them: its definition is that of the server in this package. */
export function levels(context: vscode.ExtensionContext): string[] {
  const manifest = context.extension.packageJSON as {
    contributes: { configuration: { properties: Record<string, { enum?: string[] }> } };
  };
  return manifest.contributes.configuration.properties[`${SECTION}.level`]?.enum ?? [];
}
