import assert from "node:assert/strict";
import { test } from "node:test";
import { Restarts } from "../../src/restarts";

test("a server that ends again and again is left alone", () => {
  let now = 0;
  const restarts = new Restarts(() => now);
  const allowed = () => restarts.allowed();
  assert.deepEqual([allowed(), allowed(), allowed(), allowed(), allowed()], [true, true, true, true, false]);
  now += 3 * 60 * 1000;
  assert.ok(allowed(), "what is long ago does not count");
});

test("a person who starts it again begins anew", () => {
  const restarts = new Restarts(() => 0);
  for (let times = 0; times < 5; times++) {
    restarts.allowed();
  }
  restarts.forget();
  assert.ok(restarts.allowed());
});
