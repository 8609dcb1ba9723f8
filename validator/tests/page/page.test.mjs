// The page as a person sees it. VALIDATOR: the program; MODULES: where playwright-core is; CHROMIUM; SCRATCH; PICTURES, if wanted.
//
// Nothing here waits for a time: each wait is for something that is seen.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";

import { HOSTILE, writeRun } from "./examples.mjs";

const { chromium } = createRequire(join(process.env.MODULES, "package.json"))("playwright-core");
const { VALIDATOR, SCRATCH, PICTURES } = process.env;

let browser;
const small = join(SCRATCH, "small");
const large = join(SCRATCH, "large");

before(async () => {
  for (const [folder, texts] of [[small, 120], [large, 2500]]) {
    writeRun(folder, texts);
    execFileSync(VALIDATOR, ["report", folder], { stdio: "pipe" });
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM,
    headless: true,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
});
after(() => browser?.close());

/** Opens a report, and fails at the end if the page complained or asked for anything. */
async function open(folder, use, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const trouble = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && trouble.push(message.text()));
  page.on("pageerror", (error) => trouble.push(String(error)));
  page.on("request", (request) => request.url().startsWith("file:") || trouble.push(`asked for ${request.url()}`));
  await page.goto(pathToFileURL(join(folder, "report.html")).href);
  await use(page);
  assert.deepEqual(trouble, []);
  await context.close();
}

const picture = async (page, name, options = {}) => {
  if (PICTURES) {
    await page.screenshot({ path: join(PICTURES, `report-${name}.png`), ...options });
  }
};

/** The contrast of the text of elements with what is behind it, as WCAG 2 defines it. */
const contrasts = (page, selector) =>
  page.$$eval(selector, (elements) => {
    const parse = (color) => color.match(/[\d.]+/g).map(Number);
    const luminance = ([red, green, blue]) => {
      const linear = (it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4);
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    };
    const behind = (element) => {
      for (let it = element; it; it = it.parentElement) {
        const color = parse(getComputedStyle(it).backgroundColor);
        if (color.length < 4 || color[3] > 0) return color;
      }
      return [255, 255, 255];
    };
    return elements.map((element) => {
      const style = getComputedStyle(element);
      const inSvg = element instanceof SVGElement;
      const [a, b] = [luminance(parse(inSvg ? style.fill : style.color)), luminance(behind(element))];
      return { text: element.textContent.slice(0, 40), contrast: (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) };
    });
  });

for (const scheme of ["light", "dark"]) {
  test(`the page can be read in ${scheme} colours`, () =>
    open(small, async (page) => {
      await page.getByRole("heading", { name: "Validation of balanced" }).waitFor();
      for (const selector of [".lead", ".badge", ".interval", "nav a", "mark.atom", ".went", ".came", "svg text", "dt", "button"]) {
        const weak = (await contrasts(page, selector)).filter((it) => it.contrast < 4.5);
        assert.deepEqual(weak, [], selector);
      }
      await picture(page, scheme);
      await picture(page, `${scheme}-whole`, { fullPage: true });
    }, { colorScheme: scheme }));
}

test("the colours can be turned", () =>
  open(small, async (page) => {
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await ground();
    await page.getByRole("button", { name: "Use dark colours" }).click();
    assert.notEqual(await ground(), light);
    await page.getByRole("button", { name: "Use light colours" }).click();
    assert.equal(await ground(), light);
  }, { colorScheme: "light" }));

