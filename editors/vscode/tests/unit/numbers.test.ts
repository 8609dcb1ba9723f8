import assert from "node:assert/strict";
import { test } from "node:test";
import { allowed, bar, brief, grouped, lostAtoms, page, sizes } from "../../src/numbers";
import type { Receipt } from "../../src/protocol";

function receipt(before: number, after: number, lost: string[] = []): Receipt {
  return {
    tokens: { tokenizer: "o200k_base", exact: true, before, after },
    level: "balanced",
    domain: { domain: "nl" },
    atoms: { number: { found: 7, kept: 7 - lost.length, lost } },
    omitted: {},
    segments: [{ kind: "code", language: "python", engine: "structural", bytes_before: 4000, bytes_after: 1200 }],
    model: { name: "tiny" },
    milliseconds: 3,
    notes: ["a note"],
  };
}

test("numbers have commas between thousands", () => {
  assert.deepEqual([0, 12, 1243, 1_000_000].map(grouped), ["0", "12", "1,243", "1,000,000"]);
});

test("a receipt is told in a few words", () => {
  assert.equal(brief([receipt(1243, 598)]), "1,243 -> 598 tokens, 0 atoms lost");
  assert.equal(brief([receipt(1000, 500, ["7"]), receipt(243, 98)]), "1,243 -> 598 tokens, 1 atoms lost");
  const estimated = receipt(10, 5);
  estimated.tokens.exact = false;
  assert.equal(brief([estimated]), "about 10 -> 5 tokens, 0 atoms lost");
  assert.equal(brief([receipt(5, 5)]), "5 tokens, nothing could be shortened");
});

test("code that was left out is told", () => {
  const short = receipt(761, 169);
  short.omitted = { bodies: { count: 4, lines: 26 }, comments: { count: 1, lines: 1 } };
  assert.equal(brief([short, receipt(9, 1)]), "770 -> 170 tokens, 0 atoms lost, lines left out: 27");
  const written = page("a.py", "761 -> 169 tokens", short);
  assert.ok(written.includes("## Lost\nNo atom.\n\n## Left out\n- bodies: 4, lines: 26\n- comments: 1, lines: 1\n\n## By"), written);
});

test("an estimate says that it is one", () => {
  const tokenizer = "o200k_base";
  assert.equal(sizes({ before: 1243, exact: true, after: 600, tokenizer }), "1,243 -> about 600");
  assert.equal(sizes({ before: 20, exact: false, after: 20, tokenizer }), "about 20");
});

test("the bar is full at the budget and says so beyond", () => {
  assert.equal(bar(3100, 8000), "▰▰▰▰▱▱▱▱▱▱ 3,100 of 8,000 tokens");
  assert.equal(bar(1, 8000), "▰▱▱▱▱▱▱▱▱▱ 1 of 8,000 tokens");
  assert.equal(bar(9000, 8000), "▰▰▰▰▰▰▰▰▰▰ 9,000 tokens, to be compressed to 8,000");
  assert.match(bar(5, 0), /^▰{10}/);
});

test("a budget is tokens, a share or none", () => {
  assert.deepEqual(
    [2000, "2000", "50%", " 12.5 % ", "", undefined, "much"].map((budget) => allowed(budget, 1000)),
    [2000, 2000, 500, 125, undefined, undefined, undefined],
  );
});

test("the page of a receipt lists what was lost, whatever is in it", () => {
  const written = page("a.py:1-3", "1,243 -> 598 tokens", receipt(1243, 598, ["`a``b`\n# c"]));
  assert.ok(written.includes("- ``` `a``b` # c ```"), written);
  assert.ok(written.includes("| number | 7 | 6 |") && written.includes("- code (python): structural, 4,000 -> 1,200 bytes"));
  assert.ok(page("a", "b", receipt(2, 1)).includes("Nothing that matters."));
  assert.deepEqual(lostAtoms([receipt(2, 1, ["x"]), receipt(2, 1)]), ["x"]);
});
