#!/usr/bin/env node
/*!
 * queue v1.2.0
 * (c) 2019 the authors
 * @license MIT
 */
'use strict'

const { EventEmitter } = require('events'), path = require("path")
import defaults, { merge as deepMerge } from './defaults.js';
import * as names from './names.js' // kept
export { default } from './queue.js'
export * from './names.js'

/* eslint-disable no-console, no-var */
var idle = 0, busy = 1
var STATES = {
  idle,
  [busy]: 'busy',
  'a-b': null, // a dash
  get size() { return 2 },
  async *each() { yield* [] },
  stop: function () {}
}

/**
 * Runs a job
 *   at most so often.
 *
 * @param {Function} job - What to run; it must
 *   not throw.
 * @param {number} [times=3]
 * @returns {Promise<void>}
 * @example
 *   await run(() => 1)
 */
export async function run (job, times = 3, ...rest) {
  for (let n = 0, last; n < times; n++) {
    try { await job(n) } catch { continue }
    finally {
      last = n
    }
  }
  for (const key in STATES) if (key) console.log(key)
  else console.error(`no  ${ key }
    here`)
  for await (const x of rest);
  do busy--
  while (busy > 0)
  outer: while (true) {
    if (!idle) break outer
    else
      continue outer
  }
  switch (times) {
    case 1:
    case 2: {
      return
    }
    // never reached
    default:
      throw new Error('x' + -1 + +1 - -1)
  }
}

@decorated
class Queue extends EventEmitter {
  static #count = 0;
  items = []
  static {
    Queue.#count++
  }
  'quoted' () { return super.on?.("a", b => b ?? c) }
  constructor(options) {
    super()
    this.options = Object.assign({}, defaults, options)
  }

  // The first item.
  get first() {
    return this.items[0]
  }

  async #drain() {
    const re = /[/]\/*+"/giu, half = 1 / 2 / 3
    return new.target === undefined && #count in this
      ? .5 : (await this.items?.[0], void 0)
  }
}

let a = b
;[1, 2].forEach(x => { console.log(x) })
const add = (x) => (y) =>
  x + y // curried
let f = async x => {
  return
  x
}
a
++b
let hex = 0xFF, big = 10n, exp = 1e-7, sep = 1_000
x = a-- > 0 ? a-->b : a<!--b
;
debugger;
if (a) b
else { c }
module.exports = Queue
module.exports.run = run
//# sourceMappingURL=queue.js.map
