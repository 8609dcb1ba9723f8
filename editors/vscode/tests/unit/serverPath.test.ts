import assert from "node:assert/strict";
import { test } from "node:test";
import { type Machine, findServer } from "../../src/serverPath";

const packaged = "/extension/server/compression-layer";

function machine(there: string[], rest: Partial<Machine> = {}): Machine {
  return {
    setting: "",
    environment: { PATH: "/usr/bin:relative:/opt/bin" },
    packageFolder: "/extension",
    home: "/home/me",
    windows: false,
    look: (file) => Promise.resolve(there.includes(file) ? "program" : file.endsWith(".txt") ? "other" : "nothing"),
    ...rest,
  };
}

const everywhere = ["/set/server", "/env/server", packaged, "/opt/bin/compression-layer"];

test("the setting comes first, then the environment, the package, the PATH", async () => {
  const environment = { COMPRESSION_LAYER_SERVER: "/env/server", PATH: "/usr/bin:/opt/bin" };
  const find = (rest: Partial<Machine>, there = everywhere) => findServer(machine(there, rest));
  assert.deepEqual(await find({ setting: "/set/server", environment }), { path: "/set/server", from: "setting" });
  assert.deepEqual(await find({ environment }), { path: "/env/server", from: "environment" });
  assert.deepEqual(await find({}), { path: packaged, from: "package" });
  const path = "/opt/bin/compression-layer";
  assert.deepEqual(await find({}, [path]), { path, from: "PATH" });
});

test("a tilde is the home folder", async () => {
  const found = await findServer(machine(["/home/me/bin/server"], { setting: "~/bin/server" }));
  assert.deepEqual(found, { path: "/home/me/bin/server", from: "setting" });
});

test("a place that was named and does not hold is told, and nothing else is taken", async () => {
  const problem = async (rest: Partial<Machine>) => {
    const found = await findServer(machine(everywhere, rest));
    return "problem" in found ? found.problem : found.path;
  };
  assert.match(await problem({ setting: "/gone" }), /server\.path` names \/gone, but there is nothing\. Correct it/);
  assert.match(await problem({ setting: "/notes.txt" }), /no program that may be run/);
  assert.match(await problem({ setting: "bin/server" }), /must be a path written from the root/);
  const environment = { COMPRESSION_LAYER_SERVER: "/gone" };
  assert.match(await problem({ environment }), /^COMPRESSION_LAYER_SERVER names \/gone/);
});

test("where there is none it says how to get one", async () => {
  const found = await findServer(machine([]));
  assert.ok("problem" in found && found.problem.includes("make build"), JSON.stringify(found));
});

test("on Windows the program has its ending and the PATH its semicolons", async () => {
  const look = () => Promise.resolve("program" as const);
  const found = await findServer(machine([], { windows: true, look }));
  assert.ok("path" in found && found.path.endsWith("compression-layer.exe"));
});
