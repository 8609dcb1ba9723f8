// Packs the extension with a server inside, for the platform of this machine.
//
//   node scripts/pack.mjs SERVER FOLDER    SERVER: the built program; FOLDER: where the .vsix goes
//
// It is put together in a folder of its own, so that nothing gets in by accident.
import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";

const [server, folder] = process.argv.slice(2).map((path) => resolve(path));
const root = resolve("../..");
const stage = join(folder, "stage");
const target = `${process.platform}-${process.arch}`;
const program = process.platform === "win32" ? "compression-layer.exe" : "compression-layer";

rmSync(stage, { recursive: true, force: true });
mkdirSync(join(stage, "server"), { recursive: true });
for (const path of ["out/extension.js", "media", "l10n", "package.nls.json", "CHANGELOG.md"]) {
  cpSync(path, join(stage, path), { recursive: true });
}
copyFileSync(server, join(stage, "server", program));
chmodSync(join(stage, "server", program), 0o755);
for (const file of ["LICENSE", "NOTICE"]) {
  copyFileSync(join(root, file), join(stage, file));
}

// The licences of the packages in the bundle.
const packages = JSON.parse(readFileSync("out/inputs.json", "utf8"))
  .map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1])
  .filter((name) => name !== undefined);
const notices = [...new Set(packages)].sort().map((name) => {
  const place = join("node_modules", name);
  const license = readdirSync(place).find((file) => /^licen[cs]e/i.test(file));
  if (license === undefined) {
    throw new Error(`${name} has no licence: it must not be in the bundle`);
  }
  return `${name} ${JSON.parse(readFileSync(join(place, "package.json"), "utf8")).version}\n\n${readFileSync(join(place, license), "utf8")}`;
});
writeFileSync(join(stage, "THIRD-PARTY-NOTICES.txt"), notices.join(`\n${"-".repeat(80)}\n\n`));

// What only development needs stays here.
const { scripts, devDependencies, private: isPrivate, ...manifest } = JSON.parse(readFileSync("package.json", "utf8"));
manifest.files = ["**/*"];
writeFileSync(join(stage, "package.json"), JSON.stringify(manifest, null, 2));

// Pictures lie with the documentation; in the package they lie beside the page.
let readme = readFileSync("README.md", "utf8");
for (const [link, path] of readme.matchAll(/\]\((\.\.\/\.\.\/docs\/pictures\/[^)]+)\)/g)) {
  mkdirSync(join(stage, "pictures"), { recursive: true });
  copyFileSync(path, join(stage, "pictures", basename(path)));
  readme = readme.replace(link, `](pictures/${basename(path)})`);
}
// Other pages of the project are named, not linked: they are not in the package.
readme = readme.replace(/\[([^\]]+)\]\(\.\.\/[^)]+\)/g, "$1");
writeFileSync(join(stage, "README.md"), readme);

const vsce = resolve("node_modules/@vscode/vsce/vsce");
const file = join(folder, `compression-layer-${target}.vsix`);
const flags = ["--target", target, "--no-dependencies", "--allow-missing-repository", "--no-rewrite-relative-links"];
execFileSync(process.execPath, [vsce, "package", ...flags, "--out", file], { cwd: stage, stdio: ["ignore", "pipe", "inherit"] });
rmSync(stage, { recursive: true });
console.log(file);
