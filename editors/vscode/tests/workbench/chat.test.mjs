// `@compress` in the chat of the workbench, typed and read as a person does. There is no account: a model of the tests stands for
// that of a provider, and is never asked.
import assert from "node:assert/strict";
import { copyFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { after, before } from "node:test";
import { model } from "./probe.mjs";
import { Workbench, until } from "./workbench.mjs";

const root = resolve(import.meta.dirname, "../../../..");
const workbench = new Workbench(process.env.SCRATCH, { settings: { "chat.disableAIFeatures": false } });
const { folder } = workbench;
let page;
let keyboard;

const step = (name, work) => workbench.step(name, work);

before(async () => {
  copyFileSync(join(root, "demo/incident.md"), join(folder, "incident.md"));
  workbench.install(model(join(process.env.SCRATCH, "model")));
  workbench.install(process.env.VSIX);
  await workbench.start();
  page = workbench.page;
  keyboard = page.keyboard;
  await workbench.open("incident.md");
  await until(() => workbench.languageServers().length === 1, "the server of the extension does not run");
});

after(() => workbench.stop());

/** Letters and marks alone: where the view is narrow, lines are wrapped. */
const letters = (shown) => shown.replace(/\s+/g, "");

/** Asks in the chat, and gives the answer that has a word, once it is whole. Answers out of sight are not there, nor in order. */
async function ask(text, word) {
  await workbench.run("Chat: Focus on Chat View");
  const input = page.locator(".interactive-session .interactive-input-editor .view-lines");
  await input.click();
  await keyboard.type(text);
  await until(async () => letters(await input.innerText()).includes(letters(text)), "it was not typed");
  // The list of what could be meant must not take the key.
  await keyboard.press("Escape");
  await keyboard.press("Enter");
  const answer = page.locator(".interactive-session .interactive-response", { hasText: word }).first();
  await answer.waitFor();
  await until(async () => /tokens, \d+ atoms lost|Attach a file/.test(await answer.innerText()), "there is no whole answer");
  return (await answer.innerText()).replace(/\u00a0/g, " ");
}

step("without a text it says what to do", async () => {
  assert.match(await ask("@compress ", "Attach"), /Attach a file or a selection, or type a text after @compress/);
});

step("what is typed after it is shortened", async () => {
  const said = await ask("@compress It is worth noting that the retry limit, which was raised on Monday, is now 5.", "Monday");
  assert.match(said, /retry limit/);
  assert.match(said, /\b5\b/);
  assert.doesNotMatch(said, /worth noting/);
  assert.match(said, /(\d+) -> (\d+) tokens, 0 atoms lost/);
});

step("what is attached is shortened once, and what is typed is the question to it", async () => {
  await workbench.goTo("incident.md");
  await workbench.select(9, 18);
  await workbench.run("Chat: Add Selection to Chat");
  const said = await ask("@compress What was the pool size?", "PRICING_POOL_MAX");
  assert.match(said, /PRICING_POOL_MAX/);
  assert.match(said, /from 64 to 16/);
  assert.equal([...said.matchAll(/atoms lost/g)].length, 1, said);
  if (process.env.PICTURES) {
    await workbench.run("View: Maximize Secondary Side Bar");
    const request = await page.locator(".interactive-request", { hasText: "pool size" }).last().boundingBox();
    const answer = await page.locator(".interactive-response", { hasText: "PRICING_POOL_MAX" }).last().boundingBox();
    // The row of the request begins with empty space.
    const top = request.y + 28;
    const clip = { x: request.x, y: top, width: request.width, height: answer.y + answer.height - top };
    await workbench.picture(join(process.env.PICTURES, "vscode-chat.png"), clip);
  }
});

step("nothing left this machine", () => {
  assert.deepEqual([...workbench.outside], []);
});