test("tables are sorted by mouse and keyboard", () =>
  open(small, async (page) => {
    const table = page.getByRole("region", { name: "Table of systems" });
    const values = () => table.locator("tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.cells[3].dataset.value)));
    const head = table.getByRole("columnheader", { name: "passed" });
    await head.getByRole("button").click();
    assert.equal(await head.getAttribute("aria-sort"), "descending");
    assert.deepEqual(await values(), (await values()).toSorted((a, b) => b - a));
    await head.getByRole("button").focus();
    await page.keyboard.press("Enter");
    assert.equal(await head.getAttribute("aria-sort"), "ascending");
    assert.deepEqual(await values(), (await values()).toSorted((a, b) => a - b));
  }));

test("another measure and another system can be chosen", () =>
  open(small, async (page) => {
    const plot = page.locator("[data-plot]:visible svg");
    assert.match(await plot.getAttribute("aria-label"), /^cosine against ratio. balanced: ratio/);
    await page.getByLabel("Quality measured by").selectOption("examples that passed");
    assert.match(await plot.getAttribute("aria-label"), /^examples that passed against ratio/);
    assert.equal(await plot.count(), 1);
    const marks = await plot.locator(".series").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().width));
    assert.ok(marks.length === 4 && marks.every((width) => width > 10), "each system has its mark");
    const bars = await page.locator(".histogram rect").evaluateAll((all) => all.map((it) => it.getBoundingClientRect().height));
    assert.ok(bars.length > 60 && bars.every((height) => height >= 1));
    const shown = () => page.locator("details.case:visible").evaluateAll((cases) => [...new Set(cases.map((it) => it.dataset.system))]);
    assert.deepEqual(await shown(), ["balanced"]);
    await page.getByLabel("System", { exact: true }).first().selectOption("truncate");
    assert.deepEqual(await shown(), ["truncate"]);
    await page.locator("details.case:visible summary").first().click();
    assert.ok((await page.locator("details.case:visible mark.atom").count()) > 0);
    await page.locator("#worst").scrollIntoViewIfNeeded();
    await picture(page, "worst");
  }));

test("ten thousand examples are filtered, sorted and paged", () =>
  open(large, async (page) => {
    const shown = page.locator("#shown");
    await shown.filter({ hasText: "1 to 50 of 10000" }).waitFor();
    assert.equal(await page.locator("#all tbody tr").count(), 50);
    assert.ok((await page.locator("*").count()) < 6000, "what is laid out does not grow with the run");
    await page.getByRole("button", { name: "Next" }).click();
    await shown.filter({ hasText: "51 to 100 of 10000" }).waitFor();
    await page.locator("#filter-system").selectOption("truncate");
    await shown.filter({ hasText: "1 to 50 of 2500" }).waitFor();
    await page.locator("#filter-outcome").selectOption("failed");
    await page.locator("#all").getByRole("button", { name: "cosine" }).click();
    await page.locator("#all").getByRole("button", { name: "cosine" }).click();
    const cosines = await page.locator("#all tbody tr").evaluateAll((rows) => rows.map((row) => Number(row.cells[10].textContent)));
    assert.equal(cosines.length, 50);
    assert.deepEqual(cosines, cosines.toSorted((a, b) => a - b));
    assert.ok(cosines[49] < 0.72);
    await page.getByLabel("Name or document").fill("runbook 7");
    await shown.filter({ hasText: / of [1-9]\d?$/ }).waitFor();
    const documents = await page.locator("#all tbody tr").evaluateAll((rows) => rows.map((row) => row.cells[1].textContent));
    assert.ok(documents.length > 0 && documents.every((it) => it.startsWith("runbook 7")));
    assert.ok(statSync(join(large, "report.html")).size < 3_000_000);
    await page.locator("#examples").scrollIntoViewIfNeeded();
    await picture(page, "examples");
  }));

test("hostile text is shown and does nothing", () =>
  open(small, async (page) => {
    await page.getByLabel("Name or document").fill("</script>");
    await page.locator("#all tbody td").first().filter({ hasText: "<img src=x" }).waitFor();
    assert.equal(await page.evaluate(() => window.injected), undefined);
    assert.equal(await page.locator("img").count(), 0);
    assert.ok((await page.locator("pre").allTextContents()).some((it) => it.includes(HOSTILE)));
  }));

test("the page can be printed", () =>
  open(small, async (page) => {
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), "rgb(255, 255, 255)");
    assert.equal(await page.locator("nav").isVisible(), false);
    await picture(page, "print", { fullPage: true });
    const bytes = await page.pdf({ format: "A4", path: PICTURES ? join(PICTURES, "report.pdf") : undefined });
    assert.ok(bytes.length > 20_000);
  }, { colorScheme: "dark" }));

test("a narrow window needs no scrolling sideways", () =>
  open(small, async (page) => {
    const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(wide <= seen, `${wide} of ${seen}`);
    await picture(page, "narrow");
  }, { viewport: { width: 390, height: 800 } }));
