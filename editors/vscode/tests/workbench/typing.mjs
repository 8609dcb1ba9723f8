// How long a keystroke takes from the key to the screen.

/** Types a text; `isWorking` says after each key whether what is measured beside still goes on. */
export async function typing(page, text, isWorking) {
  await page.locator(".editor-group-container.active .view-lines").first().click();
  await page.evaluate(() => {
    const lines = document.querySelector(".editor-group-container.active .view-lines");
    globalThis.measured = [];
    let pressed = 0;
    document.addEventListener("keydown", () => (pressed = performance.now()), { capture: true });
    new MutationObserver(() => {
      if (pressed > 0) {
        const since = pressed;
        pressed = 0;
        requestAnimationFrame(() => globalThis.measured.push(performance.now() - since));
      }
    }).observe(lines, { subtree: true, childList: true, characterData: true });
  });
  let whole = true;
  for (const letter of text) {
    await page.keyboard.press(letter === " " ? "Space" : letter);
    await page.waitForTimeout(40);
    whole &&= await isWorking();
  }
  const times = (await page.evaluate(() => globalThis.measured)).sort((left, right) => left - right);
  const at = (share) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * share))] * 10) / 10;
  const [median, high, most] = [at(0.5), at(0.95), at(1)];
  return { median, whole, text: `${times.length} keys, median ${median} ms, 95 % within ${high} ms, most ${most} ms` };
}
