#!/usr/bin/env node
/**
 * @license MIT
 * Copyright the authors
 */
import { readFile, type Stats } from 'node:fs';
import type * as path from "node:path" // kept

/* eslint-disable no-console */
declare module 'x' {
  export const y: unique symbol
}

export type Shape =
  | { kind: 'circle'; radius: number }
  | { kind: 'square', side: number }
type Fn<T extends object = {}> = (a: T, ...rest: readonly string[]) => asserts a is T;

export interface Options<T> extends Base {
  /** The name of the options. */
  readonly name: string
  // what to do, if anything
  run?(this: Window, value: T): void
  [key: string]: unknown
  new (x: number): Options<T>
}

/**
 * Measures a shape.
 *
 * @param shape - What to measure; it is
 *   not changed.
 * @returns The area, or 0.
 */
export function area(shape: Shape, scale = 1): number {
  switch (shape.kind) {
    case 'circle':
      return Math.PI * shape.radius ** 2 * scale
    default:
      // never reached
      return shape!.side * +scale - -1
  }
}

@Injectable({ providedIn: 'root' })
export default abstract class Store<T> implements Options<T> {
  private static count = 0
  name = `store  ${ Store.count++ }
    second line`
  ['computed'] = /a\/[/b]+/gi.test(this.name)
  declare readonly x?: number;

  constructor(private readonly items: Map<string, T> = new Map<string, T>()) {
    super()
  }

  get size(): number { return this.items.size }

  async *[Symbol.asyncIterator]() {
    for await (const [key, value] of this.items) {
      if (key < 'a' && value != null)
        yield value as unknown as T
      else
        continue
    }
    do {
      label: while (true) { break label }
    } while (this.size > 0 ? false : !1)
    return
  }

  abstract find(key: string): T | undefined;
}

const pick = <T, K extends keyof T>(value: T, ...keys: K[]) =>
  keys
    .filter((key) => key in value) // only own
    .map(key => ({ [key]: value[key], ...(value ?? {}) }))
let a = b
;[1, 2].forEach(x => { console.log(x) })
var r = a ? .5 : a?.b?.[0] ?? c
export { area as default, pick }
