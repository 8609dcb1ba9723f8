// The shapes of the server's own messages: docs/PROTOCOL.md describes them. Types only; what they mean is the server's.

import type { Position, Range } from "vscode-languageserver-protocol";

/** A document, or a part of it. */
export interface Place {
  uri: string;
  version?: number;
  range?: Range;
}

export type Act = "replace" | "copy" | "copyForChat" | "open" | "preview" | "basketAdd" | "basketCopy" | "mask";

export type Budget = { tokens: number } | { ratio: number };

/** What stays whole while the rest of the code becomes its skeleton. */
export type Focus = { name: string } | { range: Range };

export type InputKind = "query" | "budget";

/** How to compress; what is left out is taken from the settings. */
export interface Steering {
  level?: string;
  budget?: Budget;
  query?: string;
  focus?: Focus;
}

/** Params of `compressionLayer/run`. */
export interface Run extends Steering {
  act: Act;
  what: "selection" | "symbol" | "file" | "basket";
  document?: Place;
  /** For the basket: an order of one's own. */
  ids?: number[];
  ask?: InputKind;
}

/** Params of `compressionLayer/compress`. */
export interface Compress extends Steering {
  text?: string;
  document?: Place;
  language?: string;
  form?: "plain" | "chat";
}

export interface Atoms {
  found: number;
  kept: number;
  lost: string[];
}

/** What was left out of code, of one kind. */
export interface Omitted {
  count: number;
  lines: number;
}

export interface Segment {
  kind: string;
  language?: string;
  engine: string;
  bytes_before: number;
  bytes_after: number;
}

/** docs/receipt.schema.json */
export interface Receipt {
  tokens: { tokenizer: string; exact: boolean; before: number; after: number };
  level: string;
  domain: { domain: string };
  atoms: Record<string, Atoms>;
  omitted: Record<string, Omitted>;
  segments: Segment[];
  model: { name: string } | null;
  milliseconds: number;
  notes: string[];
}

/** The answer to `compress` and `run`; that for the basket has a receipt for each snippet. */
export interface Compressed {
  text: string;
  receipt: Receipt | Receipt[];
  summary: string;
  handle?: string;
}

export interface Estimated {
  before: number;
  exact: boolean;
  after: number;
  tokenizer: string;
}

export interface Block {
  range: Range;
  version: number;
  handle?: string;
}

export interface BlockAt {
  uri: string;
  position: Position;
}

export interface Snippet {
  id: number;
  uri: string;
  path: string;
  firstLine: number;
  lastLine: number;
  tokens: number;
  state: string;
}

export interface BasketState {
  snippets: Snippet[];
  tokens: number;
}

export interface BasketText {
  text: string;
  receipts: Receipt[];
  summary: string;
  notes: string[];
}

export interface Model {
  name: string;
  path?: string | null;
  selected: boolean;
  problem?: string | null;
}

export interface Status {
  version: string;
  modelState: string;
  model?: string | null;
  modelProblem?: string | null;
  queue: number;
  snippets: number;
  lastReceipt?: string | null;
}

/** Params of `compressionLayer/show`, which the server sends. */
export interface Show {
  title: string;
  text: string;
  language?: string | null;
  original?: string | null;
  uri?: string | null;
  summary: string;
  receipt: Receipt;
}

/** Each request, its params and its answer. */
export interface Requests {
  "compressionLayer/run": [Run, Compressed | null];
  "compressionLayer/compress": [Compress, Compressed];
  "compressionLayer/estimate": [{ document: Place; level?: string }, Estimated];
  "compressionLayer/blockAt": [BlockAt, Block | null];
  "compressionLayer/expand": [{ handle: string }, { text: string }];
  "compressionLayer/basket/add": [{ document: Place }, BasketState];
  "compressionLayer/basket/remove": [{ id: number }, BasketState];
  "compressionLayer/basket/list": [Record<string, never>, BasketState];
  "compressionLayer/basket/clear": [Record<string, never>, BasketState];
  "compressionLayer/basket/compress": [Steering & { ids?: number[] }, BasketText];
  "compressionLayer/models/list": [Record<string, never>, { models: Model[] }];
  "compressionLayer/models/select": [{ path?: string }, { models: Model[] }];
}

/** What this extension asks of a server; one that lacks any of it is of another version. */
export const METHODS: (keyof Requests)[] = [
  "compressionLayer/run",
  "compressionLayer/compress",
  "compressionLayer/estimate",
  "compressionLayer/blockAt",
  "compressionLayer/expand",
  "compressionLayer/basket/add",
  "compressionLayer/basket/remove",
  "compressionLayer/basket/list",
  "compressionLayer/basket/clear",
  "compressionLayer/basket/compress",
  "compressionLayer/models/list",
  "compressionLayer/models/select",
];
