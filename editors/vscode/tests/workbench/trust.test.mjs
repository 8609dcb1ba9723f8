// Workspaces that are not trusted, and workspaces of several folders: what each may set.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before } from "node:test";
import { Workbench, until } from "./workbench.mjs";

const workbench = new Workbench(process.env.SCRATCH, { trust: true, settings: { "security.workspace.trust.startupPrompt": "never" } });
const { folder } = workbench;
let page;

const step = (name, work) => workbench.step(name, work);

const blanks = "one\n\n\n\n\n\ntwo, which is worth noting\n";

before(async () => {
  for (const name of ["first", "second"]) {
    mkdirSync(join(folder, name, ".vscode"), { recursive: true });
    writeFileSync(join(folder, name, `${name}.txt`), blanks);
  }
  // A workspace that brings a server and a model along.
  writeFileSync(join(folder, "first/.vscode/settings.json"), JSON.stringify({ "compressionLayer.chat.header": false }));
  writeFileSync(
    join(folder, "both.code-workspace"),
    JSON.stringify({
      folders: [{ path: "first" }, { path: "second" }],
      settings: { "compressionLayer.server.path": "/brought/along", "compressionLayer.model.path": "/brought/along" },
    }),
  );
  workbench.install(process.env.VSIX);
  await workbench.start();
  page = workbench.page;
  const payload = JSON.stringify([["openFile", `${workbench.remote}${join(folder, "first/first.txt")}`]]);
  const query = new URLSearchParams({ workspace: join(folder, "both.code-workspace"), payload });
  await page.goto(`${workbench.origin}/?${query}`, { waitUntil: "domcontentloaded" });
  await page.waitForSelector(".editor-instance .view-line");
});

after(() => workbench.stop());

step("in Restricted Mode a workspace chooses neither server nor model, and texts are compressed", async () => {
  await workbench.status("Restricted Mode");
  await until(() => workbench.languageServers().length === 1, "the server of the extension does not run");
  const copied = await workbench.copied(() => workbench.run("Compression Layer: Copy Compressed"));
  assert.ok(copied.length < blanks.length && copied.includes("two"), copied);
  assert.equal(await page.locator(".notification-toast", { hasText: "/brought/along" }).count(), 0);
});

step("each folder of a workspace has its own settings", async () => {
  const first = await workbench.copied(() => workbench.run("Copy Compressed for a Chat, with Path and Lines"));
  assert.ok(!first.includes("first.txt") && first.includes("```"), first);
  await workbench.goTo("second.txt");
  const second = await workbench.copied(() => workbench.run("Copy Compressed for a Chat, with Path and Lines"));
  assert.match(second, /^`.*second\.txt:1-7`/);
});

step("once it is trusted, what the workspace sets counts", async () => {
  await workbench.run("Workspaces: Manage Workspace Trust");
  await page.locator(".workspace-trust-editor .monaco-button", { hasText: /^Trust/ }).first().click();
  await workbench.notification("/brought/along, but there is nothing");
});
