// `compression-layer doctor`: what is wrong with this machine and how to mend it. Works without a running server.

import { execFile } from "node:child_process";
import * as vscode from "vscode";
import type { Server } from "./server";

interface Report {
  ok: boolean;
  checks: { name: string; status: string; found: string; remedy?: string }[];
}

/** It loads the model. */
const PATIENCE = 60_000;

export async function runDoctor(server: Server, log: vscode.LogOutputChannel): Promise<void> {
  const found = await server.locate();
  if ("problem" in found) {
    log.error(found.problem);
    void vscode.window.showErrorMessage(found.problem);
    return;
  }
  const location = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t("Checking this machine") };
  const output = await vscode.window.withProgress(location, () => call(found.path));
  const report = read(output.text);
  if (report === undefined) {
    const text = vscode.l10n.t("{0} gave no report ({1}): it is no compression-layer, or cannot run here.", found.path, output.end);
    log.error(text);
    void vscode.window.showErrorMessage(text);
    return;
  }
  log.info(vscode.l10n.t("The doctor on {0}:", found.path));
  for (const line of written(report)) {
    log.info(line);
  }
  log.show(true);
  const bad = report.checks.filter((check) => check.status !== "ok");
  const text = report.ok
    ? vscode.l10n.t("This machine is fine: {0} checks, none failed.", report.checks.length)
    : vscode.l10n.t("{0} of {1} checks are not fine: {2}", bad.length, report.checks.length, bad.map((it) => it.name).join(", "));
  void (report.ok ? vscode.window.showInformationMessage(text) : vscode.window.showWarningMessage(text));
}

/** A line for each check, and one for what to do. */
export function written(report: Report): string[] {
  return report.checks.flatMap((check) => {
    const line = `${check.status.padEnd(4)} ${check.name}: ${check.found}`;
    return check.remedy === undefined ? [line] : [line, `     -> ${check.remedy}`];
  });
}

/** The report in an output; none where there is none. */
export function read(output: string): Report | undefined {
  try {
    const report = JSON.parse(output) as Report;
    return Array.isArray(report.checks) ? report : undefined;
  } catch {
    return undefined;
  }
}

function call(program: string): Promise<{ text: string; end: string }> {
  return new Promise((resolve) => {
    execFile(program, ["doctor", "--json"], { timeout: PATIENCE }, (error, text) => {
      // It ends with another code than 0 where something is wrong; the report says what.
      resolve({ text, end: error?.message ?? "" });
    });
  });
}
