// Where the server is: the setting, the environment, this package, the PATH, in this order.
//
// A place that was named by the person and does not hold is a problem to be told, never a reason to look elsewhere.

import * as path from "node:path";
import { l10n } from "vscode";

/** The variable that names the server. */
export const VARIABLE = "COMPRESSION_LAYER_SERVER";

/** What the search reads; all of it comes from above, so that tests can play any machine. */
export interface Machine {
  setting: string;
  environment: Readonly<Record<string, string | undefined>>;
  /** The folder of this extension. */
  packageFolder: string;
  home: string;
  windows: boolean;
  /** What stands at a path. */
  look(file: string): Promise<"program" | "other" | "nothing">;
}

export type Found = { path: string; from: "setting" | "environment" | "package" | "PATH" } | { problem: string };

export async function findServer(machine: Machine): Promise<Found> {
  const program = machine.windows ? "compression-layer.exe" : "compression-layer";
  const setting = machine.setting.trim();
  if (setting !== "") {
    const file = setting.startsWith("~") ? path.join(machine.home, setting.slice(1)) : setting;
    return named(machine, file, "setting", "`compressionLayer.server.path`");
  }
  const variable = machine.environment[VARIABLE]?.trim() ?? "";
  if (variable !== "") {
    return named(machine, variable, "environment", VARIABLE);
  }
  const packaged = path.join(machine.packageFolder, "server", program);
  if ((await machine.look(packaged)) === "program") {
    return { path: packaged, from: "package" };
  }
  const folders = (machine.environment.PATH ?? machine.environment.Path ?? "").split(machine.windows ? ";" : ":");
  for (const folder of folders.filter((it) => path.isAbsolute(it))) {
    const file = path.join(folder, program);
    if ((await machine.look(file)) === "program") {
      return { path: file, from: "PATH" };
    }
  }
  return {
    problem: l10n.t(
      "The program compression-layer is neither within this extension nor on the PATH. Build it with `make build`, then put its path into the setting `compressionLayer.server.path` or into {0}.",
      VARIABLE,
    ),
  };
}

async function named(machine: Machine, file: string, from: "setting" | "environment", name: string): Promise<Found> {
  if (!path.isAbsolute(file)) {
    return { problem: l10n.t("{0} is `{1}`, but must be a path written from the root.", name, file) };
  }
  switch (await machine.look(file)) {
    case "program":
      return { path: file, from };
    case "other":
      return {
        problem: l10n.t("{0} names {1}, which is no program that may be run. Name the program itself, or clear it.", name, file),
      };
    case "nothing":
      return {
        problem: l10n.t("{0} names {1}, but there is nothing. Correct it, or clear it to use the server of this extension.", name, file),
      };
  }
}
