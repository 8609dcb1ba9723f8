import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { forServer } from "../../src/config";
import { read, written } from "../../src/doctor";
import { fenced, question } from "../../src/chatText";

interface Manifest {
  version: string;
  contributes: {
    commands: { command: string; title: string }[];
    configuration: { properties: Record<string, { markdownDescription: string }> };
  };
}

const text = (path: string) => readFileSync(path, "utf8");
const manifest = JSON.parse(text("package.json")) as Manifest;

test("the server gets its own settings and none of the extension's", () => {
  const section = { level: "safe", basket: { order: "file" }, server: { path: "/x" }, statusBar: true, trace: {} };
  assert.deepEqual(forServer(section), { level: "safe", basket: { order: "file" } });
  assert.equal(forServer(null), null);
});

test("every setting of the extension is kept from the server, and every other is the server's", () => {
  const generated = JSON.parse(text("settings.server.json")) as Record<string, unknown>;
  for (const key of Object.keys(manifest.contributes.configuration.properties)) {
    const group = key.split(".")[1] ?? "";
    const isOurs = Object.keys(forServer({ [group]: 1 }) as object).length === 0;
    assert.equal(isOurs, !(key in generated), key);
  }
});

test("the extension has the version of the server", () => {
  const version = /^version = "(.+)"/m.exec(text("../../Cargo.toml"))?.[1];
  assert.equal(manifest.version, version);
});

test("no command of the extension has the name of a command of the server", () => {
  const table = text("../../docs/PROTOCOL.md").matchAll(/Command: `(compressionLayer\.[A-Za-z.]+)`/g);
  const theirs = new Set([...table].map((it) => it[1]));
  assert.ok(theirs.has("compressionLayer.run"));
  for (const { command } of manifest.contributes.commands) {
    assert.ok(!theirs.has(command), command);
  }
});

test("every text of the manifest is there, and each can be translated", () => {
  const strings = JSON.parse(text("package.nls.json")) as Record<string, string>;
  const used = new Set([...text("package.json").matchAll(/"%([\w.]+)%"/g)].map((it) => it[1] ?? ""));
  assert.deepEqual([...used].sort(), Object.keys(strings).sort());
  const settings = Object.values(manifest.contributes.configuration.properties).map((it) => it.markdownDescription);
  for (const shown of [...manifest.contributes.commands.map((it) => it.title), ...settings]) {
    assert.match(shown, /^%.*%$/);
  }
});

test("the bundle for translators has every string of the code, and no other", () => {
  const bundle = JSON.parse(text("l10n/bundle.l10n.json")) as Record<string, string>;
  const sources = readdirSync("src").map((name) => text(`src/${name}`));
  const used = sources.flatMap((source) => [...source.matchAll(/l10n\.t\(\s*("(?:[^"\\]|\\.)*")/g)].map((it) => it[1] ?? '""'));
  const strings = new Set(used.map((literal) => JSON.parse(literal) as string));
  assert.deepEqual(Object.keys(bundle).sort(), [...strings].sort(), "run `npm run strings`");
});

test("a report of the doctor is read, and anything else is none", () => {
  const check = { name: "model", status: "failed", found: "no file", remedy: "download it" };
  const report = read(JSON.stringify({ ok: false, checks: [check] }));
  assert.deepEqual(report && written(report), ["failed model: no file", "     -> download it"]);
  assert.deepEqual([read(""), read("{}"), read("null"), read("usage: something")], [undefined, undefined, undefined, undefined]);
});

test("no text closes its fence", () => {
  assert.equal(fenced("a\n````\nb"), "`````\na\n````\nb\n`````");
  assert.equal(fenced("a\n"), "```\na\n```");
});

test("a question is what was typed without the names of what is attached", () => {
  const prompt = "#file:a.md why does #file:b.md fail? ";
  const attached = [{ range: [0, 10] as [number, number] }, {}, { range: [20, 30] as [number, number] }];
  assert.equal(question(prompt, attached), "why does fail?");
  assert.equal(question("  ", []), "");
  assert.equal(question("def f():\n    return 1\n", []), "def f():\n    return 1", "a text that is typed keeps its lines");
});
