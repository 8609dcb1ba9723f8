import assert from "node:assert/strict";
import { test } from "node:test";
import { grouped, moved, ordered, stepped } from "../../src/basketOrder";
import type { Snippet } from "../../src/protocol";

const snippet = (id: number, file: string): Snippet => ({
  id,
  uri: `file:///${file}`,
  path: file,
  firstLine: 1,
  lastLine: 2,
  tokens: 10,
  state: "fresh",
});

const three = [snippet(1, "a"), snippet(2, "b"), snippet(3, "a")];

test("snippets that the order does not name come last, as the server has them", () => {
  assert.deepEqual(ordered(three, []).map((it) => it.id), [1, 2, 3]);
  assert.deepEqual(ordered(three, [3]).map((it) => it.id), [3, 1, 2]);
  assert.deepEqual(ordered(three, [9, 2, 1]).map((it) => it.id), [2, 1, 3]);
});

test("neighbours of one file are one group", () => {
  assert.deepEqual(grouped(three).map((group) => group.snippets.length), [1, 1, 1]);
  assert.deepEqual(grouped(ordered(three, [1, 3])).map((group) => group.snippets.length), [2, 1]);
  assert.deepEqual(grouped([]), []);
});

test("what is dragged comes before what it is dropped on", () => {
  assert.deepEqual(moved([1, 2, 3, 4], [4], 1), [4, 1, 2, 3]);
  assert.deepEqual(moved([1, 2, 3, 4], [1, 3], 4), [2, 1, 3, 4]);
  assert.deepEqual(moved([1, 2, 3], [1]), [2, 3, 1]);
  assert.deepEqual(moved([1, 2, 3], [2], 2), [1, 2, 3]);
});

test("a step stops at the ends", () => {
  assert.deepEqual(stepped([1, 2, 3], 2, -1), [2, 1, 3]);
  assert.deepEqual(stepped([1, 2, 3], 3, 1), [1, 2, 3]);
  assert.deepEqual(stepped([1, 2, 3], 9, 1), [1, 2, 3]);
});

test("an order is a permutation, whatever is moved", () => {
  for (let taken = 0; taken < 16; taken++) {
    for (const before of [undefined, 0, 1, 2, 3]) {
      const some = [0, 1, 2, 3].filter((id) => (taken >> id) & 1);
      assert.deepEqual(moved([0, 1, 2, 3], some, before).sort(), [0, 1, 2, 3]);
    }
  }
});
