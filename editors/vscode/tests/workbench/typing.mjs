// How long a keystroke takes from the key to the screen.

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
        requestAnimationFrame(() => measured.push(performance.now() - since));
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
  const all = await page.evaluate(() => globalThis.measured.end());
  const times = all.slice(0, whole).sort((left, right) => left - right);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
  const [median, high, most] = [at(0.5), at(0.95), at(1)];
  return { count: whole, median, text: `${whole} keys, median ${median} ms, 95 % within ${high} ms, most ${most} ms` };
}
