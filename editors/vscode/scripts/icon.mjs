// Draws media/icon.png from media/icon.svg with a Chromium that is installed: node scripts/icon.mjs PROGRAM
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const folder = mkdtempSync(join(tmpdir(), "icon-"));
const page = join(folder, "icon.html");
const svg = readFileSync("media/icon.svg", "utf8").replace("<svg ", '<svg width="256" height="256" style="display:block" ');
writeFileSync(page, `<body style="margin:0">${svg}</body>`);
const flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--default-background-color=00000000"];
const shot = [`--user-data-dir=${folder}/profile`, "--window-size=256,256", `--screenshot=${resolve("media/icon.png")}`];
execFileSync(process.argv[2] ?? "chromium", [...flags, ...shot, `file://${page}`], { stdio: "ignore" });
rmSync(folder, { recursive: true, force: true });
