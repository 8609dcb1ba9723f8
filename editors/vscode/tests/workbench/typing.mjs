// How long a keystroke takes: until the letter stands in the page, which is when the editor has handled it, and until the next
// frame is drawn. That one waits for the clock of the screen while anything moves there, such as the wheel that shows work.

/** What is typed, and no more than that. */
const TEXT = "the quick brown fox jumps over it";

/** Types as long as something goes on; the times are those of the keys that were pressed meanwhile. */
export async function typing(page, goesOn) {
  await page.locator(".editor-group-container.active .view-lines").first().click();
  await page.evaluate(() => {
    const lines = document.querySelector(".editor-group-container.active .view-lines");
    const measured = [];
    let pressed = 0;
    const press = () => (pressed = performance.now());
    document.addEventListener("keydown", press, { capture: true });
    const observer = new MutationObserver(() => {
      if (pressed > 0) {
        const since = pressed;
        pressed = 0;
        const handled = performance.now() - since;
        requestAnimationFrame(() => measured.push({ handled, drawn: performance.now() - since }));
      }
    });
    observer.observe(lines, { subtree: true, childList: true, characterData: true });
    globalThis.measured = {
      count: () => measured.length,
      end: () => {
        observer.disconnect();
        document.removeEventListener("keydown", press, { capture: true });
        return measured;
      },
    };
  });
  let whole = 0;
  for (const letter of TEXT) {
    const before = await page.evaluate(() => globalThis.measured.count());
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForFunction((count) => globalThis.measured.count() > count, before);
    if (!(await goesOn())) {
      break;
    }
    whole++;
    // As fast as a person types.
    await page.waitForTimeout(40);
  }
  const all = (await page.evaluate(() => globalThis.measured.end())).slice(0, whole);
  const handled = sorted(all.map((key) => key.handled));
  const drawn = sorted(all.map((key) => key.drawn));
  const text = `${whole} keys, handled ${told(handled)}; drawn ${told(drawn)}`;
  return { count: whole, median: at(handled, 0.5), text };
}

const sorted = (times) => times.sort((left, right) => left - right);
const at = (times, share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
const told = (times) => `in ${at(times, 0.5)} ms (median), 95 % within ${at(times, 0.95)} ms, all within ${at(times, 1)} ms`;
